// Tables of metrics as pandas reads and writes them: comma between, no index, empty cells for what is undefined.

import { InputFileError, readTextIfThere } from '../../common/index.ts';

export interface TextTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function formatCsv({ header, rows }: TextTable): string {
  return [header, ...rows].map((cells) => `${cells.join(',')}\n`).join('');
}

/** Throws InputFileError when a row has not as many cells as the header. Cells in quotes do not occur in these tables. */
export function parseCsv(text: string, file: string): TextTable {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/).filter((line) => line.trim() !== '');
  const [header = [], ...rows] = lines.map((line) => line.split(',').map((cell) => cell.trim()));
  const wrong = rows.findIndex((cells) => cells.length !== header.length);
  if (wrong >= 0) throw new InputFileError(file, `line ${wrong + 2} has ${rows[wrong].length} cells instead of ${header.length}`);
  return { header, rows };
}

/** Undefined when there is no such file. Throws InputFileError. */
export async function readCsv(file: string): Promise<TextTable | undefined> {
  const text = await readTextIfThere(file);
  return text === undefined ? undefined : parseCsv(text, file);
}

/** The shortest text that reads back as this number, as Python writes floats: 1.0, 1e-05, 1e+16; empty for NaN. */
export function formatFloat(value: number): string {
  if (Number.isNaN(value)) return '';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  return Number.isInteger(value) ? `${Object.is(value, -0) ? '-0' : value}.0` : String(value);
}

/**
 * Both tables side by side, a row for each of the left one's, found in the right one by the number in the column `key`;
 * empty cells where it is not. Other columns of the same name get the endings.
 */
export function joinTables(left: TextTable, right: TextTable, key: string, endings: readonly [string, string]): TextTable {
  const [leftKey, rightKey] = [left.header.indexOf(key), right.header.indexOf(key)];
  const added = right.header.map((_, column) => column).filter((column) => column !== rightKey);
  const rowOf = new Map(right.rows.map((cells) => [Number(cells[rightKey]), cells]));
  const named = (name: string, ending: string) => (name !== key && left.header.includes(name) && right.header.includes(name) ? `${name}_${ending}` : name);
  return {
    header: [...left.header.map((name) => named(name, endings[0])), ...added.map((column) => named(right.header[column], endings[1]))],
    rows: left.rows.map((cells) => {
      const found = rowOf.get(Number(cells[leftKey]));
      return [...cells, ...added.map((column) => found?.[column] ?? '')];
    }),
  };
}
