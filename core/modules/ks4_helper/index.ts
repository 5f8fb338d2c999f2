// ks4_helper: sorts a probe with Kilosort 4, which runs in a Python that has it, best with a GPU.
// In: the AP file with its meta; out: a sorter's folder for phy with the channel map, the script and the job it was made
// from, the channel map beside the binary, and, when asked for, a copy of the folder.

import type { Module } from '../module.ts';
import { ks4Sections } from './params.ts';
import { requireKilosort4 } from './python.ts';
import { runKs4Helper } from './run.ts';

export const ks4Helper: Module<typeof ks4Sections> = {
  name: 'ks4_helper',
  summary: 'sort a probe with Kilosort 4 (needs Python with Kilosort 4)',
  sections: ks4Sections,
  check: requireKilosort4,
  run: runKs4Helper,
};
