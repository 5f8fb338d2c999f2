// What a text that gives all options, all extractors or all divided probes takes away by not naming it.

import { catgtWords } from '../../notation/index.ts';
import { apply, type Draft, sortWhole, specsOf } from './draft.ts';
import { type Change, isUnderstood, type Reading } from './reading.ts';
import { probesOf, regionsOf } from './specEntries.ts';

export interface Absent {
  readonly text: string;
  readonly field: string;
  readonly value: string;
  readonly remove: () => void;
}

/** Options the pipeline adds by itself: their absence means nothing. */
const byItself = new Set(['prb_fld', 'out_prb_fld']);

/** What the session has and the text, once applied, does not name. */
export function absentFrom(reading: Reading, draft: Draft): Absent[] {
  const changes = reading.items.flatMap((item) => (isUnderstood(item) ? item.changes : []));
  return [
    ...(reading.allShanks ? absentDivisions(changes, draft) : []),
    ...(reading.allOptions ? absentOptions(changes, draft) : []),
    ...(reading.allExtractors ? absentExtractors(draft) : []),
    ...(reading.allOptions && reading.carInOptions ? absentReference(changes, draft) : []),
  ];
}

function absentDivisions(changes: readonly Change[], draft: Draft): Absent[] {
  const named = changes.flatMap((change) => (change.kind === 'apart' ? [change.probe] : []));
  const divided = specsOf(draft).flatMap((spec) => probesOf(spec).filter((_, index) => typeof regionsOf(spec)[index] !== 'string'));
  return [...new Set(divided)]
    .filter((probe) => !named.includes(probe))
    .map((probe) => ({ text: `shanks of imec${probe}`, field: `shanks of imec${probe}`, value: 'sorted apart', remove: () => sortWhole(draft, probe) }));
}

function absentOptions(changes: readonly Change[], draft: Draft): Absent[] {
  const named = new Set(changes.flatMap((change) => (change.kind === 'option' ? [change.name] : [])));
  const before = catgtWords(String(draft.before.catGT_cmd_string ?? draft.effective.catGT_cmd_string ?? ''));
  return before
    .filter(({ name }) => name !== '' && !named.has(name) && !byItself.has(name))
    .map(({ name, text, value }) => ({ text, field: `-${name}`, value: value ?? 'on', remove: () => apply(draft, { kind: 'option', name, value: null }) }));
}

function absentExtractors({ extractors, pasted }: Draft): Absent[] {
  return extractors
    .filter((text) => !pasted.includes(text))
    .map((text) => ({ text, field: text.split('=')[0], value: text.slice(text.indexOf('=') + 1), remove: () => void extractors.splice(extractors.indexOf(text), 1) }));
}

function absentReference(changes: readonly Change[], draft: Draft): Absent[] {
  const isNamed = changes.some((change) => change.kind === 'key' && change.key === 'car_mode');
  const value = String(draft.effective.car_mode ?? 'None');
  if (isNamed || /none/i.test(value)) return [];
  return [{ text: 'car_mode', field: 'car_mode', value, remove: () => apply(draft, { kind: 'key', key: 'car_mode', value: 'None' }) }];
}
