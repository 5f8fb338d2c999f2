// Brings the biquads' state from one block's start to the next one's, in a pool worker. A biquad remembers all that came
// before, so this runs in order of time; the blocks themselves can then be filtered in parallel, each from its own state.

import { runBiquad, type StreamTask } from './blockTask.ts';
import { negateNeural, readSegments } from './inputRows.ts';
import type { Segment } from '../joining/plan.ts';

export interface BiquadTask {
  readonly stream: StreamTask;
  readonly segments: readonly Segment[];
  readonly rows: number;
  readonly before?: Float64Array;
}

export function advanceBiquad({ stream, segments, rows, before }: BiquadTask): Float64Array | undefined {
  const { columns, neural } = stream.processing.chain;
  const samples = new Int16Array(rows * columns);
  readSegments(segments, columns, samples, 0);
  if (stream.processing.negate) negateNeural(samples, columns, neural, 0, rows);
  return runBiquad(stream, samples, rows, before);
}
