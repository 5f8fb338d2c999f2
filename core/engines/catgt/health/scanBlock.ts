// Looks at one block of a stream as it was recorded, in the worker that has just read it: values at the rails, error bits
// and missed samples in the status words. Only counts and short lists of spans leave the worker.
// With AP->LF a row of the output stands for the samples from the one it keeps to before the next: what happened in any
// of them happened in the row.

import type { Chain } from '../../../signal/index.ts';
import type { Crowd, HealthSpec } from './spec.ts';
import { createSpanList, FLAGGED, type RowSpan } from './spans.ts';
import { ERROR_BITS, ERRORS, MISSED } from './statusWord.ts';

/** Which rows of a chain's input are the block's, and where they come to lie. */
export interface ScannedRows {
  /** Input rows [first, end). */
  readonly first: number;
  readonly end: number;
  /** Input rows a row of the output. */
  readonly every: number;
  /** Output row of input row `first`. */
  readonly row: number;
}

export interface BlockHealth {
  /** First output row, and how many. */
  readonly row: number;
  readonly rows: number;
  /** Rows in which a column touched a rail; columns that did not are left out. */
  readonly touched: readonly { readonly column: number; readonly rows: number }[];
  readonly saturatedRows: number;
  /** Rows with each of ERROR_BITS, with any of them, with the missed bit. */
  readonly bitRows: readonly number[];
  readonly errorRows: number;
  readonly missedRows: number;
  readonly saturated: readonly RowSpan[];
  readonly errors: readonly RowSpan[];
  readonly missed: readonly RowSpan[];
}

/** @param columns columns of a row of the chain's input */
export function scanHealth(chain: Chain, columns: number, spec: HealthSpec, rows: ScannedRows): BlockHealth {
  return { row: rows.row, rows: Math.ceil((rows.end - rows.first) / rows.every), ...scanRails(chain, columns, spec, rows), ...scanStatus(chain.input, columns, spec, rows) };
}

function scanRails(chain: Chain, columns: number, spec: HealthSpec, { first, end, every, row }: ScannedRows): Pick<BlockHealth, 'touched' | 'saturatedRows' | 'saturated'> {
  const { low, high } = spec.rails;
  const { near, used, enough }: Crowd = spec.crowd ?? { near: spec.rails, used: [], enough: Infinity };
  const { input } = chain;
  const touches = new Int32Array(spec.columns);
  const lastTouch = new Int32Array(spec.columns).fill(-1);
  const saturated = createSpanList(spec.apart);
  let saturatedRows = 0;
  let lastSaturated = -1;
  // Few rows of a sound recording have a value out there; the kernel finds them, and only they are looked at closely.
  for (const at of chain.inputRowsBeyond(first, end - first, spec.columns, near.low, near.high)) {
    const outputRow = Math.floor(at / every);
    const offset = (first + at) * columns;
    let channels = 0;
    for (let column = 0; column < spec.columns; column++) {
      const value = input[offset + column];
      if (value > near.low && value < near.high) continue;
      if (used[column]) channels++;
      if ((value > low && value < high) || lastTouch[column] === outputRow) continue;
      touches[column]++;
      lastTouch[column] = outputRow;
    }
    if (channels < enough) continue;
    saturated.add({ start: row + outputRow, end: row + outputRow + 1, channels, marks: 0 });
    if (outputRow !== lastSaturated) saturatedRows++;
    lastSaturated = outputRow;
  }
  const touched = [...touches].flatMap((rows, column) => (rows > 0 ? [{ column, rows }] : []));
  return { touched, saturatedRows, saturated: saturated.finish().spans };
}

function scanStatus(input: Int16Array, columns: number, { statusColumns, apart }: HealthSpec, { first, end, every, row }: ScannedRows): Pick<BlockHealth, 'bitRows' | 'errorRows' | 'missedRows' | 'errors' | 'missed'> {
  const bitRows = ERROR_BITS.map(() => 0);
  const errors = createSpanList(apart);
  const missed = createSpanList(apart);
  let errorRows = 0;
  let missedRows = 0;
  for (let at = first, outputRow = row; at < end; at += every, outputRow++) {
    let word = 0;
    for (let sample = at; sample < Math.min(end, at + every); sample++) for (const column of statusColumns) word |= input[sample * columns + column];
    if ((word & (ERRORS | MISSED)) === 0) continue;
    const span = { start: outputRow, end: outputRow + 1, channels: 0 };
    if (word & ERRORS) {
      errorRows++;
      ERROR_BITS.forEach(({ bit }, index) => (bitRows[index] += (word >> bit) & 1));
      errors.add({ ...span, marks: word & ERRORS });
    }
    if (word & MISSED) {
      missedRows++;
      missed.add({ ...span, marks: FLAGGED });
    }
  }
  return { bitRows, errorRows, missedRows, errors: errors.finish().spans, missed: missed.finish().spans };
}
