// One output beside the run's clock: where its files and moments lie on the axis, and which start and length an edge that
// is dragged there means.

import type { RunTimeline, TimelineFile } from '../../../core/service/contract/index.ts';
import { type Axis, type Fold, foldedAxis } from './folds.ts';

export interface JoinedOutput {
  readonly files: readonly TimelineFile[];
  readonly rate_Hz: number;
  /** Of its first file before the start that is asked for, on the run's clock, s. */
  readonly file_s: number;
  readonly fileLength_s: number;
  /** What is skipped of the first file, s. */
  readonly start_s: number;
  /** As it stands, and as long as it can be on the run's clock, s. */
  readonly length_s: number;
  readonly whole_s: number;
  /** A moment of the output to its place on the axis, and back. */
  readonly of: (out_s: number) => number;
  readonly at: (place_s: number) => number;
}

/** Its first sample stands below the first sample that is used. undefined: nothing of it is read. */
export function joinedOutput(timeline: RunTimeline, output: number, axis: Axis): JoinedOutput | undefined {
  const row = timeline.rows.find(({ stream }) => stream.endsWith('.ap')) ?? timeline.rows[0];
  const files = row?.files.filter((file) => file.output === output && file.used_smp > 0) ?? [];
  if (!row || files.length === 0) return undefined;
  const [first] = files;
  const zero_s = first.start_s - (first.outStart_s ?? 0);
  const folded = foldedAxis(files.flatMap((file) => foldsOfFill(file, row.rate_Hz, axis.folds)));
  const last = row.files.findLast((file) => file.output === output && file.outcome !== 'missing') ?? files[files.length - 1];
  return {
    files, rate_Hz: row.rate_Hz, file_s: first.start_s, fileLength_s: first.samples_smp / row.rate_Hz, start_s: zero_s - first.start_s, length_s: timeline.outputs[output].joined_s, whole_s: last.end_s - zero_s,
    of: (out_s) => axis.of(zero_s) + folded.of(out_s),
    at: (place_s) => folded.at(place_s - axis.of(zero_s)),
  };
}

/** What is folded of the fill before a file, in time of the output: the same silences where the gap is filled whole, else the fill as one. */
function foldsOfFill({ start_s, outStart_s, gap_smp, fill_smp }: TimelineFile, rate_Hz: number, folds: readonly Fold[]): Fold[] {
  const out = outStart_s ?? 0;
  const inGap = folds.filter(({ from_s, to_s }) => to_s <= start_s + 0.001 && from_s >= start_s - gap_smp / rate_Hz - 0.001);
  if (inGap.length === 0 || fill_smp === 0) return [];
  if (fill_smp === gap_smp) return inGap.map(({ from_s, to_s, shown_s }) => ({ from_s: out + from_s - start_s, to_s: out + to_s - start_s, shown_s }));
  const fill = fill_smp / rate_Hz;
  return [{ from_s: out - fill, to_s: out, shown_s: Math.min(fill, inGap[0].shown_s) }];
}

/** A start that was pointed at, in decimal steps no finer than a pixel, s; null: from the beginning. */
export function startFor(seconds: number, { fileLength_s }: JoinedOutput, pixel_s: number): number | null {
  const start = rounded(Math.min(seconds, fileLength_s - step(pixel_s)), pixel_s);
  return start <= 0 ? null : start;
}

/** A length that was pointed at, s; null: to the end. */
export function lengthFor(seconds: number, { whole_s }: JoinedOutput, pixel_s: number): number | null {
  const length = Math.max(step(pixel_s), rounded(seconds, pixel_s));
  return length >= whole_s - pixel_s / 2 ? null : length;
}

const step = (pixel_s: number) => Math.max(0.001, 10 ** Math.ceil(Math.log10(Math.max(1e-6, pixel_s)) - 1e-9));
const rounded = (seconds: number, pixel_s: number) => Number((Math.round(seconds / step(pixel_s)) * step(pixel_s)).toFixed(3));
