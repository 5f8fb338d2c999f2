// Sums up the chosen spikes of some clusters: the part that touches the recording. Windows are visited in order of time,
// so that the file is read forwards, each stretch once, and only the stretches that hold spikes.

import { loadKernels, planMemory } from '../../kernels/index.ts';
import type { BinFile } from '../../spikeglx/index.ts';

export interface Window {
  /** Samples per waveform, and how many of them precede the spike. */
  readonly length: number;
  readonly before: number;
}

export interface Cluster {
  /** File columns. */
  readonly peak: number;
  readonly disk: readonly number[];
  /** Times (samples) of its chosen spikes. */
  readonly times: Float64Array;
}

export interface ClusterSums {
  /** [length x columns], counts. Columns that are not neural are summed, too, and mean nothing. */
  readonly sums: Int32Array | Float64Array;
  /** [length x spikes]: the peak channel's values. A spike too close to an end of the file has zeros. */
  readonly peakValues: Int16Array;
  /** Sum over spikes, disk and the first `noiseSamples` samples of the squared values, each in `weights` units. */
  readonly squares: number;
  /** Spikes too close to an end of the file. */
  readonly cut: number;
}

/** Where a waveform is taken to be noise still. */
export const noiseSamples = 15;

/** int32 holds the sum of so many int16. */
const int32Spikes = 65535;

/** Large enough that the drive streams, small enough for the processor's cache. */
const stretchBytes = 1 << 21;

/** Memory that sumClusters needs for one cluster, bytes. */
export function clusterBytes(spikes: number, columns: number, { length }: Window): number {
  return length * (columns * (spikes > int32Spikes ? 12 : 4) + 2 * spikes);
}

/** @param weights per column, what a count is worth when columns are compared */
export function sumClusters(file: BinFile, clusters: readonly Cluster[], window: Window, weights: Float64Array): ClusterSums[] {
  const { columns, samples } = file;
  const size = window.length * columns;
  const room = Math.max(2 * window.length, Math.ceil(stretchBytes / (2 * columns)));
  const plan = planMemory({ stretch: 2 * room * columns, sums: 4 * clusters.length * size });
  const { kernels, buffer } = loadKernels(plan.bytes);
  const stretch = new Int16Array(buffer, plan.stretch, room * columns);
  const tallies = clusters.map(({ times }, k) => startTally(times.length, window, new Int32Array(buffer, plan.sums + 4 * k * size, size)));
  const visits = inOrderOfTime(clusters);
  let stretchStart = 0;
  let stretchEnd = 0;

  for (let i = 0; i < visits.time.length; i++) {
    const { peak, disk, times } = clusters[visits.cluster[i]];
    const tally = tallies[visits.cluster[i]];
    const start = visits.time[i] - window.before;
    if (start < 0 || start + window.length > samples) {
      tally.cut++;
      continue;
    }
    if (start + window.length > stretchEnd) {
      stretchStart = start;
      stretchEnd = start + file.read(start, usefulSamples(visits.time, i, window, Math.min(room, samples - start)), stretch);
    }
    const at = (start - stretchStart) * columns;
    const waveform = stretch.subarray(at, at + size);
    kernels.addInt16(tally.sums.byteOffset, waveform.byteOffset, size);
    if (++tally.added % int32Spikes === 0) widen(tally);
    capturePeak(tally.peakValues, visits.slot[i], times.length, waveform, peak, columns);
    tally.squares += squaresOf(waveform, columns, Math.min(noiseSamples, window.length), disk, weights);
  }
  return tallies.map(({ wide, sums, ...tally }) => ({ ...tally, sums: wide ? wide.map((value, i) => value + sums[i]) : sums }));
}

interface Tally {
  readonly sums: Int32Array;
  readonly peakValues: Int16Array;
  squares: number;
  cut: number;
  added: number;
  /** What does not fit into int32 any more. */
  wide?: Float64Array;
}

function startTally(spikes: number, { length }: Window, sums: Int32Array): Tally {
  return { sums, peakValues: new Int16Array(length * spikes), squares: 0, cut: 0, added: 0 };
}

/** Moves the sums so far to where there is more room. */
function widen(tally: Tally): void {
  const { sums } = tally;
  const wide = (tally.wide ??= new Float64Array(sums.length));
  for (let i = 0; i < sums.length; i++) wide[i] += sums[i];
  sums.fill(0);
}

/** Every chosen spike: its time, its cluster's position in the list, its place among that cluster's. */
interface Visits {
  readonly time: Float64Array;
  readonly cluster: Uint32Array;
  readonly slot: Uint32Array;
}

function inOrderOfTime(clusters: readonly Cluster[]): Visits {
  const total = clusters.reduce((sum, { times }) => sum + times.length, 0);
  const visits = { time: new Float64Array(total), cluster: new Uint32Array(total), slot: new Uint32Array(total) };
  let at = 0;
  clusters.forEach(({ times }, cluster) => {
    for (let slot = 0; slot < times.length; slot++, at++) {
      visits.time[at] = times[slot];
      visits.cluster[at] = cluster;
      visits.slot[at] = slot;
    }
  });
  const order = Uint32Array.from({ length: total }, (_, i) => i).sort((a, b) => visits.time[a] - visits.time[b]);
  const pick = <Values extends Float64Array | Uint32Array>(values: Values) => values.map((_: number, i: number) => values[order[i]]) as Values;
  return { time: pick(visits.time), cluster: pick(visits.cluster), slot: pick(visits.slot) };
}

/** How much to read from window `i` on: as far as windows touch each other, or nearly so, but at most `room` samples. */
function usefulSamples(times: Float64Array, i: number, { length }: Window, room: number): number {
  const end = times[i] + room;
  let last = i;
  while (last + 1 < times.length && times[last + 1] + length <= end && times[last + 1] - times[last] <= 4 * length) last++;
  return Math.min(room, times[last] - times[i] + length);
}

function capturePeak(peakValues: Int16Array, slot: number, spikes: number, waveform: Int16Array, peak: number, columns: number): void {
  for (let to = slot, from = peak; to < peakValues.length; to += spikes, from += columns) peakValues[to] = waveform[from];
}

function squaresOf(waveform: Int16Array, columns: number, samples: number, disk: readonly number[], weights: Float64Array): number {
  let sum = 0;
  for (const column of disk) {
    const weight = weights[column] ** 2;
    for (let from = column; from < samples * columns; from += columns) sum += waveform[from] ** 2 * weight;
  }
  return sum;
}
