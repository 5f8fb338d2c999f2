// The small tables phy and sorters keep per cluster: `cluster_Amplitude.tsv`, `cluster_group.tsv`, `cluster_KSLabel.tsv`.

import path from 'node:path';
import { InputFileError, readTextIfThere } from '../../common/index.ts';

export interface ClusterTable {
  readonly path: string;
  /** In the file's order. */
  readonly rows: readonly { readonly cluster: number; readonly value: string }[];
}

/**
 * `cluster_<name>.tsv` (or .csv, as old versions called it): a header, then cluster and value, white space or a comma
 * between. Undefined when the folder has none. Throws InputFileError when a row has no cluster.
 */
export async function readClusterTable(folder: string, name: string): Promise<ClusterTable | undefined> {
  for (const ending of ['tsv', 'csv']) {
    const file = path.join(folder, `cluster_${name}.${ending}`);
    const text = await readTextIfThere(file);
    if (text !== undefined) return parseClusterTable(text, file);
  }
  return undefined;
}

export function parseClusterTable(text: string, file: string): ClusterTable {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/).filter((line) => line.trim() !== '');
  const [header = [], ...rows] = lines.map(cells);
  const clusterColumn = Math.max(0, header.indexOf('cluster_id'));
  const valueColumn = clusterColumn === 0 ? 1 : 0;
  return {
    path: file,
    rows: rows.map((row, index) => {
      const cluster = Number(row[clusterColumn]);
      if (!Number.isInteger(cluster) || cluster < 0) throw new InputFileError(file, `line ${index + 2} has no cluster id`);
      return { cluster, value: row[valueColumn] ?? '' };
    }),
  };
}

function cells(line: string): string[] {
  const separator = line.includes('\t') ? '\t' : line.includes(',') ? ',' : /\s+/;
  return line.trim().split(separator).map((cell) => cell.trim());
}
