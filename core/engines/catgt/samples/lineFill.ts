// Replaces the zeros of a filled gap by straight lines from the sample before to the sample after, neural columns only.
// The values at both ends are final ones: filtered and referenced. Where the output ends within the gap,
// the last value is held.

import fs from 'node:fs';
import { outputFileError } from '../../../common/index.ts';
import { lineInto, readRow, writeAll } from './editRows.ts';
import type { EditTarget } from '../gfix/edit.ts';

/** Rows written at a time: an hour-long gap must not need an hour's memory. */
const ROWS_AT_A_TIME = 4096;

/** @param out first filled row; @param length rows filled; @param total rows of the file */
export function lineFill(target: EditTarget, out: number, length: number, total: number, exact: boolean): void {
  if (length <= 0 || out <= 0) return;
  const endsInFill = out + length >= total;
  const { path, columns, neural } = target;
  try {
    const from = readRow(path, columns, out - 1).subarray(0, neural);
    const to = endsInFill ? from : readRow(path, columns, out + length).subarray(0, neural);
    const handle = fs.openSync(path, 'r+');
    try {
      const rows = new Int16Array(Math.min(ROWS_AT_A_TIME, length) * columns);
      for (let start = 0; start < length; start += ROWS_AT_A_TIME) {
        const count = Math.min(ROWS_AT_A_TIME, length - start);
        // Natively the first filled sample repeats the one before the gap.
        for (let row = 0; row < count; row++) lineInto(rows, row * columns, from, to, (start + row + (exact ? 1 : 0)) / (length + 1), exact);
        writeAll(handle, new Uint8Array(rows.buffer, 0, count * columns * 2), (out + start) * columns * 2);
      }
    } finally {
      fs.closeSync(handle);
    }
  } catch (error) {
    throw outputFileError(path, error);
  }
}
