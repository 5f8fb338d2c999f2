// Long silences of a run folded to a narrow break: the time axis with them taken out. Both ways, so that what is pointed at
// can be told in true time.

import type { TimelineRow } from '../../../core/service/contract/index.ts';

/** A stretch in which no stream recorded, drawn as if it lasted `shown_s`. */
export interface Fold {
  readonly from_s: number;
  readonly to_s: number;
  readonly shown_s: number;
}

export interface Axis {
  readonly folds: readonly Fold[];
  /** True time to the place on the axis, both in s. */
  readonly of: (at_s: number) => number;
  /** And back; within a fold in proportion. */
  readonly at: (place_s: number) => number;
}

/** A silence is long when it lasts more than this many times the median file. */
const longer = 20;
/** What breaks take of the whole axis: each, and all together. */
const share = 0.04;
const shareOfAll = 0.3;

/** Silences that are worth folding, in order. */
export function foldsOf(rows: readonly TimelineRow[]): Fold[] {
  const files = rows.flatMap((row) => row.files.filter(({ outcome }) => outcome !== 'missing')).sort((a, b) => a.start_s - b.start_s);
  if (files.length === 0) return [];
  const lengths = files.map(({ start_s, end_s }) => end_s - start_s).sort((a, b) => a - b);
  const median = lengths[lengths.length >> 1];
  const silences: { from_s: number; to_s: number }[] = [];
  let end = files[0].end_s;
  for (const file of files) {
    if (file.start_s - end > longer * median) silences.push({ from_s: end, to_s: file.start_s });
    end = Math.max(end, file.end_s);
  }
  const recorded = end - files[0].start_s - silences.reduce((sum, { from_s, to_s }) => sum + to_s - from_s, 0);
  const each = Math.min(share, shareOfAll / silences.length);
  const shown_s = (recorded * each) / (1 - each * silences.length);
  return silences.map((silence) => ({ ...silence, shown_s: Math.min(shown_s, silence.to_s - silence.from_s) }));
}

/** @param folds in order, apart from one another. Before the first of them places are times. */
export function foldedAxis(folds: readonly Fold[]): Axis {
  return {
    folds,
    of(at_s) {
      let removed = 0;
      for (const { from_s, to_s, shown_s } of folds) {
        if (at_s <= from_s) break;
        if (at_s < to_s) return from_s - removed + ((at_s - from_s) / (to_s - from_s)) * shown_s;
        removed += to_s - from_s - shown_s;
      }
      return at_s - removed;
    },
    at(place_s) {
      let removed = 0;
      for (const { from_s, to_s, shown_s } of folds) {
        const from = from_s - removed;
        if (place_s <= from) break;
        if (place_s < from + shown_s) return from_s + ((place_s - from) / shown_s) * (to_s - from_s);
        removed += to_s - from_s - shown_s;
      }
      return place_s + removed;
    },
  };
}
