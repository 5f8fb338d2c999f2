// How far columns of samples reach, in this thread's kernel memory: rows go in, the lowest and the highest value of each column
// come out. A thread keeps one memory; its work is done before another begins.

import { type KernelInstance, loadKernels, planMemory } from '../../kernels/index.ts';

export interface Reach {
  /** [roomRows x columns], where rows are to be put. */
  readonly rows: Int16Array;
  /** Lows and highs of columns, `padded` values for each of `roomBuckets` buckets. */
  readonly lows: Int16Array;
  readonly highs: Int16Array;
  readonly padded: number;
  /** Of `count` rows from `row` on, into bucket `bucket`. A row holds `columns` values, highs stand `ahead` values behind lows. */
  take(row: number, count: number, columns: number, ahead: number, bucket: number): void;
}

/** Rows that are looked at together, and the buckets they can fall into. */
export const roomRows = 4096;

let kept: { readonly bytes: number; readonly instance: KernelInstance } | undefined;

/** @param width values of a row */
export function reachRoom(width: number): Reach {
  const padded = Math.ceil(width / 8) * 8;
  const { rows, lows, highs, bytes } = planMemory({ rows: roomRows * width * 2 + 16, lows: roomRows * padded * 2, highs: roomRows * padded * 2 });
  if (!kept || kept.bytes < bytes) kept = { bytes, instance: loadKernels(bytes) };
  const { kernels, buffer } = kept.instance;
  return {
    padded,
    rows: new Int16Array(buffer, rows, roomRows * width),
    lows: new Int16Array(buffer, lows, roomRows * padded),
    highs: new Int16Array(buffer, highs, roomRows * padded),
    take: (row, count, columns, ahead, bucket) => kernels.columnReach(rows + row * width * 2, width * 2, columns, count, ahead * 2, lows + bucket * padded * 2, highs + bucket * padded * 2),
  };
}
