// Channels that are much louder than their neighbours: broken sites, which the MATLAB Kilosorts are told to leave out.

import { bandPassSections, filterBothWays, type Section } from './bandPass.ts';

/** Corners of the band in which loudness is measured, Hz. */
const [low, high] = [10, 10000];

/** @param rate of the recording, Hz; slow ones are measured up to just below half of it */
export function loudnessFilter(rate: number): Section[] {
  return bandPassSections(low, Math.min(high, 0.99 * (rate / 2)), rate);
}

/** Root mean square of a channel within the band, uV. */
export function loudness(filter: readonly Section[], counts: ArrayLike<number>, microvolts: number): number {
  const filtered = filterBothWays(filter, Float64Array.from(counts, (count) => count * microvolts));
  let sum = 0;
  for (const value of filtered) sum += Math.fround(value) ** 2; // single precision, as in the reference
  return Math.sqrt(sum / filtered.length);
}

/** Channels a median is taken over. */
const span = 11;

/** Columns whose loudness (uV) exceeds the median of their neighbours, itself included, by `threshold` or more. */
export function noiseChannels(levels: ArrayLike<number>, threshold: number): number[] {
  const typical = runningMedian(levels, span);
  return Array.from(levels, (level, column) => (level - typical[column] >= threshold ? column : -1)).filter((column) => column >= 0);
}

/** Beyond either end zeros are taken, as scipy.signal.medfilt does. `width` is odd. */
export function runningMedian(values: ArrayLike<number>, width: number): Float64Array {
  const half = (width - 1) / 2;
  return Float64Array.from({ length: values.length }, (_, centre) => {
    const around = Float64Array.from({ length: width }, (_, k) => values[centre - half + k] ?? 0);
    return around.sort()[half];
  });
}
