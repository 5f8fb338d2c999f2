// From sums to what is written: mean, median and signal-to-noise ratio of one cluster.

import { noiseSamples, type ClusterSums } from './measure.ts';
import type { Numerics } from './options.ts';

export interface Shape {
  readonly columns: number;
  readonly neural: number;
  /** Samples per waveform. */
  readonly length: number;
}

/** [columns x length], microvolts; columns that are not neural are zero. `microvolts`: per column and count. */
export function meanWaveform({ sums }: ClusterSums, spikes: number, microvolts: Float64Array, { columns, neural, length }: Shape): Float64Array {
  const mean = new Float64Array(columns * length);
  for (let column = 0; column < neural; column++) {
    const factor = microvolts[column] / spikes;
    for (let t = 0; t < length; t++) mean[column * length + t] = factor * sums[t * columns + column];
  }
  return mean;
}

/**
 * Of the peak channel, per sample: the upper median (element n/2 of the n sorted values), microvolts. With `firstOnly` the
 * first spike's, which is what the native tool gives where the disk is empty.
 */
export function medianWaveform({ peakValues }: ClusterSums, spikes: number, microvolts: number, length: number, firstOnly: boolean): Float64Array {
  return Float64Array.from({ length }, (_, t) => {
    const values = peakValues.subarray(t * spikes, (t + 1) * spikes);
    return microvolts * (firstOnly ? values[0] : nthSmallest(values, spikes >> 1));
  });
}

/**
 * (max - min) / (2 n sd) of the summed waveform over disk and time. sd is the spread of single spikes about their mean
 * in the first 15 samples, pooled over these and the disk. Undefined: -1 (native) or NaN.
 */
export function signalToNoise(cluster: ClusterSums, spikes: number, disk: readonly number[], weights: Float64Array, { columns, length }: Shape, numerics: Numerics): number {
  const undefinedRatio = numerics === 'native' ? -1 : Number.NaN;
  if (spikes <= 1 || disk.length === 0) return undefinedRatio;
  const { sums, squares } = cluster;
  const noise = Math.min(noiseSamples, length);
  let highest = -Infinity;
  let lowest = Infinity;
  let squaredSums = 0;
  for (let t = 0; t < length; t++) {
    for (const column of disk) {
      const value = sums[t * columns + column] * weights[column];
      if (t < noise) squaredSums += value * value;
      const isHighest = value > highest;
      if (isHighest) highest = value;
      // The native tool does not take a value for the lowest that was the highest so far.
      if (value < lowest && !(isHighest && numerics === 'native')) lowest = value;
    }
  }
  const explained = numerics === 'native' ? Math.floor(squaredSums / spikes) : squaredSums / spikes;
  const variance = (squares - explained) / ((spikes - 1) * disk.length * noise);
  const ratio = (highest - lowest) / (2 * spikes * Math.sqrt(variance));
  return variance > 0 && Number.isFinite(ratio) ? ratio : undefinedRatio;
}

/** Element `n` of the sorted values, which are re-ordered: Hoare's selection (1961), the middle value as pivot. */
export function nthSmallest(values: Int16Array, n: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1];
    let left = low;
    let right = high;
    while (left <= right) {
      while (values[left] < pivot) left++;
      while (values[right] > pivot) right--;
      if (left > right) break;
      const value = values[left];
      values[left++] = values[right];
      values[right--] = value;
    }
    if (n <= right) high = right;
    else if (n >= left) low = left;
    else break;
  }
  return values[n];
}
