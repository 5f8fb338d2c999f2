// First half of scanning: one column of a block of samples, reduced to its runs. Stateless, so that blocks can be
// scanned in any order by any worker; results are small typed arrays.

import type { Extraction, FieldExtraction, PulseExtraction } from './extraction.ts';

/** Alternating runs of high and low samples. */
export interface PulseRuns {
  readonly kind: 'pulse';
  /** Level of the block's first sample, after xia and xid have swapped the two. */
  readonly startsHigh: boolean;
  /** Rows at which the level changes, ascending. */
  readonly flips: Uint32Array;
  /** The column itself, only where a second threshold wants the extremes of pulses. */
  readonly values?: Int16Array;
}

/** Runs of equal values. */
export interface FieldRuns {
  readonly kind: 'field';
  /** First row of each run, ascending; the first is 0. */
  readonly starts: Uint32Array;
  readonly values: Uint16Array;
}

export type Runs = PulseRuns | FieldRuns;

/** `samples` is interleaved, [rows, columns]. */
export function findRuns(extraction: Extraction, samples: Int16Array, columns: number, rows: number): Runs {
  return extraction.kind === 'bf' ? fieldRuns(extraction, samples, columns, rows) : pulseRuns(extraction, samples, columns, rows);
}

function pulseRuns(extraction: PulseExtraction, samples: Int16Array, columns: number, rows: number): PulseRuns {
  const { column, signal, kind } = extraction;
  const inverted = kind === 'xia' || kind === 'xid';
  const level: (value: number) => boolean = 'bit' in signal ? (value) => ((value >> signal.bit) & 1) === 1 : (value) => value >= signal.threshold;
  const flips = new Uint32Array(rows);
  let count = 0;
  const first = rows > 0 && level(samples[column]);
  let current = first;
  for (let row = 1, at = column + columns; row < rows; row++, at += columns) {
    if (level(samples[at]) === current) continue;
    flips[count++] = row;
    current = !current;
  }
  return {
    kind: 'pulse',
    startsHigh: first !== inverted,
    flips: flips.slice(0, count),
    ...(extraction.reach === undefined ? {} : { values: columnOf(samples, column, columns, rows) }),
  };
}

function fieldRuns({ column, startBit, bits }: FieldExtraction, samples: Int16Array, columns: number, rows: number): FieldRuns {
  const mask = 2 ** bits - 1;
  const starts = new Uint32Array(rows);
  const values = new Uint16Array(rows);
  let count = 0;
  for (let row = 0, at = column; row < rows; row++, at += columns) {
    const value = (samples[at] >> startBit) & mask;
    if (count > 0 && values[count - 1] === value) continue;
    starts[count] = row;
    values[count++] = value;
  }
  return { kind: 'field', starts: starts.slice(0, count), values: values.slice(0, count) };
}

function columnOf(samples: Int16Array, column: number, columns: number, rows: number): Int16Array {
  return Int16Array.from({ length: rows }, (_, row) => samples[row * columns + column]);
}
