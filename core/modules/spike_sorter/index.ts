// spike_sorter: the embedded sorter as a module. In: a preprocessed AP file with its meta; out: a phy folder.

import type { Module } from '../module.ts';
import { spikeSorterSections } from './params.ts';
import { runSpikeSorter } from './run.ts';

export const spikeSorter: Module<typeof spikeSorterSections> = {
  name: 'spike_sorter',
  summary: 'find the units of one probe (embedded sorter)',
  sections: spikeSorterSections,
  run: runSpikeSorter,
};
