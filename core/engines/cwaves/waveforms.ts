// From sums to what is written: mean, median and signal-to-noise ratio of one cluster.

import { noiseSamples, type ClusterSums } from './measure.ts';
import type { Numerics } from './options.ts';
import { medianOf, type PeakCounts } from './peakCounts.ts';

export interface Shape {
  readonly columns: number;
  readonly neural: number;
  /** Samples per waveform. */
  readonly length: number;
}

/** Of one cluster, over all its spikes. */
export interface Totals {
  /** [columns x length], counts; columns that are not neural are zero. */
  readonly sums: Float64Array;
  /** Per neural column; of the disk only. */
  readonly squares: Float64Array;
}

/**
 * Puts together what several threads have summed up.
 * @param cluster place among the `clusters` of the parts
 * @param sums to be used for the sums: fresh memory for every cluster would cost more than the adding
 */
export function totalsOf(parts: readonly ClusterSums[], cluster: number, { neural, length }: Shape, sums: Float64Array): Totals {
  sums.fill(0);
  const squares = new Float64Array(neural);
  const padded = 8 * Math.ceil(neural / 8);
  for (const part of parts) {
    for (let column = 0; column < neural; column++) {
      const evenThenOdd = ((column & 1) << 2) + ((column & 7) >> 1);
      const first = cluster * length * padded + (column & ~7) + evenThenOdd;
      for (let t = 0; t < length; t++) sums[column * length + t] += part.sums[first + t * padded];
    }
    for (let column = 0; column < neural; column++) squares[column] += part.squares[cluster * padded + column];
  }
  return { sums, squares };
}

/** Turns sums into means, in place. `microvolts`: per column and count. */
export function toMeans(sums: Float64Array, spikes: number, microvolts: Float64Array, { neural, length }: Shape): void {
  for (let column = 0; column < neural; column++) {
    const factor = microvolts[column] / spikes;
    for (let i = column * length; i < (column + 1) * length; i++) sums[i] *= factor;
  }
}

/** Of the peak channel, per sample: the upper median (element n/2 of the n sorted values), microvolts. */
export function medianWaveform(parts: readonly PeakCounts[], spikes: number, microvolts: number, length: number): Float64Array {
  return Float64Array.from({ length }, (_, t) => microvolts * medianOf(parts, t, spikes));
}

/**
 * (max - min) / (2 n sd) of the summed waveform over disk and time. sd is the spread of single spikes about their mean
 * in the first 15 samples, pooled over these and the disk. Undefined: -1 (native) or NaN.
 */
export function signalToNoise({ sums, squares }: Totals, spikes: number, disk: readonly number[], weights: Float64Array, { length }: Shape, numerics: Numerics): number {
  const undefinedRatio = numerics === 'native' ? -1 : Number.NaN;
  if (spikes <= 1 || disk.length === 0) return undefinedRatio;
  const noise = Math.min(noiseSamples, length);
  let highest = -Infinity;
  let lowest = Infinity;
  let squaredSums = 0;
  for (let t = 0; t < length; t++) {
    for (const column of disk) {
      const value = sums[column * length + t] * weights[column];
      if (t < noise) squaredSums += value * value;
      const isHighest = value > highest;
      if (isHighest) highest = value;
      // The native tool does not take a value for the lowest that was the highest so far.
      if (value < lowest && !(isHighest && numerics === 'native')) lowest = value;
    }
  }
  const explained = numerics === 'native' ? Math.floor(squaredSums / spikes) : squaredSums / spikes;
  const energy = disk.reduce((sum, column) => sum + squares[column] * weights[column] ** 2, 0);
  const variance = (energy - explained) / ((spikes - 1) * disk.length * noise);
  const ratio = (highest - lowest) / (2 * spikes * Math.sqrt(variance));
  return variance > 0 && Number.isFinite(ratio) ? ratio : undefinedRatio;
}
