// kilosort_helper: sorts a probe with Kilosort 2.0, 2.5 or 3.0, which run in MATLAB on a computer that has both and a GPU.
// In: the AP file with its meta; out: a sorter's folder for phy, the channel map beside the binary, and, when asked for,
// the whitened data and a copy of the folder. Noise channels are found here and left out.

import type { Module } from '../module.ts';
import { requirePrograms } from './job.ts';
import { kilosortSections } from './params.ts';
import { runKilosortHelper } from './run.ts';

export const kilosortHelper: Module<typeof kilosortSections> = {
  name: 'kilosort_helper',
  summary: 'sort a probe with Kilosort 2.0, 2.5 or 3.0 (needs MATLAB)',
  sections: kilosortSections,
  check: requirePrograms,
  run: runKilosortHelper,
};

export { tasks } from './tasks.ts';
