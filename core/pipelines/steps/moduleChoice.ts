// Which modules run on a probe, checked before anything starts: a module that is not there, or a sorter that does not go
// with ks_ver, is an error, never a silent substitution.

import { isAftergateError, ParameterError } from '../../common/index.ts';
import type { Module } from '../../modules/index.ts';
import { withPhysicalProbe } from '../../notation/index.ts';
import type { SortingSettings } from '../session/parseSession.ts';

/** The module that sorts, by ks_ver. */
export const sorterOf: Readonly<Record<string, string>> = { '2.0': 'kilosort_helper', '2.5': 'kilosort_helper', '3.0': 'kilosort_helper', 4: 'ks4_helper', ag: 'spike_sorter' };
/** What runs on a probe after its sorter, in this order. */
export const afterSorting = ['kilosort_postprocessing', 'mean_waveforms', 'quality_metrics'];
/** These run once per run, where the plan puts them. */
const ofTheRun = ['catGT_helper', 'tPrime_helper'];

/** The modules by probe: of `imec1`, else of `default`, else the usual ones. Those of a shank (imec1012) are its probe's unless it has its own. */
export function modulesOf(probe: string, { modules, ks_ver }: SortingSettings): readonly string[] {
  const usual = [sorterOf[ks_ver], ...afterSorting];
  if (modules === undefined) return usual;
  return Array.isArray(modules) ? modules : (modules[probe] ?? modules[withPhysicalProbe(probe)] ?? modules.default ?? usual);
}

/** Throws ParameterError for anything that cannot run. */
export function checkModules(settings: SortingSettings, find: (name: string) => Module): void {
  const { modules, ks_ver } = settings;
  const lists = modules === undefined || Array.isArray(modules) ? { modules: modulesOf('', settings) } : Object.fromEntries(Object.entries(modules).map(([probe, list]) => [`modules.${probe}`, list]));
  for (const [key, list] of Object.entries(lists)) {
    if (key.startsWith('modules.') && !/^modules\.(default|imec\d*)$/.test(key)) throw new ParameterError(`${key}: must be default or a probe such as imec0`);
    for (const [index, name] of list.entries()) {
      if (ofTheRun.includes(name)) throw new ParameterError(`${key}: ${name} runs once per run and must not be listed`, { next: name === 'catGT_helper' ? 'Use run_CatGT.' : 'Use runTPrime.' });
      if (list.indexOf(name) !== index) throw new ParameterError(`${key}: ${name} is listed twice`);
      if (Object.values(sorterOf).includes(name) && name !== sorterOf[ks_ver]) throw new ParameterError(`${key}: ${name} does not go with ks_ver '${ks_ver}'`, { next: `Use ${sorterOf[ks_ver]}, or another ks_ver.` });
      check(key, name, find);
    }
  }
}

function check(key: string, name: string, find: (name: string) => Module): void {
  try {
    find(name);
  } catch (error) {
    throw isAftergateError(error) ? new ParameterError(`${key}: ${error.message}`, { next: error.next, cause: error }) : error;
  }
}
