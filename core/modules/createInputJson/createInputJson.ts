// From arguments and what the meta says of the probe to the content of an input JSON.

import type { EphysParams } from '../../spikeglx/index.ts';
import type { InputJsonValues } from './arguments.ts';
import { legacySections, referencePlaces } from './legacy.ts';
import { catgtSection, metricsSections, recordingSections, tprimeSection } from './sections.ts';
import { sitesOf } from './sites.ts';
import { sorterSections } from './sorterSections.ts';

export interface CreatedInputJson {
  readonly content: Readonly<Record<string, unknown>>;
  /** What was read from the meta, in the Python pipeline's words. */
  readonly summary: readonly string[];
}

/** With `compat`, places left empty are those in the Python pipeline's source (`probe` should have been found with it too). */
export function createInputJson(values: InputJsonValues, probe: EphysParams, { compat = false }: { compat?: boolean } = {}): CreatedInputJson {
  const args = compat ? withReferencePlaces(values) : values;
  const sites = sitesOf(args, probe);
  return {
    content: withoutUnknownPlaces({
      ...recordingSections(args, probe),
      catGT_helper_params: catgtSection(args, probe, sites),
      ...sorterSections(args, probe, sites),
      ...metricsSections(args, probe, sites),
      tPrime_helper_params: tprimeSection(args),
      psth_events: { event_ex_param_str: args.event_ex_param_str },
      ...legacySections(args, sites),
    }),
    summary: summaryOf(probe, args.ks_nNeighbors_sites_fix, sites.templateSites),
  };
}

function withReferencePlaces(args: InputJsonValues): InputJsonValues {
  const places = Object.entries(referencePlaces).filter(([name]) => args[name as keyof typeof referencePlaces] === '');
  return { ...args, ...Object.fromEntries(places) };
}

/** Places of programs and of scratch files. The Python pipeline's schemas want folders that exist, or nothing. */
const PLACES = ['ecephys_directory', 'kilosort_output_tmp', 'catGTPath', 'tPrime_path', 'cWaves_path', 'kilosort_repository', 'npy_matlab_repository', 'matlab_home_directory'];

function withoutUnknownPlaces(sections: Readonly<Record<string, object>>): CreatedInputJson['content'] {
  const known = (section: object) => Object.fromEntries(Object.entries(section).filter(([key, value]) => value !== '' || !PLACES.includes(key)));
  return Object.fromEntries(Object.entries(sections).map(([name, section]) => [name, known(section)]));
}

function summaryOf(probe: EphysParams, fixedSites: number, templateSites: number): string[] {
  return [
    'SpikeGLX params read from meta',
    `probe type: ${probe.probeType}, sample_rate: ${probe.sampleRate.toFixed(5)}, num_channels: ${probe.numChannels}, uVPerBit: ${probe.uvPerBit.toFixed(4)}`,
    `nColumns: ${probe.nColumn}, vpitch: ${probe.vpitch}, hpitch: ${probe.hpitch}`,
    `reference channels: [${probe.referenceChannels.join(', ')}]`,
    `ks_nNeighbors_sites_fix:  ${fixedSites}`,
    `ks_nNeighbors: ${templateSites}`,
  ];
}
