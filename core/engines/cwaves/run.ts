// C_Waves from options to files: geometry and gains from the meta, spikes chosen and clusters measured on the pool.

import path from 'node:path';
import { inOrder, InputFileError, openOutputs, type EngineContext, type OutputSet } from '../../common/index.ts';
import { encodeNpy, npyHeader } from '../../formats/index.ts';
import { apGain, fileLength, geometry, microvoltsPerCount, probeFacts, readMeta, streamFacts, metaNumber, type Meta, type StreamFacts } from '../../spikeglx/index.ts';
import type { Recording } from './choose.ts';
import { diskFinder } from './disk.ts';
import { clusterBytes, type Cluster, type Window } from './measure.ts';
import { checkCWavesOptions, type CWavesOptions } from './options.ts';
import type { ChooseTask, ChosenSpikes, Measured, MeasureTask } from './tasks.ts';

export interface CWavesResult {
  /** Paths of the outputs. */
  readonly meanWaveforms: string;
  readonly medianPeakWaveforms: string;
  readonly clusterSnr: string;
  readonly clusters: number;
  /** Clusters of which no spike was measured. */
  readonly empty: number;
  /** Spikes used, and how many of them were too close to an end of the file and count as zeros (native). */
  readonly spikes: number;
  readonly cut: number;
}

const ap = { kind: 'ap', index: 0 } as const;

/** What a task may hold at a time, bytes, and below how many added values a second task is not worth it. */
const groupBytes = 160e6;
const groupValues = 2e8;

/** Writes the three outputs, all or none. Throws InputFileError, OutputFileError. */
export async function runCWaves(options: CWavesOptions, context: EngineContext): Promise<CWavesResult> {
  checkCWavesOptions(options);
  const meta = await readMeta(options.spikeglxBin.replace(/\.bin$/i, '') + '.meta');
  const facts = apFacts(meta);
  const recording = await describeRecording(options.spikeglxBin, meta, facts, context);
  const excluded = new Set(options.exclude);
  const diskOf = diskFinder(geometry(meta), (column) => excluded.has(facts.channels[column]), options, meta.path);

  const choice = await chooseOnPool(options, recording, context);
  const clusters = describeClusters(choice, facts, diskOf, options.tableNpy);
  const window: Window = { length: options.samplesPerSpike, before: options.preSamples };
  const shape = { columns: facts.columns, neural: facts.neural, length: window.length };
  const task = { bin: options.spikeglxBin, shape, window, microvolts: columnScale(meta, facts, options), numerics: options.numerics };

  const outputs = openOutputs();
  try {
    const result = await measureOnPool(task, clusters, options, outputs, context);
    await outputs.commit();
    return { ...result, clusters: clusters.length, empty: clusters.filter(({ times }) => times.length === 0).length, spikes: choice.times.length };
  } catch (error) {
    await outputs.discard();
    throw error;
  }
}

function apFacts(meta: Meta): StreamFacts {
  const facts = streamFacts(meta, ap);
  if (facts.neural > 0) return facts;
  throw new InputFileError(meta.path, 'describes no AP file: it saves no AP channels', { next: 'Give the .ap.bin file that was sorted.' });
}

async function describeRecording(bin: string, meta: Meta, { rate }: StreamFacts, context: EngineContext): Promise<Recording> {
  const { samples, state, metaSamples } = await fileLength(bin, meta);
  if (state === 'truncated') context.warn(`${bin}: holds ${samples} samples, but its meta says ${metaSamples}; spikes beyond its end count as outside`);
  return { samples, rate, seconds: metaNumber(meta, 'fileTimeSecs') ?? samples / rate };
}

/** Microvolts per count. The native tool takes the first channel's gain for all. */
function columnScale(meta: Meta, { columns }: StreamFacts, { numerics }: CWavesOptions): Float64Array {
  if (numerics === 'exact') return microvoltsPerCount(meta, ap);
  const { vmax, maxInt } = probeFacts(meta);
  return new Float64Array(columns).fill((1e6 * (metaNumber(meta, 'imAiRangeMax') ?? vmax)) / (metaNumber(meta, 'imMaxInt') ?? maxInt) / apGain(meta));
}

async function chooseOnPool(options: CWavesOptions, recording: Recording, { pool, signal, warn }: EngineContext): Promise<ChosenSpikes> {
  const task: ChooseTask = { files: options, recording, options };
  const choice = await pool.run<ChosenSpikes>('cwaves.choose', task, { signal });
  if (choice.strays > 0) warn(`${options.labelNpy}: ${choice.strays} spikes belong to clusters that have none according to ${options.tableNpy}; they are ignored`);
  return choice;
}

function describeClusters({ counts, peaks, times, first }: ChosenSpikes, { neural }: StreamFacts, diskOf: (peak: number) => number[], table: string): Cluster[] {
  return Array.from(counts, (count, k) => {
    const peak = peaks[k];
    if (count === 0) return { peak: 0, disk: [], times: new Float64Array(0) };
    if (peak >= neural) throw new InputFileError(table, `row ${k} names the peak channel ${peak}, but the file has ${neural} neural channels`);
    return { peak, disk: diskOf(peak), times: times.slice(first[k], first[k + 1]) };
  });
}

type CommonTask = Omit<MeasureTask, 'first' | 'clusters' | 'means'>;

async function measureOnPool(task: CommonTask, clusters: readonly Cluster[], options: CWavesOptions, outputs: OutputSet, context: EngineContext) {
  const name = (file: string) => path.join(options.dest, `${options.prefix === undefined ? '' : `${options.prefix}_`}${file}.npy`);
  const files = { meanWaveforms: name('mean_waveforms'), medianPeakWaveforms: name('median_peak_waveforms'), clusterSnr: name('cluster_snr') };
  const { columns, length } = task.shape;
  const header = npyHeader('<f8', [clusters.length, columns, length]);
  await outputs.write(files.meanWaveforms, header);
  const means = { part: await outputs.add(files.meanWaveforms), path: files.meanWaveforms, headerBytes: header.length };

  const medians = new Float64Array(clusters.length * length);
  const snr = new Float64Array(clusters.length * 2);
  let cut = 0;
  const groups = groupClusters(clusters, task.window, columns, context.pool.size);
  const run = (i: number) => {
    const payload: MeasureTask = { ...task, means, first: groups[i].first, clusters: clusters.slice(groups[i].first, groups[i].end) };
    return context.pool.run<Measured>('cwaves.measure', payload, { signal: context.signal });
  };
  await inOrder(groups.length, context.pool.size, run, (measured, i) => {
    medians.set(measured.medians, groups[i].first * length);
    snr.set(measured.snr, groups[i].first * 2);
    cut += measured.cut;
    context.progress?.({ label: 'C_Waves', done: groups[i].end, total: clusters.length });
  });
  await outputs.write(files.medianPeakWaveforms, encodeNpy(medians, [clusters.length, length]));
  await outputs.write(files.clusterSnr, encodeNpy(snr, [clusters.length, 2]));
  return { ...files, cut };
}

/** Neighbouring clusters, as many as fit into a task's memory, and at least one group per worker when there is much to do. */
function groupClusters(clusters: readonly Cluster[], window: Window, columns: number, workers: number): { first: number; end: number }[] {
  const values = clusters.reduce((sum, { times }) => sum + times.length, 0) * window.length * columns;
  const share = values / Math.max(1, Math.min(workers, Math.ceil(values / groupValues)));
  const groups: { first: number; end: number }[] = [];
  for (let first = 0; first < clusters.length; ) {
    let end = first;
    let bytes = 0;
    let work = 0;
    do {
      bytes += clusterBytes(clusters[end].times.length, columns, window);
      work += clusters[end].times.length * window.length * columns;
      end++;
    } while (end < clusters.length && work < share && bytes + clusterBytes(clusters[end].times.length, columns, window) <= groupBytes);
    groups.push({ first, end });
    first = end;
  }
  return groups;
}
