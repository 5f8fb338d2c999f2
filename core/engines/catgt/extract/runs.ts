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
  /** The column itself, only where a second threshold wants the extremes of pulses; without it no sample reaches. */
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

function pulseRuns({ column, signal, kind, reach }: PulseExtraction, samples: Int16Array, columns: number, rows: number): PulseRuns {
  const inverted = kind === 'xia' || kind === 'xid';
  const first = rows > 0 && ('bit' in signal ? ((samples[column] >> signal.bit) & 1) === 1 : samples[column] >= signal.threshold);
  return {
    kind: 'pulse',
    startsHigh: first !== inverted,
    flips: 'bit' in signal ? bitFlips(samples, column, columns, rows, 1 << signal.bit) : thresholdFlips(samples, column, columns, rows, signal.threshold),
    ...(reach === undefined ? {} : { values: columnOf(samples, column, columns, rows) }),
  };
}

// Two plain loops: a test handed in as a function would cost more than the reading.

function bitFlips(samples: Int16Array, column: number, columns: number, rows: number, mask: number): Uint32Array {
  const flips = new Uint32Array(rows);
  let count = 0;
  let current = samples[column] & mask;
  for (let row = 1, at = column + columns; row < rows; row++, at += columns) {
    const level = samples[at] & mask;
    if (level === current) continue;
    flips[count++] = row;
    current = level;
  }
  return flips.slice(0, count);
}

function thresholdFlips(samples: Int16Array, column: number, columns: number, rows: number, threshold: number): Uint32Array {
  const flips = new Uint32Array(rows);
  let count = 0;
  let current = samples[column] >= threshold;
  for (let row = 1, at = column + columns; row < rows; row++, at += columns) {
    const level = samples[at] >= threshold;
    if (level === current) continue;
    flips[count++] = row;
    current = level;
  }
  return flips.slice(0, count);
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
