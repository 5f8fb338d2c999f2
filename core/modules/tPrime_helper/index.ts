// tPrime_helper: aligns the event files and spike times of a run to the clock of one stream, and writes events.csv for phy.
// In: the run folder CatGT left (its fyi list, edge and event files) and any sort folders; out: `.adj` files,
// spike_times_sec(_adj).npy, the command file. Runs before any sorter too, on event files alone.

import type { Module } from '../module.ts';
import { tprimeSections } from './params.ts';
import { runTprimeHelper } from './run.ts';

export const tprimeHelper: Module<typeof tprimeSections> = {
  name: 'tPrime_helper',
  summary: 'align events and spikes of all streams to one clock (TPrime)',
  sections: tprimeSections,
  run: runTprimeHelper,
};
