// `quality_metrics_params`, and the sections quality_metrics reads beside it.

import type { z } from 'zod';
import { decimal, file, flag, section, sections, whole } from '../record/index.ts';
import { compat, directories, ephysParams } from '../sections/index.ts';

export const qualityMetricsSections = sections({
  quality_metrics_params: section('Quality metrics: time windows, neighbourhood, how many spikes are used.', {
    isi_threshold: decimal({ help: 'Refractory period: shorter intervals are violations.', unit: 's', min: 0 }).default(0.0015),
    min_isi: decimal({ help: 'A spike that follows another within this time is a duplicate and left out.', unit: 's', min: 0 }).default(0),
    tbin_sec: decimal({ help: 'Bin of the autocorrelogram that contamination is read from.', unit: 's', min: 0.00001 }).default(0.001),
    max_radius_um: whole({ help: 'Units and channels within this distance of a unit\'s peak are its neighbourhood.', unit: 'um', min: 1 }).default(68),
    max_spikes_for_unit: whole({ help: 'Spikes used of a unit in feature space; its neighbours\' in proportion.', min: 1 }).default(500),
    max_spikes_for_nn: whole({ help: 'Spikes used of a unit and its neighbours together to find nearest neighbours.', min: 2 }).default(10000),
    n_neighbors: whole({ help: 'Nearest neighbours of a spike, the spike itself counted.', min: 2 }).default(4),
    n_silhouette: whole({ help: 'Spikes of all units used for the silhouette score.', min: 1 }).default(10000),
    drift_metrics_min_spikes_per_interval: whole({ help: 'Spikes that an interval needs for a depth.', min: 1 }).default(10),
    drift_metrics_interval_s: decimal({ help: 'Length of the intervals over which depth is followed.', unit: 's', min: 0.001 }).default(100),
    include_pc_metrics: flag({ help: 'Whether metrics in feature space are computed; slower, and needs pc_features.npy.' }).default(true),
    include_ibl: flag({ help: 'Whether the sliding refractory period and noise cutoff of the IBL are computed.' }).default(true),
    seed: whole({ help: 'Start of the random draw of spikes, where not all are used.', min: 0 }).default(0),
    compat: compat('rows for ids without spikes, numbers instead of empty cells, presence of at most 0.99, one bin less in contamination, only neighbours that share all channels, folded silhouette space, units without waveforms left out.'),
  }),
  cluster_metrics: section('The table of quality metrics.', {
    cluster_metrics_file: file({ help: 'Where it goes; by default metrics.csv in the sorter\'s folder. An existing table stays: the new one is numbered.' }).optional(),
  }),
  waveform_metrics: section('The table of waveform metrics.', {
    waveform_metrics_file: file({ help: 'Where mean_waveforms left it; by default waveform_metrics.csv in the sorter\'s folder. The one of the same number is joined.' }).optional(),
  }),
  directories,
  ephys_params: ephysParams,
});

export type QualityMetricsParams = z.infer<typeof qualityMetricsSections>;
