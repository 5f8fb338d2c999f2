// Times of events as CatGT wrote them: one text file per line that was extracted.

import fs from 'node:fs/promises';
import path from 'node:path';
import { inputFileError } from '../../common/index.ts';
import type { OutputFolder } from './outputs.ts';

export interface EventLine {
  /** Same for the same line in other gates: `nidq xd_2_1_50`. */
  readonly key: string;
  readonly stream: string;
  readonly device: string;
  /** `NI word 2 bit 1, 50 ms`. */
  readonly label: string;
  readonly isSync: boolean;
  /** One per output folder that has it. */
  readonly files: readonly { readonly path: string; readonly folder: string }[];
}

/** Lines of all folders, sync lines last. */
export function eventLines(outputs: readonly OutputFolder[]): EventLine[] {
  const lines = new Map<string, EventLine & { readonly files: { path: string; folder: string }[] }>();
  for (const output of outputs) {
    for (const file of output.events) {
      const match = /_tcat\.((?:imec\d*\.(?:ap|lf))|nidq|obx\d+)(?:\.obx)?\.(xa|xd|xia|xid|bft)_([\d_]+)\.txt$/i.exec(path.basename(file));
      if (!match) continue;
      const [, stream, kind, numbers] = match;
      const key = `${stream} ${kind}_${numbers}`;
      const line = lines.get(key) ?? { key, stream, device: stream.split('.')[0], ...describe(stream, kind, numbers.split('_').map(Number)), files: [] };
      line.files.push({ path: file, folder: output.path });
      lines.set(key, line);
    }
  }
  return [...lines.values()].sort((a, b) => Number(a.isSync) - Number(b.isSync) || (a.key < b.key ? -1 : 1));
}

/** CatGT's own edges have a width of half a period: no stimulus is called so. */
function describe(stream: string, kind: string, [word, second, third]: readonly number[]): { label: string; isSync: boolean } {
  const who = stream === 'nidq' ? 'NI' : stream;
  const inverted = /^xi/.test(kind) ? ' inverted' : '';
  const width = (ms: number) => (ms > 0 ? `, ${ms} ms` : '');
  if (kind === 'bft') return { label: `${who} word ${word} bits ${second} to ${second + third - 1}`, isSync: false };
  if (/a$/.test(kind)) return { label: `${who} analog ${word}${inverted}${width(second)}`, isSync: second === 500 };
  return { label: `${who} word ${word} bit ${second}${inverted}${width(third)}`, isSync: third === 500 };
}

/** Seconds of every file, ascending; lines without a number do not count. Throws InputFileError. */
export async function readTimes(files: readonly string[]): Promise<Float64Array[]> {
  return Promise.all(files.map(async (file) => {
    const text = await fs.readFile(file, 'latin1').catch((error: unknown) => { throw inputFileError(file, error); });
    const times = Float64Array.from(text.split('\n'), (line) => (/^\s*[-+.\d]/.test(line) ? Number.parseFloat(line) : NaN));
    return times.filter((time) => !Number.isNaN(time)).sort();
  }));
}
