// quality_metrics: reads a sorter's folder, has the metrics computed, writes the next numbered table.

import path from 'node:path';
import { InputFileError, ParameterError, writeWhole, readTextIfThere } from '../../common/index.ts';
import { loadSorting, type MetricOptions, type MetricTable, runMetrics, type Sorting, unitMetrics } from '../../engines/metrics/index.ts';
import type { ModuleContext, ModuleOutcome } from '../module.ts';
import { existingFolder } from '../record/index.ts';
import { formatCsv, nextVersion, numbered, parseCsv, type TextTable } from '../../formats/phyFolder/index.ts';
import type { QualityMetricsParams } from './params.ts';
import { joinWaveforms, qualityTable } from './table.ts';

export async function runQualityMetrics(params: QualityMetricsParams, context: ModuleContext): Promise<ModuleOutcome> {
  const began = performance.now();
  const folder = await existingFolder('directories.kilosort_output_directory', params.directories.kilosort_output_directory, context.cwd);
  context.log('ecephys spike sorting: quality metrics module');
  context.log(`kilosort_output_dir: ${folder}`);
  context.log('Loading data...');
  const sorting = await loadSorting(folder, context);
  warnOfDoubts(sorting, params, folder, context);
  const table = await runMetrics(sorting, metricOptions(params, sorting), context);

  const inFolder = (file: string | undefined, name: string) => path.resolve(context.cwd, file?.trim() || path.join(folder, name));
  const target = inFolder(params.cluster_metrics.cluster_metrics_file, 'metrics.csv');
  const version = await nextVersion(target);
  const output = numbered(target, version);
  const waveformFile = numbered(inFolder(params.waveform_metrics.waveform_metrics_file, 'waveform_metrics.csv'), version);
  const waveforms = await readTable(waveformFile);
  if (!waveforms) context.log(`${waveformFile}: not there, so no waveform metrics are added`);
  const quality = qualityTable(table);
  context.log('Saving data...');
  await writeWhole(output, formatCsv(waveforms ? joinWaveforms(quality, waveforms, params.quality_metrics_params.compat) : quality));

  const seconds = (performance.now() - began) / 1000;
  context.log(`total time: ${seconds.toFixed(2)} seconds`);
  return {
    result: { execution_time: seconds, quality_metrics_output_file: output },
    inputs: [...inputFiles(folder, sorting), ...(waveforms ? [waveformFile] : [])],
    outputs: [output],
    figures: figures(sorting, table, params),
  };
}

function metricOptions({ quality_metrics_params: section, ephys_params }: QualityMetricsParams, sorting: Sorting): MetricOptions {
  if (section.min_isi >= section.isi_threshold) {
    throw new ParameterError(`quality_metrics_params.min_isi: ${section.min_isi} s must be less than isi_threshold, ${section.isi_threshold} s`);
  }
  if (!(ephys_params.sample_rate > 0)) throw new ParameterError('ephys_params.sample_rate: must be greater than 0');
  return {
    sampleRate: ephys_params.sample_rate,
    isiThreshold: section.isi_threshold,
    minIsi: section.min_isi,
    correlogramBin: section.tbin_sec,
    featureMetrics: section.include_pc_metrics,
    radius: section.max_radius_um,
    spikesPerUnit: section.max_spikes_for_unit,
    nearestNeighbourSpikes: section.max_spikes_for_nn,
    silhouetteSpikes: section.n_silhouette,
    neighbours: section.n_neighbors,
    driftInterval: section.drift_metrics_interval_s,
    driftSpikes: section.drift_metrics_min_spikes_per_interval,
    ibl: section.include_ibl,
    compat: section.compat,
    singlePrecisionAmplitudes: sorting.singlePrecisionAmplitudes,
    seed: section.seed,
  };
}

function warnOfDoubts({ spikes, features, sampleRate }: Sorting, { quality_metrics_params, ephys_params }: QualityMetricsParams, folder: string, { warn }: ModuleContext): void {
  if (spikes.times.length === 0) throw new InputFileError(folder, 'has no spikes, so there is nothing to measure');
  if (quality_metrics_params.include_pc_metrics && !features) warn(`${folder}: has no PC features (pc_features.npy and pc_feature_ind.npy), so metrics in feature space are left out`);
  if (sampleRate !== undefined && Math.abs(sampleRate / ephys_params.sample_rate - 1) > 0.01) {
    warn(`ephys_params.sample_rate is ${ephys_params.sample_rate} Hz, but params.py of ${folder} says ${sampleRate} Hz`);
  }
}

async function readTable(file: string): Promise<TextTable | undefined> {
  const text = await readTextIfThere(file);
  if (text === undefined) return undefined;
  const table = parseCsv(text, file);
  if (!table.header.includes('cluster_id')) throw new InputFileError(file, 'has no column cluster_id', { next: 'Run mean_waveforms again, or remove the file.' });
  return table;
}

function inputFiles(folder: string, { features }: Sorting): string[] {
  const names = ['spike_times', 'spike_clusters', 'spike_templates', 'amplitudes', ...(features ? ['pc_features', 'pc_feature_ind'] : [])];
  return names.map((name) => path.join(folder, `${name}.npy`));
}

/** What the table cannot hold: the versions of the formulas, and why cells are empty. */
function figures({ spikes }: Sorting, table: MetricTable, { quality_metrics_params: { compat } }: QualityMetricsParams) {
  const undefinedCells = [...table.undefined].map(([key, reasons]) => [key, Object.fromEntries(reasons)]);
  return {
    units: table.ids.length,
    spikes: spikes.times.length,
    formula_versions: Object.fromEntries(unitMetrics.map(({ key, version }) => [key, compat ? 1 : version])),
    undefined: Object.fromEntries(undefinedCells),
  };
}
