// The pool's tasks: choosing the spikes (the sorter's arrays may be long), measuring some of the chosen spikes, and
// finishing some clusters, whose mean waveforms are written to their place in the output right away.

import fs from 'node:fs';
import { outputFileError } from '../../common/index.ts';
import { openBin } from '../../spikeglx/index.ts';
import { chooseSpikes, type Choice, type ChooseOptions, type Recording } from './choose.ts';
import { sumClusters, type Cluster, type ClusterSums, type SpikeList, type Window } from './measure.ts';
import type { Numerics } from './options.ts';
import { openSpikes, type SpikeFiles } from './spikes.ts';
import { medianWaveform, signalToNoise, toMeans, totalsOf, type Shape } from './waveforms.ts';

export interface ChooseTask {
  readonly files: SpikeFiles;
  readonly recording: Recording;
  readonly options: ChooseOptions;
}

export interface ChosenSpikes extends Choice {
  /** Per cluster, from the table. */
  readonly counts: Float64Array;
  readonly peaks: Float64Array;
}

export async function choose({ files, recording, options }: ChooseTask): Promise<ChosenSpikes> {
  const spikes = await openSpikes(files);
  try {
    return { ...chooseSpikes(spikes, recording, options), counts: spikes.counts, peaks: spikes.peaks };
  } finally {
    spikes.close();
  }
}

export interface MeasureTask {
  readonly bin: string;
  readonly shape: Shape;
  readonly window: Window;
  readonly clusters: readonly Cluster[];
  readonly spikes: SpikeList;
  /** One number in shared memory, to which the spikes done are added. */
  readonly done: Int32Array;
}

export async function measure({ bin, shape, window, clusters, spikes, done }: MeasureTask): Promise<ClusterSums> {
  const file = openBin(bin, shape.columns);
  try {
    return await sumClusters(file, shape.neural, clusters, spikes, window, (count) => { Atomics.add(done, 0, count); });
  } finally {
    file.close();
  }
}

/** Where the mean waveforms go: `part` while `path` is unfinished. */
export interface MeanFile {
  readonly part: string;
  readonly path: string;
  readonly headerBytes: number;
}

export interface FinishTask {
  readonly shape: Shape;
  /** What was measured of clusters of which these are number `first`, `first + 1`, ... */
  readonly parts: readonly ClusterSums[];
  readonly first: number;
  readonly clusters: readonly Cluster[];
  /** Per column and count. */
  readonly microvolts: Float64Array;
  readonly numerics: Numerics;
  readonly means: MeanFile;
  /** Place in the output of the first of these clusters. */
  readonly place: number;
}

export interface Finished {
  /** [clusters x length], microvolts. */
  readonly medians: Float64Array;
  /** [clusters x 2] {ratio, spikes}. */
  readonly snr: Float64Array;
}

export function finish({ shape, parts, first, clusters, microvolts, numerics, means, place }: FinishTask): Finished {
  const { columns, length } = shape;
  const nothing = numerics === 'native' ? 0 : Number.NaN;
  const medians = new Float64Array(clusters.length * length).fill(nothing);
  const snr = new Float64Array(2 * clusters.length);
  const weights = numerics === 'native' ? new Float64Array(columns).fill(1) : microvolts;
  const waveform = new Float64Array(columns * length);
  const output = openOutput(means);
  try {
    clusters.forEach(({ peak, disk, spikes, onlyPeak }, i) => {
      const totals = totalsOf(parts, first + i, shape, waveform);
      const peaks = parts.map((part) => part.peaks[i]);
      snr.set([signalToNoise(totals, spikes, disk, weights, shape, numerics), spikes], 2 * i);
      if (spikes > 0) medians.set(medianWaveform(peaks, Number.isNaN(onlyPeak) ? spikes : 1, microvolts[peak], length), i * length);
      if (spikes > 0) toMeans(waveform, spikes, microvolts, shape);
      else waveform.fill(nothing);
      writeMean(output, waveform, means, place + i);
    });
  } finally {
    fs.closeSync(output);
  }
  return { medians, snr };
}

export const tasks = { 'cwaves.choose': choose, 'cwaves.measure': measure, 'cwaves.finish': finish };

function openOutput({ part, path }: MeanFile): number {
  try {
    return fs.openSync(part, 'r+');
  } catch (error) {
    throw outputFileError(path, error);
  }
}

function writeMean(output: number, mean: Float64Array, { path, headerBytes }: MeanFile, cluster: number): void {
  const bytes = new Uint8Array(mean.buffer);
  const position = headerBytes + cluster * bytes.length;
  try {
    for (let at = 0; at < bytes.length; ) at += fs.writeSync(output, bytes, at, bytes.length - at, position + at);
  } catch (error) {
    throw outputFileError(path, error);
  }
}
