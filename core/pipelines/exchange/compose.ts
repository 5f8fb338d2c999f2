// What was read, set against a session: which tokens say what it says already or leave open, which change something,
// which cannot be used with its runs; and all of it as one change.

import { isDeepStrictEqual } from 'node:util';
import { parseDecimal } from '../../common/index.ts';
import { catgtWords, withCatgtOption } from '../../notation/index.ts';
import { parseChannelList } from '../../spikeglx/index.ts';
import { isObject } from '../../modules/record/index.ts';
import type { ParameterInput } from '../../modules/index.ts';
import { eventSuffixes, extractorStream } from '../../engines/catgt/index.ts';
import { readExtractorWord, sameFile } from '../extractors/index.ts';
import { effectiveSession } from './effective.ts';
import { checkExtractor, type RunFacts } from './extractorCheck.ts';
import { sorterOf } from '../steps/moduleChoice.ts';
import { type Change, isUnderstood, type NotUsed, type Reading, shown, type SpecPart, type Understood } from './reading.ts';

export interface Used { readonly token: string; readonly field: string; readonly value: string }
export interface Changed { readonly token: string; readonly field: string; readonly from: string; readonly to: string }

export interface Parsed {
  readonly used: readonly Used[];
  readonly changed: readonly Changed[];
  readonly unused: readonly NotUsed[];
  /** Keys of the session to set; null removes one. */
  readonly session: Readonly<Record<string, unknown>>;
}

export interface Ground {
  readonly session: ParameterInput;
  readonly runs: readonly RunFacts[];
  /** Tokens of Changed to leave alone. */
  readonly without: ReadonlySet<string>;
}

/** Options the pipeline adds by itself: their absence means nothing. */
const byItself = new Set(['prb_fld', 'out_prb_fld']);

export function compose(reading: Reading, ground: Ground | undefined): Parsed {
  const { without = new Set<string>(), runs = [] } = ground ?? {};
  const work = new Work(ground?.session ?? {}, runs);
  const used: Used[] = [];
  const changed: Changed[] = [];
  const unused: NotUsed[] = [];
  let carBefore: Understood | undefined;
  const items = [...reading.items].sort((a, b) => Number(isRunName(b)) - Number(isRunName(a)));
  for (const item of items) {
    if (!isUnderstood(item)) {
      unused.push(item);
      continue;
    }
    const { token, field, value } = item;
    const reason = item.changes.map((change) => work.objection(change)).find((each) => each !== undefined) ?? twice(item, carBefore);
    carBefore ??= reason === undefined && carOf(item) !== undefined ? item : undefined;
    if (reason) {
      unused.push({ ...reason, token });
      continue;
    }
    const from = ground && differing(item, work);
    if (from === undefined) used.push({ token, field, value });
    else changed.push({ token, field, from, to: value });
    if (from === undefined || !without.has(token)) for (const change of item.changes) work.apply(change);
  }
  const swap = work.sorterSwap();
  if (swap) changed.push({ token: 'modules', field: 'modules', from: swap.from, to: swap.to });
  if (swap && !without.has('modules')) work.apply({ kind: 'key', key: 'modules', value: swap.modules });
  if (ground) {
    for (const gone of work.missing(reading)) {
      changed.push({ token: gone.text, field: gone.field, from: gone.value, to: 'off' });
      if (!without.has(gone.text)) gone.remove();
    }
  }
  return { used, changed, unused, session: work.patch() };
}

const carOf = (item: Understood) => item.changes.find((change) => change.kind === 'key' && change.key === 'car_mode');

/** A second way of referencing in one text. */
function twice(item: Understood, before: Understood | undefined): { readonly reason: string } | undefined {
  const [own, other] = [carOf(item), before && carOf(before)];
  return before && own && other && !isSame(target(own), target(other)) ? { reason: `Only one CAR at a time: ${before.token} stands before it.` } : undefined;
}

/** Which run it is about must be known first. */
function isRunName(item: Understood | NotUsed): boolean {
  return isUnderstood(item) && item.changes.some((change) => change.kind === 'spec' && change.part === 'run');
}

/** What the session says now, when that is something else. */
function differing(item: Understood, work: Work): string | undefined {
  const before = item.changes.map((change) => [work.now(change), target(change)] as const).filter(([now, to]) => now !== undefined && now !== '' && !isSame(now, to));
  return before.length === 0 ? undefined : shown(before[0][0]);
}

/** Numbers in options are the same however they are written: 0.10 and .1. */
function isSame(now: unknown, to: unknown): boolean {
  const plain = (value: unknown) => (typeof value === 'string' ? value.split(/[,:;\s]+/).map((part) => parseDecimal(part) ?? part) : value);
  return isDeepStrictEqual(plain(now), plain(to));
}

function target(change: Change): unknown {
  switch (change.kind) {
    case 'key':
    case 'section':
    case 'spec': return change.value;
    case 'option': return change.value ?? 'on';
    case 'extractor': return change.text;
  }
}

const specIndex: Readonly<Record<SpecPart, number>> = { run: 0, gates: 1, triggers: 2, probes: 3, obx: 4 };

/** The session as it becomes, change by change. */
class Work {
  private readonly effective: Record<string, unknown>;
  private readonly set: Record<string, unknown> = {};
  private readonly extractors: string[];
  private readonly pasted: string[] = [];
  /** The text is about another run than those of the session. */
  private otherRun: string | undefined;
  private run: string | undefined;

  constructor(private readonly before: ParameterInput, private readonly runs: readonly RunFacts[]) {
    this.effective = effectiveSession(before);
    this.extractors = catgtWords(this.text('ni_obx_extract_string')).map((word) => word.text);
  }

  /** Why a change cannot be made on these runs. */
  objection(change: Change): Omit<NotUsed, 'token'> | undefined {
    if (change.kind === 'extractor') {
      const wrong = checkExtractor(change.text, this.runs);
      const file = this.eventFile(change.text);
      if (file !== undefined && this.pasted.some((text) => text !== change.text && this.eventFile(text) === file)) {
        const { id, text } = sameFile(file);
        return { id, reason: text };
      }
      return wrong && { id: wrong.id, reason: wrong.reason, suggestion: wrong.suggestion };
    }
    if (change.kind === 'key' && change.key === 'npx_directory' && this.before.run_specs !== undefined) {
      const same = isDeepStrictEqual(change.value, this.effective.npx_directory);
      return same ? undefined : { reason: 'The runs of this session are where they are: step 1 changes them.' };
    }
    if (change.kind === 'key' && change.key === 'run_specs' && this.before.run_specs !== undefined && Array.isArray(change.value)) {
      const names = change.value.map((spec: unknown) => (Array.isArray(spec) ? String(spec[0]) : ''));
      const other = names.find((name) => !this.specs().some((spec) => spec[0] === name));
      return other === undefined ? undefined : { reason: `The run ${other} is not in this session.` };
    }
    return change.kind === 'spec' ? this.specObjection(change.part, change.value) : undefined;
  }

  /** `nidq.xa_2_25.txt`; the last word by its number where the files are known. */
  private eventFile(text: string): string | undefined {
    const { extractor } = readExtractorWord(text);
    if (!extractor) return undefined;
    const stream = extractorStream(extractor);
    const columns = this.runs.flatMap(({ streams }) => streams).find((each) => each.stream === stream)?.columns ?? 0;
    return `${stream}${eventSuffixes(extractor, columns)[0]}`;
  }

  private specObjection(part: SpecPart, value: string): Omit<NotUsed, 'token'> | undefined {
    if (this.before.run_specs === undefined) return undefined;
    if (part === 'run') {
      if (this.specs().some((spec) => spec[0] === value)) return undefined;
      this.otherRun = value;
      return { reason: `The run ${value} is not in this session.` };
    }
    if (this.otherRun !== undefined) return { reason: `It belongs to the run ${this.otherRun}, which is not in this session.` };
    const about = this.runs.filter((run) => this.run === undefined || run.name === this.run);
    const lists = { gates: (run: RunFacts) => run.gates, probes: (run: RunFacts) => run.probes, obx: (run: RunFacts) => run.obx };
    const listOf = part === 'triggers' ? undefined : lists[part];
    const word = part === 'gates' ? 'gate' : part === 'probes' ? 'probe' : 'OneBox';
    for (const run of listOf ? about : []) {
      const there = listOf!(run);
      const missing = numbersIn(value).find((number) => !there.includes(number));
      if (missing !== undefined) return { id: `${word.toLowerCase()}-missing`, reason: `${run.name} has no ${word} ${missing}: it has ${there.length === 0 ? 'none' : there.join(', ')}.` };
    }
    return undefined;
  }

  now(change: Change): unknown {
    switch (change.kind) {
      case 'key': return this.effective[change.key];
      case 'section': return inside(this.effective[change.section], change.key.split('.'));
      case 'option': {
        const found = catgtWords(this.text('catGT_cmd_string')).find((word) => word.name === change.name);
        return found ? (found.value ?? 'on') : undefined;
      }
      case 'extractor': return undefined;
      case 'spec': {
        // Naming a run of the session says which one is meant; it changes nothing.
        if (change.part === 'run' && this.before.run_specs !== undefined) return undefined;
        const values = this.specs().filter((spec) => this.run === undefined || spec[0] === this.run).map((spec) => spec[specIndex[change.part]]);
        return values.find((value) => !isDeepStrictEqual(value, change.value));
      }
    }
  }

  apply(change: Change): void {
    switch (change.kind) {
      case 'key': return void (this.set[change.key] = change.value);
      case 'section': {
        const section = this.set[change.section] ?? this.before[change.section];
        this.set[change.section] = withInside(section, change.key.split('.'), change.value);
        return;
      }
      case 'option': return void (this.set.catGT_cmd_string = withCatgtOption(this.text('catGT_cmd_string'), change.name, change.value));
      case 'extractor': {
        this.pasted.push(change.text);
        if (!this.extractors.includes(change.text)) this.extractors.push(change.text);
        return;
      }
      case 'spec': return this.applySpec(change.part, change.value);
    }
  }

  private applySpec(part: SpecPart, value: string): void {
    if (part === 'run') this.run = value;
    if (this.before.run_specs === undefined) {
      const [spec = ['', '0', 'start,end', '0', '', []]] = (this.set.run_specs ?? []) as unknown[][];
      this.set.run_specs = [withElement(spec, part, value)];
      return;
    }
    if (part === 'run') return;
    this.set.run_specs = this.specs().map((spec) => (this.run === undefined || spec[0] === this.run ? withElement(spec, part, value) : spec));
  }

  /** Options and extractors of the session that a text which gives all of them does not name. */
  missing(reading: Reading): { readonly text: string; readonly field: string; readonly value: string; readonly remove: () => void }[] {
    const named = new Set(reading.items.flatMap((item) => (isUnderstood(item) ? item.changes : [])).flatMap((change) => (change.kind === 'option' ? [change.name] : [])));
    const options = reading.allOptions ? catgtWords(String(this.before.catGT_cmd_string ?? this.effective.catGT_cmd_string ?? '')).filter(({ name }) => name !== '' && !named.has(name) && !byItself.has(name)) : [];
    const extractors = reading.allExtractors ? this.extractors.filter((text) => !this.pasted.includes(text)) : [];
    const hasCar = reading.items.some((item) => isUnderstood(item) && item.changes.some((change) => change.kind === 'key' && change.key === 'car_mode'));
    const car = String(this.effective.car_mode ?? 'None');
    const withoutCar = reading.allOptions && !hasCar && reading.carInOptions && !/none/i.test(car) ? [{ text: 'car_mode', field: 'car_mode', value: car, remove: () => this.apply({ kind: 'key', key: 'car_mode', value: 'None' }) }] : [];
    return [
      ...options.map(({ name, text, value }) => ({ text, field: `-${name}`, value: value ?? 'on', remove: () => this.apply({ kind: 'option', name, value: null }) })),
      ...extractors.map((text) => ({ text, field: text.split('=')[0], value: text.slice(text.indexOf('=') + 1), remove: () => void this.extractors.splice(this.extractors.indexOf(text), 1) })),
      ...withoutCar,
    ];
  }

  /** Another sorter needs another module: that of the old one goes. */
  sorterSwap(): { readonly from: string; readonly to: string; readonly modules: readonly unknown[] } | undefined {
    const { ks_ver: version, modules: given } = this.set;
    const { modules } = this.before;
    if (typeof version !== 'string' || given !== undefined || !Array.isArray(modules)) return undefined;
    const sorter = sorterOf[version];
    const old = modules.find((name) => name !== sorter && Object.values(sorterOf).includes(String(name))) as string | undefined;
    return old === undefined ? undefined : { from: old, to: sorter, modules: modules.map((name: unknown) => (name === old ? sorter : name)) };
  }

  patch(): Record<string, unknown> {
    const text = this.extractors.join(' ');
    const all = text === catgtWords(String(this.before.ni_obx_extract_string ?? '')).map((word) => word.text).join(' ') ? this.set : { ...this.set, ni_obx_extract_string: text };
    return Object.fromEntries(Object.entries(all).filter(([key, value]) => !isDeepStrictEqual(value, this.before[key])));
  }

  private text(key: string): string {
    const value = this.set[key] ?? this.effective[key];
    return typeof value === 'string' ? value : '';
  }

  private specs(): unknown[][] {
    const specs = this.set.run_specs ?? this.before.run_specs;
    return Array.isArray(specs) ? specs.filter((spec): spec is unknown[] => Array.isArray(spec)) : [];
  }
}

function withElement(spec: readonly unknown[], part: SpecPart, value: string): unknown[] {
  const [run, gates, triggers, probes, obx = '', regions = []] = spec;
  const made = [run, gates, triggers, probes, obx, regions];
  made[specIndex[part]] = value;
  if (part !== 'probes' || !Array.isArray(regions)) return made;
  // Regions go with their probes.
  const before = numbersIn(String(probes));
  made[5] = numbersIn(value).map((probe) => (regions as unknown[])[before.indexOf(probe)] ?? 'default');
  return made;
}

function numbersIn(text: string): number[] {
  try {
    const list = parseChannelList(text);
    return list === 'all' ? [] : list;
  } catch {
    return [];
  }
}

function inside(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), value);
}

function withInside(value: unknown, [key, ...rest]: readonly string[], inner: unknown): Record<string, unknown> {
  const section = isObject(value) ? value : {};
  return { ...section, [key]: rest.length === 0 ? inner : withInside(section[key], rest, inner) };
}
