// Walks through one word of a source in order of time: blocks in which nothing happens are passed on as one stretch of a
// level, the others are read.

import { type BinFile, openBin } from '../../spikeglx/index.ts';
import { BLOCK, readCondensed } from './condensed.ts';
import type { LineSource } from './source.ts';

export interface WalkVisitor {
  /** The level of a block by its condensed lo and hi, or undefined when it must be read. */
  readonly levelOf: (lo: number, hi: number) => number | undefined;
  /** `rows` samples from `out` on all have this level. */
  readonly quiet: (level: number, rows: number, out: number) => void;
  /** `samples` is interleaved, all columns. */
  readonly busy: (samples: Int16Array, rows: number, out: number) => void;
}

/** Samples read at once. */
const READ_BYTES = 8e6;

/** @param from @param to samples of the joined gate */
export function walk(source: LineSource, word: number, visitor: WalkVisitor, from = 0, to = source.covered): void {
  const index = source.words.findIndex((each) => each.word === word);
  const mostRows = Math.max(BLOCK, Math.floor(READ_BYTES / (2 * source.columns)));
  for (const segment of source.segments) {
    const first = Math.max(segment.start, segment.start + (from - segment.out));
    const end = Math.min(segment.start + segment.count, segment.start + (to - segment.out));
    if (first >= end) continue;
    const file = source.files[segment.file];
    const { lo, hi } = readCondensed(source, file);
    const toOut = segment.out - segment.start;
    let bin: BinFile | undefined;
    try {
      for (let at = first; at < end;) {
        const level = visitor.levelOf(lo[index][Math.floor(at / BLOCK)], hi[index][Math.floor(at / BLOCK)]);
        let next = at;
        do next = (Math.floor(next / BLOCK) + 1) * BLOCK;
        while (next < end && (level !== undefined || next - at < mostRows) && visitor.levelOf(lo[index][next / BLOCK], hi[index][next / BLOCK]) === level);
        next = Math.min(next, end);
        if (level !== undefined) visitor.quiet(level, next - at, at + toOut);
        else {
          bin ??= openBin(file.bin, source.columns);
          visitor.busy(readRows(bin, at, next - at), next - at, at + toOut);
        }
        at = next;
      }
    } finally {
      bin?.close();
    }
  }
}

let buffer = new Int16Array(0);

/** A view that the next call overwrites. */
export function readRows(bin: BinFile, start: number, rows: number): Int16Array {
  const length = rows * bin.columns;
  if (buffer.length < length) buffer = new Int16Array(length);
  const samples = buffer.subarray(0, length);
  const got = bin.read(start, rows, samples);
  if (got < rows) samples.fill(0, got * bin.columns);
  return samples;
}
