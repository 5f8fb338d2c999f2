// What was read, set against a session: which tokens say what it says already or leave open, which change something,
// which cannot be used with its runs; and all of it as one change.

import { isDeepStrictEqual } from 'node:util';
import { parseDecimal } from '../../common/index.ts';
import type { ParameterInput } from '../../modules/index.ts';
import { sorterOf } from '../steps/moduleChoice.ts';
import { absentFrom } from './absent.ts';
import { apply, type Draft, openDraft, patchOf, valueNow } from './draft.ts';
import type { RunFacts } from './extractorCheck.ts';
import { objectionTo } from './objection.ts';
import { type Change, isUnderstood, type NotUsed, type Reading, shown, type Understood } from './reading.ts';

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

/** Without ground nothing is compared: everything understood is used. */
export function compose(reading: Reading, ground: Ground | undefined): Parsed {
  const { without = new Set<string>(), runs = [] } = ground ?? {};
  const draft = openDraft(ground?.session ?? {}, runs);
  const used: Used[] = [];
  const changed: Changed[] = [];
  const unused: NotUsed[] = [];
  const strangers: string[] = [];
  let carBefore: Understood | undefined;
  const items = [...reading.items].sort((a, b) => turnOf(a) - turnOf(b));
  for (const item of items) {
    if (!isUnderstood(item)) {
      unused.push(item);
      continue;
    }
    const { token, field, value, changes } = item;
    const objection = changes.map((change) => objectionTo(change, draft, strangers)).find((each) => each !== undefined) ?? secondCar(item, carBefore);
    if (objection) {
      unused.push({ ...objection, token });
      strangers.push(...namesOf(item));
      continue;
    }
    if (carOf(item)) carBefore ??= item;
    const from = ground && differing(item, draft);
    if (from === undefined) used.push({ token, field, value });
    else changed.push({ token, field, from, to: value });
    if (from === undefined || !without.has(token)) changes.forEach((change) => apply(draft, change));
  }
  const swap = sorterSwap(draft);
  if (swap) changed.push({ token: 'modules', field: 'modules', from: swap.from, to: swap.to });
  if (swap && !without.has('modules')) apply(draft, { kind: 'key', key: 'modules', value: swap.modules });
  for (const { text, field, value, remove } of ground ? absentFrom(reading, draft) : []) {
    changed.push({ token: text, field, from: value, to: 'off' });
    if (!without.has(text)) remove();
  }
  return { used, changed, unused, session: patchOf(draft) };
}

/** Which run it is about must be known first, and the probes before what is done to their shanks. */
function turnOf(item: Understood | NotUsed): number {
  if (namesOf(item).length > 0) return 0;
  return isUnderstood(item) && item.changes.some(({ kind }) => kind === 'apart') ? 2 : 1;
}

/** The runs a token names as what the text is about. */
function namesOf(item: Understood | NotUsed): string[] {
  return isUnderstood(item) ? item.changes.flatMap((change) => (change.kind === 'spec' && change.part === 'run' ? [change.value] : [])) : [];
}

const carOf = (item: Understood) => item.changes.find((change) => change.kind === 'key' && change.key === 'car_mode');

/** A second way of referencing in one text. */
function secondCar(item: Understood, before: Understood | undefined): { readonly reason: string } | undefined {
  const [own, other] = [carOf(item), before && carOf(before)];
  return before && own && other && !isSame(valueAfter(own), valueAfter(other)) ? { reason: `Only one CAR at a time: ${before.token} stands before it.` } : undefined;
}

/** What the session says now, when that is something else. */
function differing(item: Understood, draft: Draft): string | undefined {
  const before = item.changes.map((change) => [valueNow(draft, change), valueAfter(change)] as const);
  const other = before.find(([now, to]) => now !== undefined && now !== '' && !isSame(now, to));
  return other && shown(other[0]);
}

/** Numbers in options are the same however they are written: 0.10 and .1. */
function isSame(now: unknown, to: unknown): boolean {
  const plain = (value: unknown) => (typeof value === 'string' ? value.split(/[,:;\s]+/).map((part) => parseDecimal(part) ?? part) : value);
  return isDeepStrictEqual(plain(now), plain(to));
}

function valueAfter(change: Change): unknown {
  switch (change.kind) {
    case 'key':
    case 'section':
    case 'spec': return change.value;
    case 'option': return change.value ?? 'on';
    case 'extractor': return change.text;
    case 'apart': return 'sorted apart';
  }
}

/** Another sorter needs another module: that of the old one goes. */
function sorterSwap({ before, set }: Draft): { readonly from: string; readonly to: string; readonly modules: readonly unknown[] } | undefined {
  const { ks_ver: version, modules: given } = set;
  const { modules } = before;
  if (typeof version !== 'string' || given !== undefined || !Array.isArray(modules)) return undefined;
  const sorter = sorterOf[version];
  const old = modules.find((name) => name !== sorter && Object.values(sorterOf).includes(String(name))) as string | undefined;
  return old === undefined ? undefined : { from: old, to: sorter, modules: modules.map((name: unknown) => (name === old ? sorter : name)) };
}
