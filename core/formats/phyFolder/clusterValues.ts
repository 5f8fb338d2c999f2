// What the tables of a folder say about each cluster.

import { InputFileError, parseDecimal } from '../../common/index.ts';
import { type ClusterTable, readClusterTable } from './clusterTable.ts';

/** Of cluster_Amplitude by its cluster_id column; NaN where it has no row. Empty without that file. */
export async function amplitudesByCluster(folder: string, templates: number): Promise<Float64Array> {
  const table = await readClusterTable(folder, 'Amplitude');
  if (!table) return new Float64Array(0);
  const length = table.rows.reduce((most, { cluster }) => Math.max(most, cluster + 1), templates);
  const result = new Float64Array(length).fill(Number.NaN);
  numbers(table).forEach((value, row) => { result[table.rows[row].cluster] = value; });
  return result;
}

/** The reference's rule: row by row, whatever the cluster_id column says; zeros up to the number of templates. */
export async function amplitudesByRow(folder: string, templates: number): Promise<Float64Array> {
  const table = await readClusterTable(folder, 'Amplitude');
  if (!table) return new Float64Array(0);
  const result = new Float64Array(Math.max(templates, table.rows.length));
  result.set(numbers(table));
  return result;
}

export async function labelsByCluster(folder: string, name: 'group' | 'KSLabel'): Promise<ReadonlyMap<number, string>> {
  const table = await readClusterTable(folder, name);
  return new Map((table?.rows ?? []).map(({ cluster, value }) => [cluster, value]));
}

function numbers({ path, rows }: ClusterTable): number[] {
  return rows.map(({ value }, index) => {
    const number = value.toLowerCase() === 'nan' ? Number.NaN : parseDecimal(value);
    if (number === undefined) throw new InputFileError(path, `line ${index + 2} has '${value}' instead of a number`);
    return number;
  });
}
