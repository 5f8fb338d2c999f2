// What the word being typed at the end of a filter can become: columns by key, alias and title, labels, functions.

import type { UnitTable } from '../../../core/service/contract/index.ts';
import { filterFunctions } from './filter.ts';

export interface Completion {
  readonly name: string;
  /** The whole expression with it. */
  readonly text: string;
  readonly unit: string;
  /** Least and greatest value there is; null for labels and functions. */
  readonly range: readonly [number, number] | null;
  readonly help: string;
}

const most = 12;

export function completions(table: UnitTable, text: string): Completion[] {
  // Within quotes a label is typed.
  if ((text.match(/'/g)?.length ?? 0) % 2 === 1) return [];
  const word = /[A-Za-z_][\w.]*$/.exec(text)?.[0] ?? '';
  if (word === '') return [];
  const before = text.slice(0, text.length - word.length);
  const low = word.toLowerCase();
  const columns = table.columns.map(({ key, title, unit, help, aliases }) => ({ name: key, names: [key, ...aliases, ...title.split(' ')], unit, range: rangeOf(table.values[key]), help: `${title}. ${help}` }));
  const labels = Object.keys(table.labels).map((set) => ({ name: `label.${set}`, names: [`label.${set}`, set], unit: '', range: null, help: 'A set of labels, compared with words: == \'good\'.' }));
  const label = { name: 'label', names: ['label'], unit: '', range: null, help: 'What people said of the unit, else what the sorter said.' };
  const functions = Object.keys(filterFunctions).map((name) => ({ name: `${name}(`, names: [name], unit: '', range: null, help: 'A function of numbers.' }));
  return [...columns, label, ...labels, ...functions]
    .filter(({ name, names }) => name !== word && names.some((each) => each.toLowerCase().startsWith(low)))
    .sort((a, b) => Number(b.name.toLowerCase().startsWith(low)) - Number(a.name.toLowerCase().startsWith(low)))
    .slice(0, most).map(({ name, unit, range, help }) => ({ name, text: before + name, unit, range, help }));
}

function rangeOf(values: Float64Array): readonly [number, number] | null {
  let [least, greatest] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return least <= greatest ? [least, greatest] : null;
}
