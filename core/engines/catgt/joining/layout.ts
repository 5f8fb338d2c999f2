// Where everything lies in the output file. Without decimation that is the sequence itself; AP->LF keeps every n-th
// sample of each stretch, starting anew with the first sample after a gap.

import { segmentsBetween, type Block } from './blocks.ts';
import type { Fill, Segment, StreamSequence } from './plan.ts';

export interface OutputLayout {
  /** Rows of the output file. */
  readonly total: number;
  /** Output row of each stretch's first sample. */
  readonly stretchRows: readonly number[];
  readonly fills: readonly Fill[];
  /** Where each input file's first sample lies, in output rows; negative with -startsecs. */
  readonly offsets: readonly number[];
}

/** @param keepEvery 1, or AP->LF's down-sampling factor */
export function layoutOf(sequence: StreamSequence, keepEvery: number): OutputLayout {
  if (keepEvery === 1) return { total: sequence.total, stretchRows: sequence.stretches.map(({ out }) => out), fills: sequence.fills, offsets: sequence.offsets };

  const parts = [...sequence.stretches.map((stretch, index) => ({ out: stretch.out, stretch, index })), ...sequence.fills.map((fill, index) => ({ out: fill.out, fill, index }))];
  // A fill of length 0 shares its place with the stretch after it: it comes first.
  parts.sort((a, b) => a.out - b.out || ('fill' in a ? -1 : 1));
  const stretchRows: number[] = [];
  const fills: Fill[] = [];
  let total = 0;
  /** Input samples from the end of the last stretch to where its next kept sample would have been. */
  let toNextKept = 0;
  for (const part of parts) {
    if ('stretch' in part) {
      stretchRows[part.index] = total;
      const kept = Math.ceil(part.stretch.count / keepEvery);
      total += kept;
      toNextKept = kept * keepEvery - part.stretch.count;
    } else {
      const rowsIn = (samples: number) => Math.max(0, Math.floor((keepEvery - 1 - toNextKept + samples) / keepEvery));
      const length = rowsIn(part.fill.length);
      fills.push({ ...part.fill, out: total, length, gap: rowsIn(part.fill.gap) });
      total += length;
    }
  }
  const offsets = sequence.offsets.map((offset) => {
    const index = Math.max(0, sequence.stretches.findLastIndex(({ out }) => out <= offset));
    return (stretchRows[index] ?? 0) + Math.trunc((offset - (sequence.stretches[index]?.out ?? 0)) / keepEvery);
  });
  return { total, stretchRows, fills, offsets };
}

export interface BlockPlace {
  readonly block: Block;
  readonly segments: readonly Segment[];
  readonly outputRow: number;
  readonly keepOffset: number;
}

/** What a worker must know of a block's place in input and output. */
export function placeBlock(block: Block, sequence: StreamSequence, layout: OutputLayout, keepEvery: number): BlockPlace {
  const kept = Math.ceil(block.position / keepEvery);
  return {
    block,
    segments: segmentsBetween(sequence.stretches[block.stretch], block.first, block.end),
    outputRow: layout.stretchRows[block.stretch] + kept,
    keepOffset: kept * keepEvery - block.position,
  };
}
