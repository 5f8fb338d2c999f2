// The block processing of a neural stream: one block of 32768 rows through delay, band-pass and common average
// reference, in this thread's own kernel memory (about 60 MB for 385 columns).

import { FFT_POINTS, GAIN_BYTES, loadKernels, planMemory, TWIDDLE_BYTES, WORK_BYTES } from '../kernels/index.ts';
import { createBlockFilter, SMALL_BYTES } from './blockFilter.ts';
import { GROUP_COLUMNS, groupColumns } from './groups.ts';
import { compileReference, type Reference } from './reference.ts';
import { butterworthGain, type Band } from './response.ts';

export { FFT_POINTS };
/** Rows at either end of a block that are not output. */
export const FFT_MARGIN = 500;
/** Rows between the margins. */
export const FFT_MIDDLE = FFT_POINTS - 2 * FFT_MARGIN;

export interface ChainSpec {
  /** Columns of the file; the first `neural` of them are processed. */
  readonly columns: number;
  readonly neural: number;
  /** Hz. */
  readonly rate: number;
  /** Delays of rows[column] / divisor samples (a row may be -1); null = no shift. */
  readonly shift: { readonly rows: readonly number[]; readonly divisor: number } | null;
  readonly band: Band | null;
  readonly reference: Reference | null;
  /** For each neural column: takes part in detection. Sets of the reference hold used columns only. */
  readonly used: readonly boolean[];
  /** native: truncates toward zero and wraps at int16. exact: rounds and saturates. */
  readonly numerics: 'native' | 'exact';
}

export interface Chain {
  /** One block, [FFT_POINTS][columns]. The caller fills all rows, margins included, before each transform. */
  readonly input: Int16Array;
  /** Looks for values at the rails, and near them, in `rows` input rows from firstRow on; `every` rows are told as one. */
  scanRails(firstRow: number, rows: number, every: number, limits: RailLimits): RailScan;
  /** Shift and band-pass. Rows firstRow..firstRow+rows-1 of the block become the working rows 0..rows-1. */
  transform(firstRow: number, rows: number): void;
  /** Working rows, ascending, in which a used column has |value| >= threshold. A view, valid until the next call. */
  loudRows(threshold: number): Int32Array;
  /** A working value before the reference. */
  value(row: number, column: number): number;
  /** A working row before the reference, in column order; `into` saves the allocation. */
  workingRow(row: number, into?: Int16Array): Int16Array;
  /** Asks for the reference; it is taken in `interleave`, in the same pass over memory. */
  applyReference(): void;
  /**
   * [rows][columns]: the working rows with the other columns of their input rows. A view into `input`, whose neural
   * columns are overwritten (up to seven rows behind the last one too): take from the input what you need before.
   */
  interleave(): Int16Array;
}

export interface RailLimits {
  /** The first so many columns are looked at. */
  readonly columns: number;
  /** A value is at a rail (near one) that is <= low, which is below 0, or >= high, which is above. */
  readonly rails: { readonly low: number; readonly high: number };
  readonly near: { readonly low: number; readonly high: number };
}

export interface RailScan {
  /** Pairs: a row that has a value near a rail, counted from the first, and how many used neural columns of it do. A view, valid until the next scan. */
  readonly near: Int32Array;
  /** For each column: how many times `every` rows held a value at a rail. */
  readonly touched: Int16Array;
}

/** Makes a chain; it holds its memory as long as it is referenced. Chains are for one thread. */
export function createChain(spec: ChainSpec, variant: 'best' | 'plain' = 'best'): Chain {
  const { columns, neural, shift, band } = spec;
  const rowBytes = columns * 2;
  const groups = groupColumns(Array.from({ length: neural }, (_, column) => shift?.rows[column] ?? 0));
  const rows = [...new Set(groups.map((group) => group.row))];
  const reference = compileReference(spec.reference);
  // Eight spare rows, for tiles that stand over the end; not a power of two, so that groups differ in cache sets.
  const groupBytes = (FFT_POINTS + GROUP_COLUMNS) * 16 + 64;
  const paddedColumns = Math.ceil(neural / 8) * 8;

  /** A vector's worth of columns at a time, all of them. */
  const inputBytes = Math.ceil(columns / 8) * 16;

  const plan = planMemory({
    input: (FFT_POINTS + 8) * rowBytes + 16,
    groups: groups.length * groupBytes,
    work: WORK_BYTES,
    twiddles: TWIDDLE_BYTES,
    gains: rows.length * GAIN_BYTES,
    tile: (paddedColumns + 1) * 16,
    slots: groups.length * GROUP_COLUMNS * 4,
    masks: groups.length * 16,
    small: SMALL_BYTES,
    program: reference.words.byteLength,
    scratch: 128 + reference.scratch,
    peaks: 512 * 16,
    found: FFT_POINTS * 8,
    rails: 3 * inputBytes,
  });
  const instance = loadKernels(plan.bytes, variant);
  const { kernels, buffer } = instance;

  const slots = new Int32Array(buffer, plan.slots, groups.length * GROUP_COLUMNS).fill(paddedColumns * 16);
  const masks = new Int16Array(buffer, plan.masks, groups.length * GROUP_COLUMNS);
  /** Index in `samples` of each column's row 0. */
  const places = new Int32Array(neural);
  groups.forEach((group, g) => group.columns.forEach((column, slot) => {
    slots[g * GROUP_COLUMNS + slot] = column * 16;
    masks[g * GROUP_COLUMNS + slot] = spec.used[column] ? -1 : 0;
    places[column] = (g * groupBytes) / 2 + slot;
  }));
  new Int32Array(buffer, plan.program, reference.words.length).set(reference.words);

  const filter = createBlockFilter(instance, plan, {
    amplitude: butterworthGain(band, spec.rate),
    delays: rows.map((row) => (shift ? row / shift.divisor : 0)),
    exact: spec.numerics === 'exact',
    flat: band === null,
  });
  const filterOfGroup = groups.map((group) => rows.indexOf(group.row));

  const input = new Int16Array(buffer, plan.input, FFT_POINTS * columns);
  const samples = new Int16Array(buffer, plan.groups, (groups.length * groupBytes) / 2);
  const found = new Int32Array(buffer, plan.found, 2 * FFT_POINTS);
  new Int16Array(buffer, plan.rails, neural).set(spec.used.map((used) => (used ? -1 : 0)));
  const touched = new Int16Array(buffer, plan.rails + inputBytes, inputBytes / 2);
  let first = 0;
  let count = 0;
  let referenced = false;

  return {
    input,
    scanRails(firstRow, rowCount, every, { columns: columnCount, rails, near }) {
      checkRows(firstRow, rowCount);
      touched.fill(0);
      const rowsNear = kernels.scanRails(
        plan.input + firstRow * rowBytes, rowBytes, columnCount, rowCount, every, near.low, near.high, rails.low, rails.high,
        plan.rails, plan.rails + inputBytes, plan.rails + 2 * inputBytes, plan.found,
      );
      return { near: found.subarray(0, 2 * rowsNear), touched: touched.slice(0, columnCount) };
    },
    transform(firstRow, rowCount) {
      checkRows(firstRow, rowCount);
      [first, count, referenced] = [firstRow, rowCount, false];
      kernels.regroup(plan.input, rowBytes, neural, FFT_POINTS, plan.tile, plan.slots, groups.length, plan.groups, groupBytes);
      filterOfGroup.forEach((which, g) => filter(plan.groups + g * groupBytes, which));
    },
    loudRows(threshold) {
      const limit = Math.max(0, Math.ceil(threshold));
      if (limit > 32768) return found.subarray(0, 0);
      if (limit === 0) return found.subarray(0, count).map((_, row) => row);
      const loud = kernels.loudRows(plan.groups + first * 16, groupBytes, groups.length, count, plan.masks, limit, plan.peaks, plan.found);
      return found.subarray(0, loud);
    },
    value: (row, column) => samples[places[column] + (first + row) * GROUP_COLUMNS],
    workingRow(row, into = new Int16Array(neural)) {
      const offset = (first + row) * GROUP_COLUMNS;
      for (let column = 0; column < neural; column++) into[column] = samples[places[column] + offset];
      return into;
    },
    applyReference() {
      referenced = true;
    },
    interleave() {
      kernels.finish(
        plan.groups + first * 16, groupBytes, groups.length, plan.slots, plan.tile, plan.scratch,
        referenced ? reference.kind : 0, plan.program, spec.numerics === 'exact' ? 1 : 0,
        plan.input + first * rowBytes, rowBytes, neural, count,
      );
      return input.subarray(first * columns, (first + count) * columns);
    },
  };
}

function checkRows(first: number, count: number): void {
  if (first < 0 || count < 0 || first + count > FFT_POINTS) throw new RangeError(`rows ${first}..${first + count - 1} are not in a block of ${FFT_POINTS}`);
}
