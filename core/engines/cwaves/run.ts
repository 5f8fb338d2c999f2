// C_Waves from options to files: geometry and gains from the meta, spikes chosen, then measured on the pool.

import path from 'node:path';
import { InputFileError, openOutputs, type EngineContext } from '../../common/index.ts';
import { apGain, fileLength, geometry, microvoltsPerCount, probeFacts, readMeta, streamFacts, metaNumber, type Meta, type StreamFacts } from '../../spikeglx/index.ts';
import type { Recording } from './choose.ts';
import { diskFinder } from './disk.ts';
import type { Cluster } from './measure.ts';
import { measureOnPool, type OutputFiles } from './measureOnPool.ts';
import { checkCWavesOptions, type CWavesOptions } from './options.ts';
import type { ChooseTask, ChosenSpikes } from './tasks.ts';

export interface CWavesResult extends OutputFiles {
  readonly clusters: number;
  /** Clusters of which no spike was measured. */
  readonly empty: number;
  /** Spikes used, and how many of them were too close to an end of the file and count as zeros (native). */
  readonly spikes: number;
  readonly cut: number;
}

const ap = { kind: 'ap', index: 0 } as const;

/** Writes the three outputs, all or none. Throws InputFileError, OutputFileError. */
export async function runCWaves(options: CWavesOptions, context: EngineContext): Promise<CWavesResult> {
  checkCWavesOptions(options);
  const meta = await readMeta(options.spikeglxBin.replace(/\.bin$/i, '') + '.meta');
  const facts = apFacts(meta);
  const recording = await describeRecording(options.spikeglxBin, meta, facts, context);
  const excluded = new Set(options.exclude);
  const diskOf = diskFinder(geometry(meta), (column) => excluded.has(facts.channels[column]), options, meta.path);

  const choice = await chooseOnPool(options, recording, context);
  const clusters = describeClusters(choice, facts, diskOf, options);
  const shape = { columns: facts.columns, neural: facts.neural, length: options.samplesPerSpike };
  const job = { bin: options.spikeglxBin, shape, before: options.preSamples, microvolts: columnScale(meta, facts, options), numerics: options.numerics, files: outputFiles(options) };

  const outputs = openOutputs();
  try {
    const cut = await measureOnPool(job, clusters, choice, outputs, context);
    await outputs.commit();
    return { ...job.files, cut, clusters: clusters.length, empty: clusters.filter(({ spikes }) => spikes === 0).length, spikes: choice.times.length };
  } catch (error) {
    await outputs.discard();
    throw error;
  }
}

function outputFiles({ dest, prefix }: CWavesOptions): OutputFiles {
  const name = (file: string) => path.join(dest, `${prefix === undefined ? '' : `${prefix}_`}${file}.npy`);
  return { meanWaveforms: name('mean_waveforms'), medianPeakWaveforms: name('median_peak_waveforms'), clusterSnr: name('cluster_snr') };
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

function describeClusters({ counts, peaks, chosen, firstTimes }: ChosenSpikes, { neural }: StreamFacts, diskOf: (peak: number) => number[], { tableNpy, numerics }: CWavesOptions): Cluster[] {
  return Array.from(counts, (count, k) => {
    const peak = peaks[k];
    if (count === 0) return { peak: 0, disk: [], spikes: 0, onlyPeak: Number.NaN };
    if (peak >= neural) throw new InputFileError(tableNpy, `row ${k} names the peak channel ${peak}, but the file has ${neural} neural channels`);
    const disk = diskOf(peak);
    // Where the disk is empty the native tool gives the first spike's waveform for the median.
    return { peak, disk, spikes: chosen[k], onlyPeak: disk.length === 0 && numerics === 'native' ? firstTimes[k] : Number.NaN };
  });
}
