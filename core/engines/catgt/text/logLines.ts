// Lines of CatGT's log that other programs look for.

import { formatG } from '../../../common/index.ts';
import type { StreamId } from '../../../spikeglx/index.ts';
import { shortLabel } from './offsets.ts';

export interface GapFacts {
  /** Base name of the file after the gap. */
  readonly file: string;
  /** In output samples: where the gap begins, how long it is, how much of it was filled. */
  readonly outStart: number;
  readonly gap: number;
  readonly fill: number;
  /** Counted in LF samples although the file is an AP file; that line has no full stop. */
  readonly lfFromAp?: boolean;
}

export function gapLine({ file, outStart, gap, fill, lfFromAp }: GapFacts): string {
  return `Gap before file '${file}' out_start_smp=${outStart} inp_gap_smp=${gap} out_zeros_smp=${fill}${lfFromAp ? '' : '.'}`;
}

/** `run` is `name_g0`; pipelines look for this line. */
export function gfixLine(run: string, probe: number, editsPerSecond: number): string {
  return `Run ${run} Gfix prb ${probe} edits/sec ${formatG(editsPerSecond, 3)}`;
}

export function creatingLfLine(probe: number): string {
  return `Creating lf stream for probe ${probe}.`;
}

/** Of a stream that joins many files, now and then: how many of them are in the output. */
export function filesDoneLine(stream: StreamId, done: number, all: number): string {
  return `Done ${shortLabel(stream)}: ${done} of ${all}.`;
}

/** After a stream of an extraction pass. */
export function extractedLine(stream: StreamId): string {
  return `Done ${shortLabel(stream)}: tcat.`;
}
