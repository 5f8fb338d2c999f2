// kilosort_postprocessing: removes spikes that a sorter has found twice, in one unit or in two neighbouring ones, and
// shifts units whose spikes are not centred on their peak.
// In: a sorter's folder (for the shifts the filtered AP file too); out: the same folder with its per-spike arrays thinned
// out, overlap_matrix.npy, overlap_summary.npy and .csv; the sorter's own files stay in `<folder>_orig`.

import type { Module } from '../module.ts';
import { postprocessingSections } from './params.ts';
import { runPostprocessing } from './run.ts';

export const kilosortPostprocessing: Module<typeof postprocessingSections> = {
  name: 'kilosort_postprocessing',
  summary: 'remove spikes that were counted twice, within and between units',
  sections: postprocessingSections,
  run: runPostprocessing,
};

export { findBetweenUnitOverlap, type OverlapRules } from './betweenUnits.ts';
export { tasks } from './tasks.ts';
