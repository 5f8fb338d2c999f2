// `spike_sorter_params`, and the sections spike_sorter reads beside it.

import type { z } from 'zod';
import { sorterDefaults } from '../../engines/sorter/index.ts';
import { choice, decimal, flag, numbers, section, sections, whole } from '../record/index.ts';
import { compat, directories, ephysParams } from '../sections/index.ts';

export const spikeSorterSections = sections({
  spike_sorter_params: section('The embedded spike sorter.', {
    preprocess: choice(['auto', 'none', 'full'], { help: 'Band-pass and median reference inside the sorter: auto does what no earlier step has done.' }).default(sorterDefaults.preprocess),
    drift: choice(['auto', 'on', 'off'], { help: 'Estimate and use the drift of the tissue; auto drops an estimate that does not help.' }).default(sorterDefaults.drift),
    detect_sigma: decimal({ help: 'Threshold of detection, in robust standard deviations of a channel.', min: 3, max: 20 }).default(sorterDefaults.detectSigma),
    match_sigma: decimal({ help: 'Least size of a matched spike, in standard deviations of its template\'s projection of noise.', min: 3, max: 30 }).default(sorterDefaults.matchSigma),
    merge_distance: decimal({ help: 'Templates nearer than this part of the larger one\'s norm may be merged.', min: 0, max: 1 }).default(sorterDefaults.mergeDistance),
    refractory_ms: decimal({ help: 'A unit does not fire again within this time.', unit: 'ms', min: 0, max: 5 }).default(sorterDefaults.refractoryMs),
    min_spikes: whole({ help: 'Units with fewer spikes are dropped.', min: 1 }).default(sorterDefaults.minSpikes),
    metrics_radius_um: decimal({ help: 'PC features are kept for channels this near to a unit\'s peak.', unit: 'um', min: 20, max: 300 }).default(sorterDefaults.metricsRadius),
    exclude_channels: numbers({ help: 'File columns to leave out besides reference sites and dead channels.' }).default([]),
    seed: whole({ help: 'Of the random choices; the same seed gives the same result.', min: 0 }).default(sorterDefaults.seed),
    ks_make_copy: flag({ help: 'Keep an untouched copy of the result as <folder>_orig.' }).default(false),
    compat: compat('it has no counterpart there.'),
  }),
  directories,
  ephys_params: ephysParams,
});

export type SpikeSorterParams = z.infer<typeof spikeSorterSections>;
