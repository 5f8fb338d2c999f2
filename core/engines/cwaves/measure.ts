// Sums up chosen spikes: the part that touches the recording. Spikes come in order of time, so that the file is read
// forwards, each stretch once, and only the stretches that hold spikes. All results are whole numbers: they do not
// depend on how the spikes are shared out among threads.

import { loadKernels, planMemory, type Kernels } from '../../kernels/index.ts';
import type { BinFile } from '../../spikeglx/index.ts';
import { countPeak, peakCountsBytes, startPeakCounts, type PeakCounts } from './peakCounts.ts';
import { openStretch, stretchLayout, type Stretch } from './stretch.ts';

export interface Window {
  /** Samples per waveform, and how many of them precede the spike. */
  readonly length: number;
  readonly before: number;
}

export interface Cluster {
  /** File columns. */
  readonly peak: number;
  readonly disk: readonly number[];
  readonly spikes: number;
  /** NaN, or the time of the only spike whose values at the peak channel are wanted. */
  readonly onlyPeak: number;
}

/** Spikes in order of time: samples, and clusters, counted such that the first of the list to measure is `first`. */
export interface SpikeList {
  readonly times: Float64Array;
  readonly clusters: Uint32Array;
  readonly first: number;
}

/** In shared memory. */
export interface ClusterSums {
  /**
   * [group of 8 columns][cluster][sample][8], counts; the even columns of a group first, then the odd ones. Columns of the
   * last group that are not neural mean nothing.
   */
  readonly sums: Int32Array | Float64Array;
  /** [cluster][column], columns filled up to whole groups: sum over spikes and the first `noiseSamples` samples of the squared counts; columns of the disk only. */
  readonly squares: Float64Array;
  /** Per cluster, of spikes not cut by an end of the file. */
  readonly peaks: readonly PeakCounts[];
  /** Spikes too close to an end of the file. */
  readonly cut: number;
}

/** Where a waveform is taken to be noise still. */
export const noiseSamples = 15;

/** int32 holds the sum of so many int16. */
const int32Spikes = 65535;

/** Spikes of one stretch. */
const spikesAtOnce = 32768;

/** Memory that sumClusters needs for one cluster, bytes. */
export function clusterBytes(neural: number, length: number): number {
  return 2 * 32 * Math.ceil(neural / 8) * length + peakCountsBytes(length);
}

/** @param tell called now and then with the number of spikes done since the last call */
export function sumClusters(file: BinFile, neural: number, clusters: readonly Cluster[], spikes: SpikeList, window: Window, tell: (spikes: number) => void = () => undefined): ClusterSums {
  const job = prepare(file, neural, clusters, spikes, window);
  for (let done = 0; done < job.starts.length; ) {
    const places = job.stretch.load(job.starts.subarray(done, done + spikesAtOnce));
    const end = done + places.length;
    addStretch(job, { places, starts: job.starts.subarray(done, end), owners: job.owners.subarray(done, end) });
    done = end;
    tell(places.length);
  }
  for (let cluster = 0; cluster < clusters.length; cluster++) flush(job, cluster);
  const squares = new Float64Array(new SharedArrayBuffer(job.squares.byteLength));
  squares.set(job.squares);
  return { sums: job.total, squares, peaks: job.peaks, cut: job.cut };
}

interface Job {
  readonly clusters: readonly Cluster[];
  readonly length: number;
  readonly kernels: Kernels;
  readonly stretch: Stretch;
  readonly groupBytes: number;
  readonly groupCount: number;
  readonly at: { readonly groups: number; readonly program: number; readonly sums: number; readonly squares: number };
  /** Of the stretch, of the program, of what has been added since a cluster's sums were flushed. */
  readonly values: Int16Array;
  readonly program: Uint32Array;
  readonly sums: Int32Array;
  readonly added: Uint32Array;
  /** 1: there is something in `total`. */
  readonly flushed: Uint8Array;
  readonly total: Int32Array | Float64Array;
  readonly squares: Float64Array;
  readonly peaks: readonly PeakCounts[];
  /** First sample of each waveform, and its cluster. */
  readonly starts: Float64Array;
  readonly owners: Uint32Array;
  readonly cut: number;
  readonly before: number;
}

function prepare(file: BinFile, neural: number, clusters: readonly Cluster[], spikes: SpikeList, { length, before }: Window): Job {
  const { starts, owners, cut } = wholeWaveforms(spikes, clusters.length, file.samples, length, before);
  const layout = stretchLayout(file.columns, neural, length, Math.min(file.samples, starts.length * length));
  const { groupCount, groupBytes } = layout;
  const size = groupCount * clusters.length * length * 8;
  const words = 1 + 2 * clusters.length + Math.min(spikesAtOnce, starts.length);
  const plan = planMemory({ rows: layout.readBytes, groups: groupCount * groupBytes, program: 4 * words, sums: 4 * size, squares: 64 * groupCount * clusters.length });
  const { kernels, buffer } = loadKernels(plan.bytes);
  const isWide = clusters.some(({ spikes: count }) => count > int32Spikes);
  return {
    clusters, length, kernels, groupBytes, groupCount, at: plan, starts, owners, cut, before,
    stretch: openStretch(file, length, layout, kernels, buffer, plan),
    values: new Int16Array(buffer, plan.groups, (groupCount * groupBytes) / 2),
    program: new Uint32Array(buffer, plan.program, words),
    sums: new Int32Array(buffer, plan.sums, size),
    added: new Uint32Array(clusters.length),
    flushed: new Uint8Array(clusters.length),
    total: isWide ? new Float64Array(new SharedArrayBuffer(8 * size)) : new Int32Array(new SharedArrayBuffer(4 * size)),
    squares: new Float64Array(buffer, plan.squares, 8 * groupCount * clusters.length),
    peaks: startPeakCounts(clusters.length, length),
  };
}

/** Leaves out the spikes of other clusters, and those cut by an end of the file, which are counted. */
function wholeWaveforms({ times, clusters, first }: SpikeList, count: number, samples: number, length: number, before: number): Pick<Job, 'starts' | 'owners' | 'cut'> {
  const starts = new Float64Array(times.length);
  const owners = new Uint32Array(times.length);
  let kept = 0;
  let cut = 0;
  for (let i = 0; i < times.length; i++) {
    const owner = clusters[i] - first;
    if (owner < 0 || owner >= count) continue;
    const start = times[i] - before;
    if (start < 0 || start + length > samples) {
      cut++;
      continue;
    }
    starts[kept] = start;
    owners[kept++] = owner;
  }
  return { starts: starts.subarray(0, kept), owners: owners.subarray(0, kept), cut };
}

/** Waveforms in the stretch: the row and the sample of the file where each begins, and its cluster. */
interface Loaded {
  readonly places: Uint32Array;
  readonly starts: Float64Array;
  readonly owners: Uint32Array;
}

function addStretch(job: Job, loaded: Loaded): void {
  const { kernels, at, clusters, length, groupBytes, groupCount } = job;
  const runs = writeProgram(job, loaded);
  for (const { cluster, count } of runs) {
    if (job.added[cluster] + count > int32Spikes) flush(job, cluster);
    job.added[cluster] += count;
  }
  const small = Number(job.stretch.isSmall());
  for (let group = 0; group < groupCount; group++) {
    kernels.addRuns(at.program, at.groups + group * groupBytes, at.sums + 32 * group * clusters.length * length, length, small);
  }
  for (const { cluster, first, count } of runs) {
    const { disk } = clusters[cluster];
    for (const group of new Set(disk.map((column) => column >> 3))) {
      kernels.squareRuns(at.program + 4 * first, count, at.groups + group * groupBytes, at.squares + 64 * (cluster * groupCount + group), Math.min(noiseSamples, length));
    }
    countPeaks(job, cluster, Number.isNaN(clusters[cluster].onlyPeak) ? job.program.subarray(first, first + count) : onlyRun(job, cluster, loaded));
  }
}

/** The runs of one cluster: words `first` to `first + count - 1` of the program. */
interface Runs {
  readonly cluster: number;
  readonly first: number;
  readonly count: number;
}

/** Sorts the spikes by cluster into the program of the kernel `addRuns`. */
function writeProgram({ program, clusters }: Job, { places, owners }: Loaded): Runs[] {
  const counts = new Uint32Array(clusters.length);
  for (const owner of owners) counts[owner]++;
  const next = new Uint32Array(clusters.length);
  const runs: Runs[] = [];
  let at = 1;
  counts.forEach((count, cluster) => {
    if (count === 0) return;
    program[at] = cluster;
    program[at + 1] = count;
    runs.push({ cluster, first: at + 2, count });
    next[cluster] = at + 2;
    at += 2 + count;
  });
  program[0] = runs.length;
  for (let i = 0; i < places.length; i++) program[next[owners[i]]++] = 16 * places[i];
  return runs;
}

/** The run of the only spike whose peak counts, if it is here. */
function onlyRun({ clusters, before }: Job, cluster: number, { places, starts, owners }: Loaded): Uint32Array {
  const start = clusters[cluster].onlyPeak - before;
  const found = owners.findIndex((owner, i) => owner === cluster && starts[i] === start);
  return found < 0 ? new Uint32Array(0) : Uint32Array.of(16 * places[found]);
}

function countPeaks({ clusters, peaks, values, groupBytes, length }: Job, cluster: number, offsets: Uint32Array): void {
  const { peak } = clusters[cluster];
  const column = ((peak >> 3) * groupBytes) / 2 + (peak & 7);
  for (const offset of offsets) countPeak(peaks[cluster], values, column + offset / 2, 8, length);
}

/** Moves a cluster's sums so far to where there is room for more. */
function flush({ clusters, length, groupCount, sums, total, added, flushed }: Job, cluster: number): void {
  const run = 8 * length;
  for (let group = 0; group < groupCount; group++) {
    const first = (group * clusters.length + cluster) * run;
    const some = sums.subarray(first, first + run);
    if (flushed[cluster]) for (let i = 0; i < run; i++) total[first + i] += some[i];
    else total.set(some, first);
    some.fill(0);
  }
  added[cluster] = 0;
  flushed[cluster] = 1;
}
