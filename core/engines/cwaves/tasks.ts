// The pool's tasks: choosing the spikes (the sorter's arrays may be long), and measuring a group of clusters, whose mean
// waveforms are written to their place in the output right away.

import fs from 'node:fs';
import { outputFileError } from '../../common/index.ts';
import { openBin } from '../../spikeglx/index.ts';
import { chooseSpikes, type Choice, type ChooseOptions, type Recording } from './choose.ts';
import { sumClusters, type Cluster, type Window } from './measure.ts';
import type { Numerics } from './options.ts';
import { readSpikes, type SpikeFiles } from './spikes.ts';
import { meanWaveform, medianWaveform, signalToNoise, type Shape } from './waveforms.ts';

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
  const spikes = await readSpikes(files);
  return { ...chooseSpikes(spikes, recording, options), counts: spikes.counts, peaks: spikes.peaks };
}

/** Where the mean waveforms go: `part` while `path` is unfinished. */
export interface MeanFile {
  readonly part: string;
  readonly path: string;
  readonly headerBytes: number;
}

export interface MeasureTask {
  readonly bin: string;
  readonly shape: Shape;
  readonly window: Window;
  /** Clusters `first`, `first + 1`, ... */
  readonly first: number;
  readonly clusters: readonly Cluster[];
  /** Per column and count. */
  readonly microvolts: Float64Array;
  readonly numerics: Numerics;
  readonly means: MeanFile;
}

export interface Measured {
  /** [clusters x length], microvolts. */
  readonly medians: Float64Array;
  /** [clusters x 2] {ratio, spikes}. */
  readonly snr: Float64Array;
  /** Spikes too close to an end of the file. */
  readonly cut: number;
}

export function measure({ bin, shape, window, first, clusters, microvolts, numerics, means }: MeasureTask): Measured {
  const { length } = window;
  const nothing = numerics === 'native' ? 0 : Number.NaN;
  const medians = new Float64Array(clusters.length * length).fill(nothing);
  const snr = new Float64Array(2 * clusters.length);
  const weights = numerics === 'native' ? new Float64Array(shape.columns).fill(1) : microvolts;
  const file = openBin(bin, shape.columns);
  const output = openOutput(means);
  let cut = 0;
  try {
    sumClusters(file, clusters, window, weights).forEach((cluster, i) => {
      const { peak, disk, times } = clusters[i];
      const spikes = times.length;
      cut += cluster.cut;
      snr.set([signalToNoise(cluster, spikes, disk, weights, shape, numerics), spikes], 2 * i);
      if (spikes > 0) medians.set(medianWaveform(cluster, spikes, microvolts[peak], length, numerics === 'native' && disk.length === 0), i * length);
      const mean = spikes > 0 ? meanWaveform(cluster, spikes, microvolts, shape) : new Float64Array(shape.columns * length).fill(nothing);
      writeMean(output, mean, means, first + i);
    });
  } finally {
    file.close();
    fs.closeSync(output);
  }
  return { medians, snr, cut };
}

export const tasks = { 'cwaves.choose': choose, 'cwaves.measure': measure };

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
