// psth_events: writes events.csv, the times of one kind of event, into a sorter's folder for phy's PSTH view.
// In: the event files CatGT left in the run's folders, those TPrime has aligned first; out: events.csv. tPrime_helper does
// the same in passing; this does it alone, or for another extractor.

import type { Module } from '../module.ts';
import { psthEventsSections } from './params.ts';
import { runPsthEvents } from './run.ts';

export const psthEvents: Module<typeof psthEventsSections> = {
  name: 'psth_events',
  summary: 'write the times of one kind of event for phy (events.csv)',
  sections: psthEventsSections,
  run: runPsthEvents,
};
