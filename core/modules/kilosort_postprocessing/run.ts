// kilosort_postprocessing: looks for double-counted spikes and rewrites the sorter's folder without them.

import path from 'node:path';
import { inOrder, writeWhole } from '../../common/index.ts';
import { runCWaves } from '../../engines/cwaves/index.ts';
import { changePhyFolder, clusterFile, type PhyChange } from '../../formats/phyFolder/index.ts';
import type { ModuleContext, ModuleOutcome } from '../module.ts';
import { existingFolder, requireValue } from '../record/index.ts';
import { alignment } from './align.ts';
import type { DuplicateRules } from './duplicates.ts';
import type { PostprocessingParams } from './params.ts';
import { recordFile, sourceFolder, sourceRecord } from './source.ts';
import { type CopySpikeFile, isTimeInSeconds, spikeFiles } from './spikeFiles.ts';
import type { SearchResult, SearchTask, TableTask } from './tasks.ts';

export async function runPostprocessing(params: PostprocessingParams, context: ModuleContext): Promise<ModuleOutcome> {
  const began = performance.now();
  const folder = await existingFolder('directories.kilosort_output_directory', params.directories.kilosort_output_directory, context.cwd);
  context.log('ecephys spike sorting: kilosort postprocessing module');
  context.log('Loading data...');
  const source = await sourceFolder(folder);
  if (source !== folder) context.log(`starting again from ${source}`);

  const { found, written } = await changePhyFolder(folder, async (change) => {
    const waveforms = params.ks_postprocessing_params.align_avg_waveform ? await measure(params, source, change, context) : undefined;
    const { compat } = params.ks_postprocessing_params;
    const task: SearchTask = { folder: source, target: change.folder, rules: duplicateRules(params), waveforms, compat };
    const found = await context.pool.run<SearchResult>('kilosort_postprocessing.search', task, { signal: context.signal });
    report(found, context);
    context.log('Saving data...');
    const written = await copySpikes(source, change, found, context);
    await writeWhole(await change.file(recordFile), await sourceRecord(source, change.folder));
    return { found, written: [...written, ...overlapFileNames] };
  });

  const seconds = (performance.now() - began) / 1000;
  context.log(`total time: ${seconds.toFixed(2)} seconds`);
  return {
    result: { execution_time: seconds },
    inputs: inputFiles(params, source, context),
    outputs: written.map((name) => path.join(folder, name)),
    figures: figures(found),
  };
}

const overlapFileNames = ['overlap_matrix.npy', 'overlap_matrix_units.npy', 'overlap_summary.npy', 'overlap_summary.csv'];

function duplicateRules({ ks_postprocessing_params: section, ephys_params: { sample_rate: rate } }: PostprocessingParams): DuplicateRules | undefined {
  if (!section.remove_duplicates) return undefined;
  return {
    mode: section.deletion_mode,
    withinWindow: Math.trunc(section.within_unit_overlap_window * rate),
    window: Math.trunc(section.between_unit_overlap_window * rate),
    distance: section.between_unit_dist_um,
    compat: section.compat,
  };
}

/** Mean waveforms of all units, for how far each is to be shifted. */
async function measure({ ks_postprocessing_params: { compat }, ephys_params }: PostprocessingParams, source: string, { scratch }: PhyChange, context: ModuleContext) {
  const table = path.join(scratch, 'clus_Table.npy');
  await context.pool.run('kilosort_postprocessing.table', { folder: source, target: table, compat } satisfies TableTask, { signal: context.signal });
  const spikeglxBin = path.resolve(context.cwd, requireValue('ephys_params.ap_band_file', ephys_params.ap_band_file));
  const { meanWaveforms, clusterSnr } = await runCWaves({
    spikeglxBin,
    tableNpy: table,
    timeNpy: path.join(source, 'spike_times.npy'),
    labelNpy: await clusterFile(source),
    dest: scratch,
    prefix: 'preprocess',
    samplesPerSpike: alignment.samples,
    preSamples: alignment.before,
    numSpikes: alignment.spikes,
    snrRadius: 0,
    exclude: [],
    numerics: compat ? 'native' : 'exact',
  }, context);
  return { means: meanWaveforms, snr: clusterSnr };
}

async function copySpikes(source: string, change: PhyChange, { spikes, rows, times }: SearchResult, { pool, signal, progress }: ModuleContext): Promise<string[]> {
  const all = await spikeFiles(source, spikes);
  const names = all.filter((name) => !(times && isTimeInSeconds(name)));
  for (const stale of all.filter((name) => !names.includes(name))) change.remove(stale);
  const copy = (index: number) => {
    const name = names[index];
    const task: CopySpikeFile = { name, source: path.join(source, name), target: path.join(change.folder, name), rows, times };
    return pool.run('kilosort_postprocessing.copy', task, { signal });
  };
  await inOrder(names.length, pool.size, copy, (_, index) => progress?.({ label: 'saving', done: index + 1, total: names.length }));
  return names;
}

function report({ spikes, rows, padding, shiftedUnits, within, between }: SearchResult, { log }: ModuleContext): void {
  if (padding > 0) log(`template zero padding: ${padding}`);
  if (shiftedUnits > 0) log(`${shiftedUnits} units shifted to their peak`);
  log(`removed ${spikes - rows.length} of ${spikes} spikes: ${within} found twice within a unit, ${between} between units`);
}

function figures({ spikes, rows, units, shiftedUnits, within, between }: SearchResult) {
  return { units, spikes_before: spikes, spikes_after: rows.length, removed_within_units: within, removed_between_units: between, shifted_units: shiftedUnits };
}

function inputFiles({ ks_postprocessing_params: { align_avg_waveform }, ephys_params: { ap_band_file } }: PostprocessingParams, source: string, { cwd }: ModuleContext): string[] {
  const bin = align_avg_waveform && ap_band_file !== undefined ? [path.resolve(cwd, ap_band_file)] : [];
  return [...bin, ...['spike_times.npy', 'spike_clusters.npy', 'spike_templates.npy', 'amplitudes.npy', 'templates.npy'].map((name) => path.join(source, name))];
}
