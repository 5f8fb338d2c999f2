// Entries of run_specs as they stand in a session: their probes and regions read, single elements changed.

import type { ParameterInput } from '../../modules/index.ts';
import { parseChannelList } from '../../spikeglx/index.ts';
import type { ProbeRegion } from '../session/runSpecs.ts';
import type { SpecPart } from './reading.ts';

export type { ProbeRegion };

export const specIndex: Readonly<Record<SpecPart, number>> = { run: 0, gates: 1, triggers: 2, probes: 3, obx: 4 };

export function specsOf({ run_specs: specs }: ParameterInput): unknown[][] {
  return Array.isArray(specs) ? specs.filter((spec): spec is unknown[] => Array.isArray(spec)) : [];
}

export function probesOf(spec: readonly unknown[]): number[] {
  return numbersIn(String(spec[3]));
}

/** One per probe. */
export function regionsOf(spec: readonly unknown[]): ProbeRegion[] {
  const [, , , , , regions = []] = spec;
  const list = Array.isArray(regions) ? (regions as ProbeRegion[]) : [String(regions)];
  return probesOf(spec).map((_, index) => list[index] ?? 'default');
}

export function withRegions(spec: readonly unknown[], change: (probe: number, region: ProbeRegion) => ProbeRegion): unknown[] {
  const [run, gates, triggers, probes, obx = ''] = spec;
  const regions = regionsOf(spec);
  return [run, gates, triggers, probes, obx, probesOf(spec).map((probe, index) => change(probe, regions[index]))];
}

/** Regions go with their probes. */
export function withElement(spec: readonly unknown[], part: SpecPart, value: string): unknown[] {
  const [run, gates, triggers, probes, obx = '', regions = []] = spec;
  const made = [run, gates, triggers, probes, obx, regions];
  made[specIndex[part]] = value;
  if (part !== 'probes' || !Array.isArray(regions)) return made;
  const [before, kept] = [probesOf(spec), regionsOf(spec)];
  made[5] = numbersIn(value).map((probe) => kept[before.indexOf(probe)] ?? 'default');
  return made;
}

/** Of a list such as `0,3` or `0:3`; none of what is no list. */
export function numbersIn(text: string): number[] {
  try {
    const list = parseChannelList(text);
    return list === 'all' ? [] : list;
  } catch {
    return [];
  }
}
