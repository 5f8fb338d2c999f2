// run_specs: [name, gates, triggers, probes, obx, regions], most of them short texts as in the field's scripts. Triggers
// may be a list besides: of a joined range of gates a range per gate, of a list of gates what each of them gets. So may the
// region of a probe: a region per shank, which are then sorted by themselves.

import { ParameterError } from '../../common/index.ts';
import { parseChannelList } from '../../spikeglx/index.ts';

/** `start` and `end` are the first and last there are. */
export interface TriggerRange {
  readonly first: number | 'start';
  readonly last: number | 'end';
}

/** Of a whole probe; or of its shanks, shank 0 first, each of which is sorted by itself. */
export type ProbeRegion = string | readonly string[];

export interface RunSpec {
  /** `run_specs[0]`, for messages. */
  readonly name: string;
  readonly run: string;
  /** First and last; CatGT joins them under the name of the first. */
  readonly gates: readonly [number, number];
  /** Of every gate, or of the first where each has its own. */
  readonly triggers: TriggerRange;
  /** Where gates differ: one per gate of the range. */
  readonly triggersByGate?: readonly TriggerRange[];
  readonly probes: readonly number[];
  readonly obx: readonly number[];
  /** One per probe, or none. */
  readonly regions: readonly ProbeRegion[];
}

/** Whether the shanks of a probe are sorted by themselves. */
export function isSortedApart({ probes, regions }: RunSpec, probe: number): boolean {
  return Array.isArray(regions[probes.indexOf(probe)]);
}

/** @param shank undefined: of the whole probe; where there is a region per shank, that of the first */
export function regionOf({ probes, regions }: RunSpec, probe: number, shank: number | undefined): string {
  const region = regions[probes.indexOf(probe)];
  return (typeof region === 'string' ? region : region?.[shank ?? 0]) ?? 'default';
}

/** A list of gates gives one entry per gate (or range), each processed by itself. Throws ParameterError. */
export function parseRunSpecs(specs: readonly (readonly unknown[])[]): RunSpec[] {
  const parsed = specs.flatMap((spec, index) => parseRunSpec(spec, `run_specs[${index}]`));
  for (const [index, { run, gates, name }] of parsed.entries()) {
    const twin = parsed.slice(0, index).find((other) => other.run.toLowerCase() === run.toLowerCase() && other.gates[0] === gates[0]);
    if (twin) throw new ParameterError(`${name}: gate ${gates[0]} of ${run} is in ${twin.name} already`, { next: 'List all its probes in one entry.' });
  }
  return parsed;
}

/**
 * The parts of a super-run, at least two. A gate may come several times with other triggers: files that carry the name of
 * one run though they are of different ones. Throws ParameterError.
 */
export function parsePartSpecs(specs: readonly (readonly unknown[])[]): RunSpec[] {
  const parsed = specs.flatMap((spec, index) => parseRunSpec(spec, `run_specs[${index}]`));
  if (parsed.length < 2) throw new ParameterError('run_specs: a super-run joins at least two runs', { next: 'Add a run, or use multi-run.' });
  const sameText = (a: RunSpec, b: RunSpec) => a.run.toLowerCase() === b.run.toLowerCase() && JSON.stringify([a.gates, a.triggers, a.triggersByGate]) === JSON.stringify([b.gates, b.triggers, b.triggersByGate]);
  for (const [index, part] of parsed.entries()) {
    const twin = parsed.slice(0, index).find((other) => sameText(other, part));
    if (twin) throw new ParameterError(`${part.name}: gate ${part.gates[0]} of ${part.run} with these triggers is in ${twin.name} already`);
  }
  return parsed;
}

function parseRunSpec(spec: readonly unknown[], name: string): RunSpec[] {
  const [run, gates, triggers, probes, obx = '', regions = [], ...more] = spec;
  if (spec.length < 4 || more.length > 0) throw new ParameterError(`${name}: must have name, gates, triggers, probes and, if needed, obx and regions`);
  if (typeof run !== 'string' || run.trim() === '' || /[\\/]/.test(run)) throw new ParameterError(`${name}: '${String(run)}' is not the name of a run`, { next: 'Give the name without folder and without _g0.' });
  const probeList = indexes(probes, `${name}: probes`);
  if (probeList.length === 0) throw new ParameterError(`${name}: probes: names no probe`);
  const rest = {
    name,
    run: run.trim(),
    probes: probeList,
    obx: indexes(obx, `${name}: obx`),
    regions: regionList(regions, probeList.length, `${name}: regions`),
  };
  if (!Array.isArray(gates)) {
    const joined = range(gates, `${name}: gates`);
    return [{ ...rest, gates: joined, ...triggersOf(triggers, joined, `${name}: triggers`) }];
  }
  const perEntry = Array.isArray(triggers) ? (triggers as unknown[]) : gates.map(() => triggers);
  if (perEntry.length !== gates.length) throw new ParameterError(`${name}: triggers: there are ${perEntry.length} for ${gates.length} gates`, { next: 'Give one range for all, or one for each.' });
  return gates.map((gate, index) => {
    const joined = range(gate, `${name}: gates`);
    return { ...rest, gates: joined, ...triggersOf(perEntry[index], joined, `${name}: triggers`) };
  });
}

/** One range for all gates from first to last, or a list with one for each. */
function triggersOf(value: unknown, [first, last]: RunSpec['gates'], name: string): Pick<RunSpec, 'triggers' | 'triggersByGate'> {
  if (!Array.isArray(value)) return { triggers: triggerRange(value, name) };
  const ranges = value.map((entry) => triggerRange(entry, name));
  if (ranges.length !== last - first + 1) throw new ParameterError(`${name}: there are ${ranges.length} for gates ${first} to ${last}`, { next: 'Give one range for all, or one per gate.' });
  return { triggers: ranges[0], triggersByGate: ranges };
}

function range(value: unknown, name: string): readonly [number, number] {
  const numbers = plainText(value).split(/[,:; ]+/).map(Number);
  const [first, last = first] = numbers;
  if (plainText(value) === '' || numbers.length > 2 || ![first, last].every((number) => Number.isInteger(number) && number >= 0) || last < first) {
    throw new ParameterError(`${name}: '${String(value)}' is not a gate or a range such as 0,3`);
  }
  return [first, last];
}

function triggerRange(value: unknown, name: string): TriggerRange {
  const texts = plainText(value).split(/[,:; ]+/);
  const [first, last = first] = texts;
  const isNumber = (text: string) => /^\d+$/.test(text);
  const fine = texts.length <= 2 && (first === 'start' || isNumber(first)) && (last === 'end' || isNumber(last)) && !(isNumber(first) && isNumber(last) && Number(last) < Number(first));
  if (!fine) throw new ParameterError(`${name}: '${String(value)}' is not a range such as 0,5 or start,end`);
  return { first: first === 'start' ? first : Number(first), last: last === 'end' ? last : Number(last) };
}

function indexes(value: unknown, name: string): number[] {
  if (Array.isArray(value)) return indexes(value.join(','), name);
  const text = plainText(value);
  if (text === '') return [];
  try {
    const list = parseChannelList(text);
    if (list !== 'all') return list;
  } catch {
    // said below
  }
  throw new ParameterError(`${name}: '${String(value)}' is not a list such as 0,3 or 0:3`);
}

function regionList(value: unknown, probes: number, name: string): ProbeRegion[] {
  const list = typeof value === 'string' ? (value.trim() === '' ? [] : [value]) : value;
  const isText = (region: unknown) => typeof region === 'string';
  const isPerShank = (region: unknown) => Array.isArray(region) && region.length > 0 && region.every(isText);
  if (!Array.isArray(list) || !list.every((region) => isText(region) || isPerShank(region))) throw new ParameterError(`${name}: must be a list of regions, one per probe, or for a probe a list with one per shank`);
  if (list.length !== 0 && list.length !== probes) throw new ParameterError(`${name}: there are ${list.length} for ${probes} probes`, { next: 'Give one per probe, or none.' });
  return list as ProbeRegion[];
}

/** JSON may hold 0 where scripts have "0". */
function plainText(value: unknown): string {
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}
