// overlap_matrix.npy and overlap_summary.npy/.csv: what was removed from which unit because of which other.

import { encodeNpy } from '../../formats/index.ts';
import type { Duplicates } from './duplicates.ts';
import type { Unit } from './units.ts';

/**
 * `overlap_matrix` (int64, units x units) is in the order of the peak channels, which `overlap_matrix_units` (int64) spells
 * out as cluster ids. `overlap_summary`, a row per unit by id: id, spikes left, removed within the unit, removed between
 * units, the unit most of these were found in too (-1: none; with `compat` the row's largest element, itself included).
 */
export function overlapFiles(units: readonly Unit[], duplicates: Duplicates, options: { compat: boolean }): Record<string, Uint8Array | string> {
  const count = units.length;
  const rows = units.map((_, i) => summaryRow(units, i, duplicates, options.compat)).sort((a, b) => a[0] - b[0]);
  return {
    'overlap_matrix.npy': int64Npy(duplicates.matrix, [count, count]),
    'overlap_matrix_units.npy': int64Npy(units.map(({ id }) => id), [count]),
    'overlap_summary.npy': int64Npy(rows.flat(), [count, 5]),
    'overlap_summary.csv': rows.map((row) => `${row.join(',')}\n`).join(''),
  };
}

function summaryRow(units: readonly Unit[], i: number, { matrix, left }: Duplicates, compat: boolean): number[] {
  const row = matrix.subarray(i * units.length, (i + 1) * units.length);
  const within = row[i];
  const between = row.reduce((sum, value) => sum + value, 0) - within;
  const others = compat ? row : row.map((value, j) => (j === i ? -1 : value));
  const partner = !compat && between === 0 ? -1 : units[others.indexOf(Math.max(...others))].id;
  return [units[i].id, left[i], within, between, partner];
}

function int64Npy(values: ArrayLike<number>, shape: number[]): Uint8Array {
  return encodeNpy(BigInt64Array.from(Array.from(values), BigInt), shape);
}
