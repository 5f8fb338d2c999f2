// Sums up chosen spikes: the part that touches the recording. Spikes come in order of time, so that the file is read
// forwards, each stretch once, and only the stretches that hold spikes. All results are whole numbers: they do not
// depend on how the spikes are shared out among threads.

import { loadKernels, planMemory, type Kernels } from '../../kernels/index.ts';
import type { BinFile } from '../../spikeglx/index.ts';
import { countPeaks, finishPeakCounts, peakCountsBytes, startPeakCounts, type PeakCounter, type PeakCounts } from './peakCounts.ts';
import { readStretches, stretchRows, windowsAtOnce, type Stretch } from './stretch.ts';

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
   * [cluster][sample][group of 8 columns][8], counts; the even columns of a group first, then the odd ones. Columns of the
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

/** Memory that sumClusters needs for one cluster, bytes. */
export function clusterBytes(neural: number, length: number): number {
  return 2 * 32 * Math.ceil(neural / 8) * length + peakCountsBytes(length);
}

/**
 * @param tell called now and then with the number of spikes done since the last call
 * Throws InputFileError.
 */
export async function sumClusters(file: BinFile, neural: number, clusters: readonly Cluster[], spikes: SpikeList, window: Window, tell: (spikes: number) => void = () => undefined): Promise<ClusterSums> {
  const job = prepare(file, neural, clusters, spikes, window);
  let done = 0;
  for await (const stretch of readStretches(file, job.starts, window.length, job.rooms)) {
    const end = done + stretch.places.length;
    addStretch(job, { ...stretch, starts: job.starts.subarray(done, end), owners: job.owners.subarray(done, end) });
    tell(end - done);
    done = end;
  }
  for (let cluster = 0; cluster < clusters.length; cluster++) flush(job, cluster);
  const squares = new Float64Array(new SharedArrayBuffer(job.squares.byteLength));
  squares.set(job.squares);
  return { sums: job.total, squares, peaks: job.peaks.map((counter) => finishPeakCounts(counter, window.length)), cut: job.cut };
}

interface Job {
  readonly clusters: readonly Cluster[];
  readonly length: number;
  readonly rowBytes: number;
  readonly kernels: Kernels;
  readonly groupCount: number;
  readonly at: { readonly program: number; readonly traits: number; readonly sums: number; readonly squares: number; readonly peaks: number };
  /** Two stretches, in turn. */
  readonly rooms: readonly [Int16Array, Int16Array];
  readonly program: Uint32Array;
  /** At the peak channel, of the runs of the program. */
  readonly peakValues: Int16Array;
  /** What has been added since a cluster's sums were flushed. */
  readonly sums: Int32Array;
  readonly added: Uint32Array;
  /** 1: there is something in `total`. */
  readonly flushed: Uint8Array;
  readonly total: Int32Array | Float64Array;
  readonly squares: Float64Array;
  readonly peaks: readonly PeakCounter[];
  /** First sample of each waveform, and its cluster. */
  readonly starts: Float64Array;
  readonly owners: Uint32Array;
  readonly cut: number;
  readonly before: number;
}

function prepare(file: BinFile, neural: number, clusters: readonly Cluster[], spikes: SpikeList, { length, before }: Window): Job {
  const { starts, owners, cut } = wholeWaveforms(spikes, clusters.length, file.samples, length, before);
  const groupCount = Math.ceil(neural / 8);
  const size = clusters.length * length * groupCount * 8;
  const roomValues = stretchRows(file, clusters.length, starts, length) * file.columns;
  const windows = Math.min(windowsAtOnce, starts.length);
  const [words, traitWords] = [1 + 2 * clusters.length + windows, clusters.length * (2 + groupCount)];
  // The kernels may look at 16 bytes beyond the last row.
  const roomBytes = 2 * roomValues + 16;
  const plan = planMemory({ one: roomBytes, other: roomBytes, program: 4 * words, traits: 4 * traitWords, sums: 4 * size, squares: 64 * groupCount * clusters.length, peaks: 2 * windows * length });
  const { kernels, buffer } = loadKernels(plan.bytes);
  writeTraits(new Uint32Array(buffer, plan.traits, traitWords), clusters, groupCount);
  const isWide = clusters.some(({ spikes: count }) => count > int32Spikes);
  return {
    clusters, length, rowBytes: 2 * file.columns, kernels, groupCount, at: plan, starts, owners, cut, before,
    rooms: [new Int16Array(buffer, plan.one, roomValues), new Int16Array(buffer, plan.other, roomValues)],
    program: new Uint32Array(buffer, plan.program, words),
    peakValues: new Int16Array(buffer, plan.peaks, windows * length),
    sums: new Int32Array(buffer, plan.sums, size),
    added: new Uint32Array(clusters.length),
    flushed: new Uint8Array(clusters.length),
    total: isWide ? new Float64Array(new SharedArrayBuffer(8 * size)) : new Int32Array(new SharedArrayBuffer(4 * size)),
    squares: new Float64Array(buffer, plan.squares, 8 * groupCount * clusters.length),
    peaks: startPeakCounts(clusters.length, length),
  };
}

/** What the kernel `addRuns` has to know of each cluster. */
function writeTraits(traits: Uint32Array, clusters: readonly Cluster[], groupCount: number): void {
  clusters.forEach(({ peak, disk }, cluster) => {
    const groups = [...new Set(disk.map((column) => column >> 3))];
    traits.set([peak, groups.length, ...groups], cluster * (2 + groupCount));
  });
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

/** First sample in the file and cluster of each window. */
type Loaded = Stretch & Pick<Job, 'starts' | 'owners'>;

/** Only then is it worth looking through a stretch first whether its values may be added four at a time, in int16. */
const runsWorthALook = 8;

function addStretch(job: Job, loaded: Loaded): void {
  const { kernels, at, clusters, length, rowBytes, groupCount } = job;
  const runs = writeProgram(job, loaded);
  for (const { cluster, count } of runs) {
    if (job.added[cluster] + count > int32Spikes) flush(job, cluster);
    job.added[cluster] += count;
  }
  const rows = loaded.values.byteOffset;
  const isWorthALook = loaded.places.length > runsWorthALook * runs.length;
  const small = isWorthALook ? kernels.areSmall(rows, rows + loaded.rows * rowBytes) : 0;
  kernels.addRuns(at.program, at.traits, rows, rowBytes, groupCount, length, Math.min(noiseSamples, length), at.sums, at.squares, at.peaks, small);
  let first = 0;
  for (const { cluster, count } of runs) {
    const values = job.peakValues.subarray(first, first + count * length);
    countPeaks(job.peaks[cluster], Number.isNaN(clusters[cluster].onlyPeak) ? values : onlyWaveform(job, cluster, values, loaded), length);
    first += count * length;
  }
}

/** The runs of one cluster, as many as `count`; they follow each other in the program. */
interface Runs {
  readonly cluster: number;
  readonly count: number;
}

/** Sorts the spikes by cluster into the program of the kernel `addRuns`. */
function writeProgram({ program, clusters, rowBytes }: Job, { places, owners }: Loaded): Runs[] {
  const counts = new Uint32Array(clusters.length);
  for (const owner of owners) counts[owner]++;
  const next = new Uint32Array(clusters.length);
  const runs: Runs[] = [];
  let at = 1;
  counts.forEach((count, cluster) => {
    if (count === 0) return;
    program[at] = cluster;
    program[at + 1] = count;
    runs.push({ cluster, count });
    next[cluster] = at + 2;
    at += 2 + count;
  });
  program[0] = runs.length;
  for (let i = 0; i < places.length; i++) program[next[owners[i]]++] = rowBytes * places[i];
  return runs;
}

/** That of the only spike whose peak counts, if it is among the cluster's `values`. */
function onlyWaveform({ clusters, before, length }: Job, cluster: number, values: Int16Array, { starts, owners }: Loaded): Int16Array {
  const start = clusters[cluster].onlyPeak - before;
  const place = starts.filter((_, i) => owners[i] === cluster).indexOf(start);
  return values.subarray(...(place < 0 ? [0, 0] : [place * length, (place + 1) * length]));
}

/** Moves a cluster's sums so far to where there is room for more. */
function flush({ length, groupCount, sums, total, added, flushed }: Job, cluster: number): void {
  const size = 8 * groupCount * length;
  const first = cluster * size;
  const some = sums.subarray(first, first + size);
  if (flushed[cluster]) for (let i = 0; i < size; i++) total[first + i] += some[i];
  else total.set(some, first);
  some.fill(0);
  added[cluster] = 0;
  flushed[cluster] = 1;
}
