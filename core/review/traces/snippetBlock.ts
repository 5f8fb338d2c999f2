// Writes a block of a snippet's rows to its place in the file, in a pool thread: as they are, as text, or as microvolts.

import fs from 'node:fs';
import { outputFileError } from '../../common/index.ts';
import type { LiveSpec } from './liveChain.ts';
import type { SnippetKind } from './snippet.ts';
import { eachRows } from './window.ts';

export interface SnippetBlock {
  readonly kind: SnippetKind;
  /** The file that is written, and the byte at which this block begins. */
  readonly target: string;
  readonly at: number;
  /** Tells sources apart: a thread keeps the filter of the last one. */
  readonly key: string;
  readonly live: LiveSpec | null;
  readonly file: { readonly path: string; readonly first_smp: number; readonly from_row: number };
  /** Columns of the file it is read from, and those that are written. */
  readonly columns: number;
  readonly wanted: readonly number[];
  /** Of every file column; NaN for digital words. */
  readonly uVperBit: Float64Array;
  readonly rate_Hz: number;
  /** Grid samples [from, to). */
  readonly from_smp: number;
  readonly to_smp: number;
}

/** Bytes written. Throws InputFileError and OutputFileError. */
export function writeSnippetBlock(block: SnippetBlock): number {
  const { target, at, file, from_smp, to_smp } = block;
  let written = 0;
  const descriptor = opened(target);
  try {
    eachRows(block, file, from_smp, to_smp, (rows, count, sample) => {
      const bytes = encoders[block.kind](block, rows, count, sample);
      written += writeFully(descriptor, target, bytes, at + written);
    });
  } finally {
    fs.closeSync(descriptor);
  }
  return written;
}

function opened(target: string): number {
  try {
    return fs.openSync(target, 'r+');
  } catch (error) {
    throw outputFileError(target, error);
  }
}

function writeFully(descriptor: number, target: string, bytes: Uint8Array, at: number): number {
  try {
    for (let done = 0; done < bytes.length; ) done += fs.writeSync(descriptor, bytes, done, bytes.length - done, at + done);
  } catch (error) {
    throw outputFileError(target, error);
  }
  return bytes.length;
}

type Encode = (block: SnippetBlock, rows: Int16Array, count: number, sample: number) => Uint8Array;

const encoders: Readonly<Record<SnippetKind, Encode>> = {
  bin({ columns, wanted }, rows, count) {
    const chosen = new Int16Array(count * wanted.length);
    for (let row = 0, place = 0; row < count; row++) for (const column of wanted) chosen[place++] = rows[row * columns + column];
    return new Uint8Array(chosen.buffer);
  },
  npy({ columns, wanted, uVperBit }, rows, count) {
    const values = new Float32Array(count * wanted.length);
    const scales = wanted.map((column) => (Number.isNaN(uVperBit[column]) ? 1 : uVperBit[column]));
    for (let row = 0, place = 0; row < count; row++) wanted.forEach((column, k) => { values[place++] = rows[row * columns + column] * scales[k]; });
    return new Uint8Array(values.buffer);
  },
  csv({ columns, wanted, uVperBit, rate_Hz }, rows, count, sample) {
    const cell = (value: number, scale: number) => (Number.isNaN(scale) ? value & 0xffff : Number((value * scale).toFixed(3)));
    const lines = Array.from({ length: count }, (_, row) => [sample + row, ((sample + row) / rate_Hz).toFixed(6), ...wanted.map((column) => cell(rows[row * columns + column], uVperBit[column]))].join(','));
    return Buffer.from(`${lines.join('\n')}\n`);
  },
};
