// CatGT's framing: a stretch is cut into blocks of 31768 output samples, each computed from 32768 input
// samples; the last block takes what is left. Blocks are independent of one another, so the pool takes them in any order.

import { FFT_MARGIN, FFT_MIDDLE } from '../../../signal/index.ts';
import type { Segment, Stretch } from './plan.ts';

export interface Block {
  /** First output sample of the block, counted within its stretch. */
  readonly position: number;
  /** Output samples of the block. */
  readonly rows: number;
  /** Output index of the block's first sample, at the full input rate. */
  readonly out: number;
  /** Real samples [first, end) of the stretch that the block reads; beyond them the edge samples are repeated. */
  readonly first: number;
  readonly end: number;
  /** Index of the stretch in its sequence. */
  readonly stretch: number;
}

/** All blocks of all stretches, in order of time. */
export function blocksOf(stretches: readonly Stretch[]): Block[] {
  const blocks: Block[] = [];
  stretches.forEach((stretch, index) => {
    const push = (position: number, rows: number, end: number) =>
      blocks.push({ position, rows, out: stretch.out + position, first: Math.max(0, position - FFT_MARGIN), end, stretch: index });
    let position = 0;
    // A block is complete only when its right margin is there; the remainder may thus exceed FFT_MIDDLE.
    for (; position + FFT_MIDDLE + FFT_MARGIN <= stretch.count; position += FFT_MIDDLE) push(position, FFT_MIDDLE, position + FFT_MIDDLE + FFT_MARGIN);
    if (position < stretch.count) push(position, stretch.count - position, stretch.count);
  });
  return blocks;
}

/** The parts of files that hold samples [first, end) of a stretch. */
export function segmentsBetween(stretch: Stretch, first: number, end: number): Segment[] {
  const parts: Segment[] = [];
  let at = 0;
  for (const segment of stretch.segments) {
    const from = Math.max(first, at);
    const to = Math.min(end, at + segment.count);
    if (from < to) parts.push({ bin: segment.bin, start: segment.start + (from - at), count: to - from });
    at += segment.count;
    if (at >= end) break;
  }
  return parts;
}
