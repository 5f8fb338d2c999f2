// What was put in place of recorded samples, for the list beside the output: artifacts that gfix replaced, and filled gaps.

import type { EditRow } from '../../../formats/spanFiles/index.ts';
import type { Edit } from '../gfix/edit.ts';
import type { Fill } from '../joining/plan.ts';

export interface EditedStream {
  readonly edits: readonly Edit[];
  readonly fills: readonly Fill[];
  /** Rows per second. */
  readonly rate: number;
  /** gfix draws lines; otherwise it writes zeros. */
  readonly lines: boolean;
}

/** In order of the output's rows. A gap's true length is counted in its samples too; a closed-up gap has no rows. */
export function editRows({ edits, fills, rate, lines }: EditedStream): EditRow[] {
  const place = (row: number, count: number) => ({ start_sample: row, samples: count, start_s: row / rate, seconds: count / rate });
  return [
    ...fills.map(({ out, length, gap, afterFile }): EditRow => ({ kind: 'fill', ...place(out, length), gap_samples: gap, detail: afterFile })),
    ...edits.map(({ left, length }): EditRow => ({ kind: 'gfix', ...place(left, length), gap_samples: null, detail: lines ? 'line' : 'zeros' })),
  ].sort((a, b) => a.start_sample - b.start_sample);
}
