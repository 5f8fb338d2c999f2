// `mean_waveform_params`, and the sections mean_waveforms reads beside it.

import type { z } from 'zod';
import { decimal, file, flag, folder, section, sections, whole } from '../record/index.ts';
import { compat, directories, ephysParams } from '../sections/index.ts';

export const meanWaveformsSections = sections({
  mean_waveform_params: section('Mean waveforms: how they are measured, and from which sites their shape is read.', {
    mean_waveforms_file: file({ help: 'Where they go; must lie in the sorter\'s folder, and by default does.' }).optional(),
    samples_per_spike: whole({ help: 'Length of a waveform.', unit: 'samples', min: 2 }).default(82),
    pre_samples: whole({ help: 'How much of it precedes the time of the spike.', unit: 'samples', min: 1 }).default(20),
    spikes_per_epoch: whole({ help: 'At most so many spikes of a unit are measured.', min: 1 }).default(100),
    snr_radius: whole({ help: 'Sites around the peak over which signal and noise are measured, for old metas without positions.', unit: 'rows and columns', min: 0 }).default(8),
    snr_radius_um: whole({ help: 'The same for metas with positions.', unit: 'um', min: 0 }).default(8),
    nAP: whole({ help: 'AP channels of the recording; further ones are not looked at.', min: 1 }).default(384),
    upsampling_factor: decimal({ help: 'How much finer waveforms are sampled for measuring their shape.', min: 1, max: 100 }).default(200 / 82),
    spread_threshold: decimal({ help: 'Sites with more than this part of the largest amplitude belong to the spread of a unit.', min: 0, max: 1 }).default(0.12),
    site_range: whole({ help: 'How many sites around the peak are looked at for spread and velocity.', unit: 'sites', min: 1 }).default(16),
    calc_half_run: flag({ help: 'Whether both halves of the recording are measured too, for following units over days.' }).default(false),
    num_epochs: whole({ help: 'Kept for compatibility: the whole recording is one epoch.', min: 1 }).default(1),
    use_C_Waves: flag({ help: 'Kept for compatibility: C_Waves is built in and always used.' }).default(false),
    cWaves_path: folder({ help: 'Where the native C_Waves is; kept from imported files, not used: C_Waves is built in.' }).optional(),
    compat: compat('sampling intervals 0.5 % too long and velocities 2.4 times too low, the last of equally near columns, outliers of spread by rank, half runs split at half the last spike time, undefined ratios -1.'),
  }),
  waveform_metrics: section('The table of waveform metrics.', {
    waveform_metrics_file: file({ help: 'Where it goes; must lie in the sorter\'s folder, and by default does.' }).optional(),
  }),
  cluster_metrics: section('The table of quality metrics.', {
    cluster_metrics_file: file({ help: 'A table of quality metrics that is there already gets the waveform metrics of the same number added; by default metrics.csv.' }).optional(),
  }),
  directories,
  ephys_params: ephysParams,
});

export type MeanWaveformsParams = z.infer<typeof meanWaveformsSections>;
