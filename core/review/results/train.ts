// The train of one unit: its spikes over time, its autocorrelogram, its violations.

import { loadFolder } from './loaded.ts';

export interface TrainFacts {
  readonly t_s: Float64Array;
  readonly amplitude: Float32Array;
  readonly count: number;
  readonly acg: { readonly counts: Float64Array; readonly bin_ms: number; readonly window_ms: number };
  readonly violations: number;
  readonly duration_s: number;
}

export interface TrainRequest {
  readonly folder: string;
  readonly unit: number;
  /** Spikes to answer with at most, evenly taken. */
  readonly most: number;
  readonly bin_ms: number;
  readonly window_ms: number;
  readonly refractory_ms: number;
}

export async function unitTrain({ folder, unit, most, bin_ms, window_ms, refractory_ms }: TrainRequest): Promise<TrainFacts> {
  const { phy, groups } = await loadFolder(folder);
  const rate = phy.params.rate ?? 30_000;
  const spikes = groups.spikes.subarray(groups.first[unit] ?? 0, groups.first[unit + 1] ?? 0).slice().sort((a, b) => phy.times[a] - phy.times[b]);
  const times = Float64Array.from(spikes, (spike) => phy.times[spike] / rate);
  const step = Math.max(1, Math.ceil(spikes.length / most));
  const shown = spikes.filter((_, index) => index % step === 0);
  return {
    t_s: Float64Array.from(shown, (spike) => phy.times[spike] / rate),
    amplitude: Float32Array.from(shown, (spike) => phy.amplitudes[spike]),
    count: spikes.length,
    acg: { counts: autocorrelogram(times, bin_ms / 1000, window_ms / 1000), bin_ms, window_ms },
    violations: shortIntervals(times, refractory_ms / 1000),
    duration_s: phy.times.reduce((last, time) => Math.max(last, time), 0) / rate,
  };
}

/** Counts of differences between spikes, bins of `bin` s from -window to +window; a spike with itself is not counted. */
export function autocorrelogram(times: Float64Array, bin: number, window: number): Float64Array {
  const half = Math.round(window / bin);
  const counts = new Float64Array(2 * half);
  for (let i = 0; i < times.length; i++) {
    for (let j = i + 1; j < times.length; j++) {
      // Sample times in seconds are not exact: a lag on an edge belongs to the bin that begins there.
      const at = Math.floor((times[j] - times[i]) / bin + 1e-6);
      if (at >= half) break;
      counts[half + at] += 1;
      counts[half - 1 - at] += 1;
    }
  }
  return counts;
}

export function shortIntervals(times: Float64Array, refractory: number): number {
  let count = 0;
  for (let i = 1; i < times.length; i++) if (times[i] - times[i - 1] < refractory) count++;
  return count;
}
