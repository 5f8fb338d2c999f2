// gfix, third part: artifacts that touch are edited as one span; the span is replaced in the written file by a straight
// line per channel, or by zeros.

import type { ArtifactSpan } from './extent.ts';
import { editRows, lineInto } from '../samples/editRows.ts';

/** Rows [left, left + length) of the output; the first and last row stay as they are. */
export interface Edit {
  readonly left: number;
  readonly length: number;
}

const LONGEST_EDIT = 32767;
const LEAST_BEFORE = 2;
const LEAST_AFTER = 6;

/** @param spans in order of detection: a later one with the same key replaces the earlier; @param total output samples */
export function editsOf(spans: readonly ArtifactSpan[], total: number): Edit[] {
  const byKey = new Map(spans.map((span) => [span.key, span]));
  const ordered = [...byKey.values()].sort((a, b) => a.key - b.key);
  const edits: Edit[] = [];
  for (let index = 0; index < ordered.length; ) {
    const first = ordered[index++];
    let left = first.key - first.left;
    let right = first.key + first.right;
    for (; index < ordered.length && ordered[index].key - ordered[index].left <= right; index++) {
      left = Math.min(left, ordered[index].key - ordered[index].left);
      right = Math.max(right, ordered[index].key + ordered[index].right);
    }
    left = Math.max(Math.min(left, first.key - LEAST_BEFORE) - 1, 0);
    right = Math.min(Math.max(right, first.key + LEAST_AFTER) + 1, total - 1);
    edits.push({ left, length: Math.min(right - left + 1, LONGEST_EDIT) });
  }
  return edits;
}

export interface EditTarget {
  readonly path: string;
  readonly columns: number;
  readonly neural: number;
}

/** Applies the edits in order; a later one sees what an earlier one did. */
export function applyEdits(target: EditTarget, edits: readonly Edit[], options: { lineFill: boolean; exact: boolean }): void {
  for (const { left, length } of edits) {
    if (length < 3) continue;
    editRows(target.path, target.columns, left, length, (rows) => {
      const last = (length - 1) * target.columns;
      if (!options.lineFill) {
        for (let row = 1; row < length - 1; row++) rows.fill(0, row * target.columns, row * target.columns + target.neural);
        return;
      }
      // The native tool divides by the length, so that the line falls one step short of its end.
      const steps = options.exact ? length - 1 : length;
      const from = rows.slice(0, target.neural);
      const to = rows.slice(last, last + target.neural);
      for (let row = 1; row < length - 1; row++) lineInto(rows, row * target.columns, from, to, row / steps, options.exact);
    });
  }
}
