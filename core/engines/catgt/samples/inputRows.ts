// Reads samples of a stretch into an interleaved buffer, the way blocks want them: real samples where there are any,
// repeated edge samples before and after.

import { InputFileError } from '../../../common/index.ts';
import { openBin } from '../../../spikeglx/index.ts';
import type { Segment } from '../joining/plan.ts';

/** Reads the segments one after the other into `into` (int16, `columns` a row), from row `row` on. Returns rows read. */
export function readSegments(segments: readonly Segment[], columns: number, into: Int16Array, row: number): number {
  let at = row;
  for (const segment of segments) {
    const file = openBin(segment.bin, columns);
    try {
      const got = file.read(segment.start, segment.count, into.subarray(at * columns, (at + segment.count) * columns));
      if (got !== segment.count) {
        throw new InputFileError(segment.bin, `ended at sample ${segment.start + got}, ${segment.count - got} samples short of what its meta says`, { next: 'Copy the file again from the acquisition machine.' });
      }
    } finally {
      file.close();
    }
    at += segment.count;
  }
  return at - row;
}

/** Copies row `from` over rows [first, end). */
export function repeatRow(samples: Int16Array, columns: number, from: number, first: number, end: number): void {
  for (let row = first; row < end; row++) samples.copyWithin(row * columns, from * columns, (from + 1) * columns);
}

/** Early 3.0 probes deliver neural values with the wrong sign: flips them (int16, wrapping). */
export function negateNeural(samples: Int16Array, columns: number, neural: number, first: number, end: number): void {
  for (let row = first; row < end; row++) {
    for (let i = row * columns, stop = i + neural; i < stop; i++) samples[i] = -samples[i];
  }
}
