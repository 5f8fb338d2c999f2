// What one run of mean_waveforms works on: paths and names, checked, and the options of C_Waves.

import path from 'node:path';
import type { CWavesOptions } from '../../engines/cwaves/index.ts';
import { clusterFile, nextVersion, recoverPhyFolder } from '../../formats/phyFolder/index.ts';
import type { ModuleContext } from '../module.ts';
import { existingFolder, requireValue } from '../record/index.ts';
import type { Epoch } from './epochs.ts';
import type { MeanWaveformsParams } from './params.ts';
import { nameInFolder } from './targets.ts';

export interface Job {
  /** The sorter's. */
  readonly folder: string;
  /** The AP file and its meta. */
  readonly bin: string;
  readonly meta: string;
  /** Number of this run, which its files get behind their names: 0 (none), 1, 2 ... */
  readonly version: number;
  /** Names of the tables in the folder, without number. */
  readonly waveformMetrics: string;
  readonly qualityMetrics: string;
  readonly section: MeanWaveformsParams['mean_waveform_params'];
  /** Hz. */
  readonly rate: number;
  readonly syncChannels: number;
}

export const clusTable = 'clus_Table.npy';

/** Throws ParameterError. */
export async function describeJob(params: MeanWaveformsParams, { cwd }: ModuleContext): Promise<Job> {
  const { mean_waveform_params: section, ephys_params: ephys, directories } = params;
  const folder = await existingFolder('directories.kilosort_output_directory', directories.kilosort_output_directory, cwd);
  await recoverPhyFolder(folder); // else files of an unfinished run would be missed below
  const bin = path.resolve(cwd, requireValue('ephys_params.ap_band_file', ephys.ap_band_file));
  nameInFolder('mean_waveform_params.mean_waveforms_file', section.mean_waveforms_file, 'mean_waveforms.npy', folder, cwd);
  return {
    folder, bin, section,
    meta: `${bin.replace(/\.bin$/i, '')}.meta`,
    version: await nextVersion(path.join(folder, clusTable)),
    waveformMetrics: nameInFolder('waveform_metrics.waveform_metrics_file', params.waveform_metrics.waveform_metrics_file, 'waveform_metrics.csv', folder, cwd),
    qualityMetrics: nameInFolder('cluster_metrics.cluster_metrics_file', params.cluster_metrics.cluster_metrics_file, 'metrics.csv', folder, cwd),
    rate: ephys.sample_rate,
    syncChannels: ephys.num_sync_channels,
  };
}

/** @param table the clus_Table of this run; `dest` folder of C_Waves' outputs */
export async function cwavesOptions({ folder, bin, section }: Job, { prefix, start, end }: Epoch, table: string, dest: string): Promise<CWavesOptions> {
  return {
    spikeglxBin: bin,
    tableNpy: table,
    timeNpy: path.join(folder, 'spike_times.npy'),
    labelNpy: await clusterFile(folder),
    dest, prefix,
    samplesPerSpike: section.samples_per_spike,
    preSamples: section.pre_samples,
    numSpikes: section.spikes_per_epoch,
    snrRadius: section.snr_radius,
    snrRadiusUm: section.snr_radius_um,
    startSecs: start,
    endSecs: end,
    exclude: [],
    numerics: section.compat ? 'native' : 'exact',
  };
}
