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
  const texts = new Map<string, readonly string[]>(Object.entries(table.labels));
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

export function shownRows(table: UnitTable, text: string, sort: Sort): Shown {
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
  return { rows: sorted(table, rows, sort), problem, undefinedRows };
}

/** Undefined values last, whichever way. */
function sorted(table: UnitTable, rows: readonly number[], { key, descending }: Sort): number[] {
  const sign = descending ? -1 : 1;
  if (key === 'label') return [...rows].sort((a, b) => sign * labelOf(table, a).text.localeCompare(labelOf(table, b).text, 'en') || a - b);
  const values: ArrayLike<number> = table.values[key] ?? table.ids;
  return [...rows].sort((a, b) => {
    const [x, y] = [values[a], values[b]];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b;
    return sign * (x - y) || a - b;
  });
}

/** Shown in the table unless the user chose others; all are offered. */
export const firstColumns: readonly string[] = ['ch', 'depth', 'n_spikes', 'firing_rate', 'amplitude', 'snr', 'isi_viol', 'contam_rate', 'amplitude_cutoff', 'presence_ratio', 'max_drift'];

export function titleOf({ title, unit }: UnitColumn): string {
  return unit === '' ? title : `${title} (${unit})`;
}
