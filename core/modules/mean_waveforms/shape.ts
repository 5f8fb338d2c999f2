// The shape of a waveform at the peak channel. Formulas after the Allen Institute's ecephys_spike_sorting.

import { slope } from './regression.ts';

export interface Shape {
  /** From the larger extremum to the opposite one after it, ms. */
  readonly duration: number;
  /** Width at half the larger extremum, ms; NaN when it does not fall to that on both sides. */
  readonly halfwidth: number;
  /** Height of the peak over depth of the trough. */
  readonly ptRatio: number;
  /** Of the way back from the larger extremum, V/s, positive; and of what follows the opposite one, negative. */
  readonly repolarizationSlope: number;
  readonly recoverySlope: number;
}

/** Samples over which slopes are fitted. */
const slopeSamples = 20;

/** @param waveform uV, upsampled; `interval` between its samples, s */
export function measureShape(waveform: Float64Array, interval: number): Shape {
  const trough = waveform.indexOf(Math.min(...waveform));
  const peak = waveform.indexOf(Math.max(...waveform));
  const isPositive = waveform[peak] > Math.abs(waveform[trough]);
  // Turned so that the larger extremum points down.
  const turned = isPositive ? waveform.map((value) => -value) : waveform;
  const extremum = isPositive ? peak : trough;
  const steepest = largestMagnitude(waveform);
  const down = waveform[steepest] > 0 ? waveform.map((value) => -value) : waveform;
  return {
    duration: (highestFrom(turned, extremum) - extremum) * interval * 1e3,
    halfwidth: halfwidth(turned, extremum) * interval * 1e3,
    ptRatio: Math.abs(waveform[peak] / waveform[trough]),
    repolarizationSlope: slopeFrom(down, steepest, interval),
    recoverySlope: slopeFrom(down, highestFrom(down, steepest), interval),
  };
}

/** In samples. The first sample at all that is below half counts, even if the waveform comes back before the extremum. */
function halfwidth(waveform: Float64Array, extremum: number): number {
  const threshold = waveform[extremum] / 2;
  const start = waveform.findIndex((value, index) => index < extremum && value < threshold);
  const end = waveform.findIndex((value, index) => index >= extremum && value > threshold);
  return start < 0 || end < 0 ? Number.NaN : end - start;
}

function highestFrom(waveform: Float64Array, start: number): number {
  let highest = start;
  for (let index = start + 1; index < waveform.length; index++) if (waveform[index] > waveform[highest]) highest = index;
  return highest;
}

function largestMagnitude(waveform: Float64Array): number {
  let largest = 0;
  for (let index = 1; index < waveform.length; index++) if (Math.abs(waveform[index]) > Math.abs(waveform[largest])) largest = index;
  return largest;
}

/** V/s, over `slopeSamples` samples or as many as there are. */
function slopeFrom(waveform: Float64Array, start: number, interval: number): number {
  const values = waveform.subarray(start, start + slopeSamples);
  const samples = Float64Array.from(values, (_, index) => index);
  return (slope(samples, values) / interval) * 1e-6;
}
