// CatGT's ct_offsets.txt: where, in the joined file of each stream, the component files start.

import fs from 'node:fs/promises';
import path from 'node:path';
import { InputFileError, inputFileError } from '../../common/index.ts';

/** Start times (s) of the component files, by row name (`sec_imap0`). */
export interface Offsets {
  readonly file: string;
  readonly rows: ReadonlyMap<string, Float64Array>;
}

/** Throws InputFileError. Rows in samples (`smp_`) are left out. */
export async function readOffsets(file: string): Promise<Offsets> {
  const text = await fs.readFile(file, 'utf8').catch((error: unknown) => { throw inputFileError(file, error); });
  const rows = new Map<string, Float64Array>();
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const row = /^\s*(sec_\w+):\s*(.*)$/.exec(line);
    if (!row) continue;
    const starts = Float64Array.from(row[2].trim().split(/\s+/), Number);
    if (starts.some(Number.isNaN)) throw new InputFileError(file, `row '${row[1]}' holds something that is not a number`);
    rows.set(row[1], starts);
  }
  if (rows.size === 0) throw new InputFileError(file, "has no 'sec_' rows", { next: "Give the file that CatGT wrote as <run>_g<gate>_ct_offsets.txt." });
  return { file, rows };
}

/** The starts that belong to the stream of an edge file; the stream is told from the file's name. */
export function startsFor(offsets: Offsets, edgeFile: string): Float64Array {
  const row = offsetsRow(edgeFile);
  if (row === undefined) {
    throw new InputFileError(edgeFile, 'the name does not tell the stream, so that no row of the offsets file can be chosen', { next: 'Edge files must keep the name CatGT gave them, such as run_g0_tcat.imec0.ap.xd_384_6_500.txt.' });
  }
  const starts = offsets.rows.get(row);
  if (!starts) throw new InputFileError(offsets.file, `has no row '${row}' for ${edgeFile}`, { next: 'Give the offsets file that CatGT wrote together with the edge files.' });
  return starts;
}

/** Row name for an edge file, undefined when its name holds no stream. A 3A name (`.imec.ap.`) is probe 0. */
export function offsetsRow(edgeFile: string): string | undefined {
  const name = path.basename(edgeFile.replaceAll('\\', '/'));
  const probe = /\.imec(\d*)\.(ap|lf)\./i.exec(name);
  if (probe) return `sec_im${probe[2].toLowerCase()}${probe[1] || '0'}`;
  const oneBox = /\.obx(\d+)\.obx\./i.exec(name);
  if (oneBox) return `sec_obx${oneBox[1]}`;
  return /\.nidq\./i.test(name) ? 'sec_nidq' : undefined;
}
