// Changes rows of an output file in place: the last touches (line fills, gfix edits) after the blocks are written.

import fs from 'node:fs';
import { outputFileError } from '../../../common/index.ts';

/** Reads rows [first, first + count) of an interleaved int16 file, lets `change` edit them, writes them back. */
export function editRows(file: string, columns: number, first: number, count: number, change: (rows: Int16Array) => void): void {
  const rows = new Int16Array(count * columns);
  const bytes = new Uint8Array(rows.buffer);
  const position = first * columns * 2;
  try {
    const handle = fs.openSync(file, 'r+');
    try {
      for (let at = 0; at < bytes.length; ) {
        const got = fs.readSync(handle, bytes, at, bytes.length - at, position + at);
        if (got === 0) break;
        at += got;
      }
      change(rows);
      writeAll(handle, bytes, position);
    } finally {
      fs.closeSync(handle);
    }
  } catch (error) {
    throw outputFileError(file, error);
  }
}

/** One row of an output file. */
export function readRow(file: string, columns: number, row: number): Int16Array {
  const values = new Int16Array(columns);
  const handle = fs.openSync(file, 'r');
  try {
    fs.readSync(handle, new Uint8Array(values.buffer), 0, columns * 2, row * columns * 2);
  } finally {
    fs.closeSync(handle);
  }
  return values;
}

/** pwrite until everything is written. */
export function writeAll(handle: number, bytes: Uint8Array, position: number): void {
  for (let at = 0; at < bytes.length; ) at += fs.writeSync(handle, bytes, at, bytes.length - at, position + at);
}

/** A point `fraction` of the way from `from` to `to`, for every neural column; truncated like the native tool, or rounded. */
export function lineInto(rows: Int16Array, offset: number, from: Int16Array, to: Int16Array, fraction: number, exact: boolean): void {
  for (let column = 0; column < from.length; column++) {
    const value = from[column] + fraction * (to[column] - from[column]);
    rows[offset + column] = exact ? Math.round(value) : Math.trunc(value);
  }
}
