// Looks at one block of a stream as it was recorded, in the worker that has just read it: values at the rails, error bits
// and missed samples in the status words. Only counts and short lists of spans leave the worker.
// With AP->LF a row of the output stands for the samples from the one it keeps to before the next: what happened in any
// of them happened in the row.

import type { Chain } from '../../../signal/index.ts';
import type { HealthSpec } from './spec.ts';
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
  return { row: rows.row, rows: Math.ceil((rows.end - rows.first) / rows.every), ...scanRails(chain, spec, rows), ...scanStatus(chain.input, columns, spec, rows) };
}

function scanRails(chain: Chain, { columns, rails, crowd, apart }: HealthSpec, { first, end, every, row }: ScannedRows): Pick<BlockHealth, 'touched' | 'saturatedRows' | 'saturated'> {
  const { near, touched } = chain.scanRails(first, end - first, every, { columns, rails, near: crowd?.near ?? rails });
  const enough = crowd?.enough ?? Infinity;
  const saturated = createSpanList(apart);
  let saturatedRows = 0;
  let last = -1;
  for (let at = 0; at < near.length; at += 2) {
    const [start, channels] = [row + Math.floor(near[at] / every), near[at + 1]];
    if (channels < enough) continue;
    saturated.add({ start, end: start + 1, channels, marks: 0 });
    if (start !== last) saturatedRows++;
    last = start;
  }
  return { touched: [...touched].flatMap((rows, column) => (rows > 0 ? [{ column, rows }] : [])), saturatedRows, saturated: saturated.finish().spans };
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
