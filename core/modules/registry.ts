// Every module there is, by the field's name, and what became of those that are gone.

import { UsageError } from '../common/index.ts';
import { catgtHelper } from './catGT_helper/index.ts';
import { kilosortHelper } from './kilosort_helper/index.ts';
import { kilosortPostprocessing } from './kilosort_postprocessing/index.ts';
import { ks4Helper } from './ks4_helper/index.ts';
import { meanWaveforms } from './mean_waveforms/index.ts';
import type { Module } from './module.ts';
import { nearMiss } from './record/index.ts';
import { psthEvents } from './psth_events/index.ts';
import { qualityMetrics } from './quality_metrics/index.ts';
import { spikeSorter } from './spike_sorter/index.ts';
import { tprimeHelper } from './tPrime_helper/index.ts';

export const modules: readonly Module[] = [catgtHelper, kilosortHelper, kilosortPostprocessing, ks4Helper, meanWaveforms, psthEvents, qualityMetrics, spikeSorter, tprimeHelper];

/** Modules of the Python pipeline that are not part of this one, and what does their work. */
export const legacyModules: Readonly<Record<string, string>> = {
  extract_from_npx: 'SpikeGLX files need no extraction: start with catGT_helper.',
  median_subtraction: 'Use catGT_helper with car_mode gblcar (median) or gbldmx.',
  automerging: 'Use kilosort_postprocessing to remove double-counted spikes, and merge units in the review.',
  pykilosort_helper: 'Use ks4_helper or spike_sorter.',
};

/** The module of this name. Throws UsageError that says what to use instead. */
export function findModule(name: string): Module {
  const found = modules.find((module) => module.name === name);
  if (found) return found;
  if (Object.hasOwn(legacyModules, name)) throw new UsageError(`the module ${name} is not supported`, { next: legacyModules[name] });
  const meant = nearMiss(name, modules.map((module) => module.name));
  throw new UsageError(`unknown module '${name}'`, { next: meant ? `Did you mean ${meant}?` : 'aftergate module --help lists the modules.' });
}
