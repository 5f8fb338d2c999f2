// `ks_postprocessing_params`, and the sections kilosort_postprocessing reads beside it.

import type { z } from 'zod';
import { choice, decimal, flag, folder, section, sections, whole } from '../record/index.ts';
import { compat, directories, ephysParams } from '../sections/index.ts';

export const deletionModes = ['lowAmpCluster', 'deleteFirst'] as const;
export type DeletionMode = (typeof deletionModes)[number];

export const postprocessingSections = sections({
  ks_postprocessing_params: section('Post-processing: which spikes count as found twice.', {
    within_unit_overlap_window: decimal({ help: 'Of two spikes of a unit that are closer than this, the earlier is removed.', unit: 's', min: 0 }).default(0.000166),
    between_unit_overlap_window: decimal({ help: 'Spikes of two units that are closer than this may be the same spike.', unit: 's', min: 0 }).default(0.000166),
    between_unit_dist_um: whole({ help: 'Only units whose peak sites are closer than this are compared.', unit: 'um', min: 0 }).default(5),
    deletion_mode: choice(deletionModes, { help: 'Which of two spikes goes: lowAmpCluster, the one of the smaller unit, where the two units fire together more often than by chance; deleteFirst, the later of any two.' }).default('lowAmpCluster'),
    remove_duplicates: flag({ help: 'Whether spikes found twice are removed.' }).default(true),
    align_avg_waveform: flag({ help: 'Whether the spikes of each unit are shifted so that its mean waveform peaks where the sorter expects it (measures the AP file).' }).default(true),
    cWaves_path: folder({ help: 'Where the native C_Waves is; kept from imported files, not used: C_Waves is built in.' }).optional(),
    compat: compat('only ids below the number of templates are looked at, amplitudes are taken by row of cluster_Amplitude.tsv, far-off neighbours are removed when units lag by almost the window, a unit may be its own partner in the summary.'),
  }),
  directories,
  ephys_params: ephysParams,
});

export type PostprocessingParams = z.infer<typeof postprocessingSections>;
