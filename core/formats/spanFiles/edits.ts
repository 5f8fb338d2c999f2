// `<base>.edits.csv`: what joining and gfix put in place of what was recorded, one line per stretch of the written file.

import { formatFixed6, InputFileError } from '../../common/index.ts';

export interface EditRow {
  /** `gfix`: rows that gfix replaced. `fill`: rows that stand for a gap between two input files. */
  readonly kind: 'gfix' | 'fill';
  /** First row of the written file. */
  readonly start_sample: number;
  /** Rows; of a fill 0 when the gap was closed up. */
  readonly samples: number;
  readonly start_s: number;
  readonly seconds: number;
  /** Of a fill: how long the gap was in truth, in rows; null for gfix. */
  readonly gap_samples: number | null;
  /** gfix: `line` or `zeros`. fill: the name of the file before the gap. */
  readonly detail: string;
}

const header = 'kind,start_sample,samples,start_s,seconds,gap_samples,detail';

export const editsPath = (base: string) => `${base}.edits.csv`;

/** @param rows in order of start_sample */
export function formatEdits(rows: readonly EditRow[]): string {
  const line = ({ kind, start_sample, samples, start_s, seconds, gap_samples, detail }: EditRow) =>
    [kind, start_sample, samples, formatFixed6(start_s), formatFixed6(seconds), gap_samples ?? '', quoted(detail)].join(',');
  return [header, ...rows.map(line), ''].join('\n');
}

/** Names of files may hold commas and quotes. */
const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Rows in order of start_sample. Throws InputFileError that names the line. */
export function parseEdits(text: string, path: string): EditRow[] {
  const [first, ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (first !== header) throw new InputFileError(path, `does not begin with the line '${header}'`, { next: 'Make it again with CatGT -edits.' });
  const rows = lines.flatMap((line, index) => {
    if (line === '') return [];
    const row = rowOf(line);
    if (!row) throw new InputFileError(path, `line ${index + 2} ('${line.slice(0, 60)}') is not an edit`, { next: 'Make it again with CatGT -edits.' });
    return [row];
  });
  return rows.sort((a, b) => a.start_sample - b.start_sample);
}

const pattern = /^(gfix|fill),(\d+),(\d+),(\d+(?:\.\d+)?),(\d+(?:\.\d+)?),(\d*),(.*)$/;

function rowOf(line: string): EditRow | null {
  const match = pattern.exec(line);
  if (!match || (match[1] === 'fill') === (match[6] === '')) return null;
  const [, kind, start, samples, start_s, seconds, gap, detail] = match;
  return { kind: kind as EditRow['kind'], start_sample: Number(start), samples: Number(samples), start_s: Number(start_s), seconds: Number(seconds), gap_samples: gap === '' ? null : Number(gap), detail: unquoted(detail) };
}

const unquoted = (text: string) => (text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text);
