// The list of what was put in place of recorded samples (`<base>.edits.csv`): artifacts that gfix replaced, and filled
// gaps. One line each, in order of the output's rows.

import { formatFixed6 } from '../../../common/index.ts';
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

const HEADER = 'kind,start_sample,samples,start_s,seconds,gap_samples,detail';

/** Rows are those of the output. A gap's true length is counted in its samples too; a closed-up gap has no rows. */
export function editsText({ edits, fills, rate, lines }: EditedStream): string {
  const rows = [
    ...fills.map((fill) => ({ kind: 'fill', start: fill.out, rows: fill.length, gap: String(fill.gap), detail: fill.afterFile })),
    ...edits.map(({ left, length }) => ({ kind: 'gfix', start: left, rows: length, gap: '', detail: lines ? 'line' : 'zeros' })),
  ].sort((a, b) => a.start - b.start);
  const line = ({ kind, start, rows: count, gap, detail }: (typeof rows)[number]) => [kind, start, count, formatFixed6(start / rate), formatFixed6(count / rate), gap, quoted(detail)].join(',');
  return [HEADER, ...rows.map(line)].map((each) => `${each}\n`).join('');
}

/** File names may hold commas. */
function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
