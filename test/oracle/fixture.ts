/** Small NP1010 recordings on disk for the oracle's own tests: AP columns with one SY column behind them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { readStreamMeta, type StreamMeta } from './meta.ts';

export interface SmallFile {
  readonly firstSample: number;
  readonly samples: number;
  /** Count at a sample and column; column `neural` is SY. */
  readonly value: (sample: number, column: number) => number;
}

export const neural = 4;
export const columns = neural + 1;

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** Sites 20 um apart in one column of the probe. */
export function writeSmallFiles(files: readonly SmallFile[]): { bin: string; meta: string }[] {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'aftergate ü '));
  folders.push(folder);
  return files.map(({ firstSample, samples, value }, trigger) => {
    const stem = path.join(folder, `small_g0_t${trigger}.imec0.ap`);
    const counts = Int16Array.from({ length: samples * columns }, (_, i) => value(Math.floor(i / columns), i % columns));
    writeFileSync(`${stem}.bin`, new Uint8Array(counts.buffer));
    writeFileSync(`${stem}.meta`, metaText(firstSample, counts.byteLength));
    return { bin: `${stem}.bin`, meta: `${stem}.meta` };
  });
}

export function smallMeta(): StreamMeta {
  return readStreamMeta(writeSmallFiles([{ firstSample: 0, samples: 1, value: () => 0 }])[0].meta);
}

function metaText(firstSample: number, bytes: number): string {
  const sites = Array.from({ length: neural }, (_, c) => `(0:27:${20 * c}:1)`).join('');
  return [
    `fileSizeBytes=${bytes}`, `firstSample=${firstSample}`, 'imDatPrb_pn=NP1010', 'imSampRate=30000', `nSavedChans=${columns}`,
    `snsApLfSy=${neural},0,1`, `snsSaveChanSubset=0:${neural - 1},768`, '~imroTbl=(0,384)(0 0 0 500 250 1)',
    `~snsGeomMap=(NP1010,1,0,70)${sites}`,
  ].join('\r\n');
}
