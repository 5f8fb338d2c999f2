// A probe file for overstriking: column c of sample t holds 100 c + t.

import fs from 'node:fs/promises';
import path from 'node:path';

export const columns = 5;
export const samples = 60;
export const valueAt = (t: number, column: number) => 100 * column + t;

/** Saved: AP 0, 1, 7, LF 384 and SY 768, at 100 samples a second. */
const meta: Record<string, string | number> = {
  acqApLfSy: '384,384,1',
  imSampRate: 100,
  nSavedChans: columns,
  snsApLfSy: '3,1,1',
  snsSaveChanSubset: '0:1,7,384,768',
  typeThis: 'imec',
  fileSizeBytes: samples * columns * 2,
};

export async function writeRecording(folder: string, changes: Record<string, string | number | undefined> = {}): Promise<string> {
  const values = Int16Array.from({ length: samples * columns }, (_, i) => valueAt(Math.floor(i / columns), i % columns));
  const file = path.join(folder, 'r_g0_t0.imec0.ap.bin');
  await fs.writeFile(file, new Uint8Array(values.buffer));
  const text = Object.entries({ ...meta, ...changes }).filter(([, value]) => value !== undefined).map(([key, value]) => `${key}=${value}\n`).join('');
  await fs.writeFile(file.replace(/bin$/, 'meta'), text);
  return file;
}

/** Samples of every column: `[column][t]`. */
export async function readColumns(file: string): Promise<number[][]> {
  const bytes = Uint8Array.from(await fs.readFile(file));
  const values = new Int16Array(bytes.buffer);
  return Array.from({ length: columns }, (_, column) => Array.from({ length: samples }, (_, t) => values[t * columns + column]));
}

export const untouched = (): number[][] => Array.from({ length: columns }, (_, column) => Array.from({ length: samples }, (_, t) => valueAt(t, column)));
