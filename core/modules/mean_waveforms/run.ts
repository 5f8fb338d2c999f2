// mean_waveforms: has C_Waves measure all units of a sorter's folder, and reads their metrics from what it measured.

import path from 'node:path';
import { writeWhole, isThere } from '../../common/index.ts';
import { cwavesCommandLine, runCWaves } from '../../engines/cwaves/index.ts';
import { changePhyFolder, clusterFile, fileOperations, formatCsv, numbered, openNpy, type PhyChange } from '../../formats/phyFolder/index.ts';
import type { ModuleContext, ModuleOutcome } from '../module.ts';
import { type Epoch, epochsOf, waveformFiles } from './epochs.ts';
import { clusTable, cwavesOptions, describeJob, type Job } from './job.ts';
import type { WaveformMetrics } from './metrics.ts';
import type { MeanWaveformsParams } from './params.ts';
import type { RawTask } from './rawWaveforms.ts';
import { waveformTable, withWaveformMetrics } from './table.ts';
import type { MetricsTask, TableResult, TableTask } from './tasks.ts';

export async function runMeanWaveforms(params: MeanWaveformsParams, context: ModuleContext): Promise<ModuleOutcome> {
  const began = performance.now();
  const job = await describeJob(params, context);
  context.log('ecephys spike sorting: mean waveforms module');
  const { outputs, units } = await changePhyFolder(job.folder, (change) => measureFolder(job, change, context));
  const seconds = (performance.now() - began) / 1000;
  context.log(`total time: ${seconds.toFixed(2)} seconds`);
  return {
    result: { execution_time: seconds },
    inputs: [job.bin, job.meta, ...['spike_times', 'spike_clusters', 'spike_templates', 'templates'].map((name) => path.join(job.folder, `${name}.npy`))],
    outputs: outputs.map((name) => path.join(job.folder, name)),
    figures: { version: job.version, units },
  };
}

async function measureFolder(job: Job, change: PhyChange, context: ModuleContext): Promise<{ outputs: string[]; units: number }> {
  const { pool, signal, log } = context;
  const table = numbered(clusTable, job.version);
  const outputs = [table];
  const task: TableTask = { folder: job.folder, table: await change.file(table), clusters: await clustersToRewrite(job, change), compat: job.section.compat };
  const found = await pool.run<TableResult>('mean_waveforms.table', task, { signal });
  if (found.padding > 0) log(`template zero padding: ${found.padding}`);

  log('Calculating mean waveforms using C_waves.');
  const [whole, ...halves] = await epochsOf(job, found);
  for (const epoch of [whole, ...halves]) outputs.push(...(await measureEpoch(job, epoch, task.table, change, context)));
  if (halves.length > 0) outputs.push(...(await writeRaw(job, halves, change, context)));

  const metrics = await pool.run<WaveformMetrics[]>('mean_waveforms.metrics', metricsTask(job, whole, change), { signal });
  outputs.push(...(await writeTables(job, metrics, change, context)));
  return { outputs, units: metrics.length };
}

/** The reference turns spike_clusters.npy into uint32, which the native C_Waves wants; ours reads any type. */
async function clustersToRewrite({ folder, section }: Job, change: PhyChange): Promise<string | undefined> {
  const file = await clusterFile(folder);
  const isOther = path.basename(file) === 'spike_clusters.npy' && (await openNpy(file)).dtype !== '<u4';
  return section.compat && isOther ? change.file('spike_clusters.npy') : undefined;
}

/** The names of the new files. The second run gives those of the first their number, 0. */
async function measureEpoch(job: Job, epoch: Epoch, table: string, change: PhyChange, context: ModuleContext): Promise<string[]> {
  const options = await cwavesOptions(job, epoch, table, change.scratch);
  context.log(cwavesCommandLine(options));
  await runCWaves(options, context);
  const outputs: string[] = [];
  for (const name of Object.values(waveformFiles(epoch))) {
    const output = numbered(name, job.version);
    await fileOperations.rename(path.join(change.scratch, name), await change.file(output));
    if (job.version === 1 && (await isThere(path.join(job.folder, name)))) await change.rename(name, name.replace('.npy', '_0.npy'));
    outputs.push(output);
  }
  return outputs;
}

function metricsTask({ section, meta, rate, version }: Job, whole: Epoch, { folder }: PhyChange): MetricsTask {
  const { means, snr } = waveformFiles(whole);
  const inChange = (name: string) => path.join(folder, numbered(name, version));
  return {
    files: { means: inChange(means), snr: inChange(snr), table: inChange(clusTable) },
    meta,
    options: { rate, upsampling: section.upsampling_factor, channels: section.nAP, siteRange: section.site_range, threshold: section.spread_threshold, compat: section.compat },
  };
}

async function writeTables(job: Job, metrics: readonly WaveformMetrics[], change: PhyChange, { log }: ModuleContext): Promise<string[]> {
  const table = waveformTable(metrics);
  const name = numbered(job.waveformMetrics, job.version);
  await writeWhole(await change.file(name), formatCsv(table));
  if (job.section.compat) return [name];
  const quality = numbered(job.qualityMetrics, job.version);
  const joined = await withWaveformMetrics(path.join(job.folder, quality), table);
  if (joined === undefined) return [name];
  log(`${quality}: waveform metrics added`);
  await writeWhole(await change.file(quality), joined);
  return [name, quality];
}

const rawFolder = 'RawWaveforms';

async function writeRaw(job: Job, halves: readonly Epoch[], change: PhyChange, { pool, signal }: ModuleContext): Promise<string[]> {
  const [first, second] = halves.map((epoch) => path.join(change.folder, numbered(waveformFiles(epoch).means, job.version)));
  // The reference always asks the first table which clusters there are.
  const firstTable = job.section.compat && job.version > 0;
  const table = firstTable ? path.join(job.folder, clusTable) : path.join(change.folder, numbered(clusTable, job.version));
  const task: RawTask = { halves: [first, second], table, syncChannels: job.syncChannels, folder: path.join(change.folder, rawFolder) };
  const names = await pool.run<string[]>('mean_waveforms.raw', task, { signal });
  return names.map((name) => `${rawFolder}/${name}`);
}
