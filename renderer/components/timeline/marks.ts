// Gaps and overlaps between the files of a timeline, with their lengths in words.

import type { TimelineRow } from '../../../core/service/contract/index.ts';
import { lengthText } from './describe.ts';
import type { Fold } from './folds.ts';

export interface TimeMark {
  readonly kind: 'gap' | 'overlap';
  readonly from_s: number;
  readonly to_s: number;
  readonly text: string;
  /** Of a gap that is folded: its length is told nowhere else. */
  readonly must?: boolean;
}

/** Of several rows one per place: all streams of a run pause together. Gaps are those of the recording, chosen or not. */
export function marksOf(rows: readonly TimelineRow[]): TimeMark[] {
  const marks: TimeMark[] = [];
  for (const { files, rate_Hz } of rows) {
    const there = files.filter((file) => file.outcome !== 'missing');
    there.forEach((file, index) => {
      if (index === 0) return;
      const before = there[index - 1];
      const seconds = file.start_s - before.end_s;
      if (Math.abs(seconds) < 1.5 / rate_Hz) return; // end trimming leaves a sample
      const kind = seconds > 0 ? 'gap' : 'overlap';
      const [from_s, to_s] = seconds > 0 ? [before.end_s, file.start_s] : [file.start_s, Math.min(before.end_s, file.end_s)];
      if (marks.some((mark) => mark.kind === kind && Math.abs(mark.from_s - from_s) < 0.05)) return;
      marks.push({ kind, from_s, to_s, text: `${kind} ${lengthText(Math.abs(seconds))}` });
    });
  }
  return marks.sort((a, b) => a.from_s - b.from_s);
}

/** The marks beneath all rows, those of folds told apart. No stream need have files on both sides of a fold. */
export function marksWithFolds(rows: readonly TimelineRow[], folds: readonly Fold[]): TimeMark[] {
  const folded = folds.map(({ from_s, to_s }): TimeMark => ({ kind: 'gap', from_s, to_s, text: `gap ${lengthText(to_s - from_s)}, folded`, must: true }));
  const isFolded = (mark: TimeMark) => mark.kind === 'gap' && folds.some(({ from_s, to_s }) => mark.from_s <= from_s + 0.001 && mark.to_s >= to_s - 0.001);
  return [...folded, ...marksOf(rows).filter((mark) => !isFolded(mark))].sort((a, b) => a.from_s - b.from_s);
}
