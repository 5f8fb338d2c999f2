// The unit table as the page works with it: rows by number, names for the filter, sorted and filtered.

import type { UnitColumn, UnitTable } from '../../../core/service/contract/index.ts';
import type { Sort } from '../../components/index.ts';
import { type Filter, FilterError, type FilterFacts, parseFilter } from './filter.ts';

/** Labels that mean a person or a program has judged, and their marks. */
export const labelMarks = { good: 'good', mua: 'mua', noise: 'noise' } as const;

/** What stands in the label column: what people said, else what the sorter said. */
export function labelOf({ labels }: UnitTable, row: number): { readonly text: string; readonly by: 'people' | 'sorter' } {
  const own = labels['group']?.[row] ?? '';
  if (own !== '') return { text: own, by: 'people' };
  return { text: labels['KSLabel']?.[row] ?? '', by: 'sorter' };
}

export function filterFacts(table: UnitTable): FilterFacts {
  const numbers = new Map<string, Float64Array>([['id', Float64Array.from(table.ids)], ['cluster_id', Float64Array.from(table.ids)]]);
  for (const { key, aliases } of table.columns) for (const name of [...aliases, key]) numbers.set(name, table.values[key]);
  const texts = new Map<string, readonly string[]>(Object.entries(table.labels).flatMap(([set, words]) => [[set, words], [`label.${set}`, words]]));
  texts.set('label', [...table.ids].map((_, row) => labelOf(table, row).text));
  return { numbers, texts };
}

export interface Shown {
  /** Row numbers in order. */
  readonly rows: readonly number[];
  /** Why the filter cannot be used; then all rows are shown. */
  readonly problem: string | null;
  /** Rows that fail because a value they are compared with is undefined. */
  readonly undefinedRows: number;
}

export function shownRows(table: UnitTable, text: string, sorts: readonly Sort[]): Shown {
  const all = Array.from(table.ids.keys());
  let filter: Filter = () => true;
  let problem: string | null = null;
  try {
    filter = parseFilter(text, filterFacts(table));
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    problem = error.message;
  }
  const rows = all.filter(filter);
  const used = table.columns.filter(({ key }) => new RegExp(`\\b${key}\\b`).test(text));
  const undefinedRows = all.filter((row) => !filter(row) && used.some(({ key }) => Number.isNaN(table.values[key][row]))).length;
  return { rows: sorted(table, rows, sorts), problem, undefinedRows };
}

/** By the first column, equal ones by the next; undefined values last, whichever way. */
function sorted(table: UnitTable, rows: readonly number[], sorts: readonly Sort[]): number[] {
  const orders = sorts.map(({ key, descending }) => {
    const sign = descending ? -1 : 1;
    if (key === 'label') {
      const words = Array.from(table.ids, (_, row) => labelOf(table, row).text);
      return (a: number, b: number) => sign * words[a].localeCompare(words[b], 'en');
    }
    const values: ArrayLike<number> = table.values[key] ?? table.ids;
    return (a: number, b: number) => {
      const [x, y] = [values[a], values[b]];
      return Number.isNaN(x) || Number.isNaN(y) ? Number(Number.isNaN(x)) - Number(Number.isNaN(y)) : sign * (x - y);
    };
  });
  return [...rows].sort((a, b) => orders.reduce((order, next) => order || next(a, b), 0) || a - b);
}

/** `snr,-id`: as it stands in the address. */
export const readSorts = (text: string): Sort[] => text.split(',').filter(Boolean).map((part) => ({ key: part.replace(/^-/, ''), descending: part.startsWith('-') }));

/** A click sorts by one column, with Shift by that after those before it. */
export function sortText(before: readonly Sort[], next: Sort, extend: boolean): string {
  const others = extend ? before.filter(({ key }) => key !== next.key) : [];
  return [...others, next].map(({ key, descending }) => `${descending ? '-' : ''}${key}`).join(',');
}

/** Shown units and columns for a spreadsheet: unit, label, then the columns; undefined values stay empty. */
export function tsv(table: UnitTable, columns: readonly UnitColumn[], rows: readonly number[]): string {
  const lines = rows.map((row) => [table.ids[row], labelOf(table, row).text, ...columns.map(({ key }) => (Number.isNaN(table.values[key][row]) ? '' : table.values[key][row]))]);
  return [['unit', 'label', ...columns.map(titleOf)], ...lines].map((line) => line.join('\t')).join('\n');
}

/** Shown in the table unless the user chose others; all are offered. */
export const firstColumns: readonly string[] = ['ch', 'depth', 'n_spikes', 'firing_rate', 'amplitude', 'snr', 'isi_viol', 'contam_rate', 'amplitude_cutoff', 'presence_ratio', 'max_drift'];

export function titleOf({ title, unit }: UnitColumn): string {
  return unit === '' ? title : `${title} (${unit})`;
}
