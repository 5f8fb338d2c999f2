// catGT_helper: joins, filters and references the files of a run, and extracts sync and event times, with the CatGT engine.
// In: the run folders SpikeGLX wrote; out: `catgt_<run>_g<gate>` with tcat files, event files, the lists fyi and all_fyi
// and the log of every call.

import type { Module } from '../module.ts';
import { catgtSections } from './params.ts';
import { runCatgtHelper } from './run.ts';

export { catgtArguments } from './arguments.ts';

export const catgtHelper: Module<typeof catgtSections> = {
  name: 'catGT_helper',
  summary: 'join, filter and reference a run, extract sync and event times (CatGT)',
  sections: catgtSections,
  run: runCatgtHelper,
};
