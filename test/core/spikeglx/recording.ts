// Small files of SpikeGLX for tests: metas with the keys that matter, sparse binaries.

import fs from 'node:fs/promises';
import path from 'node:path';
import { parseMeta } from '../../../core/spikeglx/index.ts';
import type { Meta } from '../../../core/spikeglx/index.ts';

export function metaOf(values: Record<string, string | number>): Meta {
  const text = Object.entries(values).map(([key, value]) => `${key}=${value}\n`).join('');
  return parseMeta(Buffer.from(text), 'test.meta');
}

/** An AP file of a 1.0 probe with 4 saved channels and SY. */
export const apValues = {
  acqApLfSy: '384,384,1',
  fileCreateTime: '2024-07-01T12:00:00',
  imAiRangeMax: 0.6,
  imDatPrb_pn: 'NP1010',
  imDatPrb_type: 0,
  imMaxInt: 512,
  imSampRate: 30000,
  nSavedChans: 5,
  snsApLfSy: '4,0,1',
  snsSaveChanSubset: '0:2,191,768',
  syncSourceIdx: 1,
  '~imroTbl': '(0,384)(0 0 0 500 250 1)(1 0 0 250 125 1)(2 0 0 1000 50 1)(191 0 0 500 250 1)',
  '~snsGeomMap': '(NP1010,1,0,70)(0:27:0:1)(0:59:0:1)(0:11:20:1)(0:43:1900:0)',
} as const;

export const niValues = {
  fileCreateTime: '2024-07-01T12:00:00',
  nSavedChans: 3,
  niAiRangeMax: 5,
  niMaxInt: 32768,
  niSampRate: 25000,
  niMNGain: 200,
  niMAGain: 1,
  snsMnMaXaDw: '1,0,1,1',
  snsSaveChanSubset: 'all',
  syncSourceIdx: 1,
} as const;

export interface FileToWrite {
  /** Of the .bin and .meta, without extension; folders are made. */
  readonly at: string;
  readonly values: Record<string, string | number>;
  /** Samples in the binary; undefined for no binary. */
  readonly samples?: number;
  /** What the meta says; the binary's size by default, undefined leaves the key out. */
  readonly fileSizeBytes?: number | null;
}

/** Writes a .meta and, sparse, a .bin. Its mtime lies a day back, as of a run that has ended. */
export async function writeRecording(folder: string, { at, values, samples, fileSizeBytes }: FileToWrite): Promise<string> {
  const base = path.join(folder, at);
  await fs.mkdir(path.dirname(base), { recursive: true });
  const bytes = (samples ?? 0) * 2 * Number(values.nSavedChans);
  const size = fileSizeBytes === null ? {} : { fileSizeBytes: fileSizeBytes ?? bytes };
  const text = Object.entries({ ...values, ...size }).map(([key, value]) => `${key}=${value}\n`).join('');
  await fs.writeFile(`${base}.meta`, text);
  if (samples !== undefined) {
    await fs.writeFile(`${base}.bin`, '');
    await fs.truncate(`${base}.bin`, bytes);
    const yesterday = new Date(Date.now() - 86_400_000);
    await fs.utimes(`${base}.bin`, yesterday, yesterday);
  }
  return base;
}
