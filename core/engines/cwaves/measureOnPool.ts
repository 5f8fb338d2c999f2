// Shares the chosen spikes out among the pool's threads, each a part of the recording, and has the sums finished and
// written cluster by cluster. Sums cross threads in shared memory.

import { inOrder, type EngineContext, type OutputSet } from '../../common/index.ts';
import { encodeNpy, npyHeader } from '../../formats/index.ts';
import { clusterBytes, type Cluster, type ClusterSums, type SpikeList, type Window } from './measure.ts';
import type { Numerics } from './options.ts';
import type { Finished, FinishTask, MeanFile, MeasureTask } from './tasks.ts';
import type { Shape } from './waveforms.ts';

/** Paths. */
export interface OutputFiles {
  readonly meanWaveforms: string;
  readonly medianPeakWaveforms: string;
  readonly clusterSnr: string;
}

export interface MeasureJob {
  readonly bin: string;
  readonly shape: Shape;
  /** Samples of a waveform that precede the spike. */
  readonly before: number;
  /** Per column and count. */
  readonly microvolts: Float64Array;
  readonly numerics: Numerics;
  readonly files: OutputFiles;
}

/** What a thread may hold at a time, bytes: with more clusters the recording is gone through again. */
const threadBytes = 384e6;

/** A thread must have so many values to add up, or starting it does not pay, and so many spikes of a cluster, or its sums do not. */
const threadValues = 5e8;
const threadSpikes = 100;

const finishedAtOnce = 16;
const tellEvery = 250;

/** Writes the three files. Returns the spikes that an end of the recording cuts. */
export async function measureOnPool(job: MeasureJob, clusters: readonly Cluster[], spikes: Omit<SpikeList, 'first'>, outputs: OutputSet, context: EngineContext): Promise<number> {
  const { columns, neural, length } = job.shape;
  const header = npyHeader('<f8', [clusters.length, columns, length]);
  await outputs.write(job.files.meanWaveforms, header);
  const means = { part: await outputs.add(job.files.meanWaveforms), path: job.files.meanWaveforms, headerBytes: header.length };
  const medians = new Float64Array(clusters.length * length);
  const snr = new Float64Array(clusters.length * 2);
  const group = Math.max(1, Math.floor(threadBytes / clusterBytes(neural, length)));
  const meter = spikeMeter(spikes.times.length, context);
  let cut = 0;
  try {
    for (let first = 0; first < clusters.length; first += group) {
      const some = clusters.slice(first, first + group);
      const parts = await measureGroup(job, some, { ...spikes, first }, meter.done, context);
      await finishGroup(job, some, first, parts, means, context, (finished, place) => {
        medians.set(finished.medians, place * length);
        snr.set(finished.snr, place * 2);
      });
      cut += parts.reduce((sum, part) => sum + part.cut, 0);
    }
  } finally {
    meter.stop();
  }
  context.progress?.({ label: 'C_Waves', done: spikes.times.length, total: spikes.times.length });
  await outputs.write(job.files.medianPeakWaveforms, encodeNpy(medians, [clusters.length, length]));
  await outputs.write(job.files.clusterSnr, encodeNpy(snr, [clusters.length, 2]));
  return cut;
}

/** Each thread gets as many spikes as the others, in order of time. */
async function measureGroup({ bin, shape, before }: MeasureJob, clusters: readonly Cluster[], { times, clusters: owners, first }: SpikeList, done: Int32Array, { pool, signal }: EngineContext): Promise<ClusterSums[]> {
  const window: Window = { length: shape.length, before };
  const wanted = clusters.reduce((sum, { spikes }) => sum + spikes, 0);
  const worth = Math.min((wanted * shape.neural * shape.length) / threadValues, wanted / (threadSpikes * clusters.length));
  const count = Math.max(1, Math.min(pool.size, Math.floor(worth)));
  const parts: ClusterSums[] = [];
  const run = (i: number) => {
    const [start, end] = [Math.floor((i * times.length) / count), Math.floor(((i + 1) * times.length) / count)];
    const spikes = { times: times.subarray(start, end), clusters: owners.subarray(start, end), first };
    return pool.run<ClusterSums>('cwaves.measure', { bin, shape, window, clusters, spikes, done } satisfies MeasureTask, { signal });
  };
  await inOrder(count, pool.size, run, (part) => { parts.push(part); });
  return parts;
}

async function finishGroup(job: MeasureJob, clusters: readonly Cluster[], first: number, parts: readonly ClusterSums[], means: MeanFile, { pool, signal }: EngineContext, take: (finished: Finished, place: number) => void): Promise<void> {
  const run = (i: number) => {
    const [from, to] = [i * finishedAtOnce, (i + 1) * finishedAtOnce];
    const task: FinishTask = {
      shape: job.shape, microvolts: job.microvolts, numerics: job.numerics, means,
      parts: parts.map((part) => ({ ...part, peaks: part.peaks.slice(from, to) })),
      first: from, clusters: clusters.slice(from, to), place: first + from,
    };
    return pool.run<Finished>('cwaves.finish', task, { signal });
  };
  await inOrder(Math.ceil(clusters.length / finishedAtOnce), pool.size, run, (finished, i) => take(finished, first + i * finishedAtOnce));
}

/** A counter that threads add to, read now and then. */
function spikeMeter(total: number, { progress }: EngineContext): { done: Int32Array; stop: () => void } {
  const done = new Int32Array(new SharedArrayBuffer(4));
  const timer = setInterval(() => progress?.({ label: 'C_Waves', done: Atomics.load(done, 0), total }), tellEvery);
  return { done, stop: () => clearInterval(timer) };
}
