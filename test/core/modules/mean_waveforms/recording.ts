// An AP file of eight channels and SY at 30 kHz in which every spike is known: silence, and triangles where spikes are.

import fs from 'node:fs/promises';
import path from 'node:path';

export const columns = 9;
/** 1e6 * 0.6 V / 512 / gain 500. */
export const microvolts = (1e6 * 0.6) / 512 / 500;
export const seconds = 0.6;

export interface Spike {
  /** Of its trough. */
  readonly sample: number;
  readonly column: number;
  /** Counts. */
  readonly depth: number;
}

/** Counts of a spike at samples -1, 0, 1, 2 ... from its trough. */
const waveform = [-0.4, -1, -0.5, 0.25, 0.125];

/** Two columns of four rows: sites 0, 2, 4, 6 at x = 27 and 1, 3, 5, 7 at x = 59; 20 um between rows. Returns the .bin. */
export async function writeRecording(folder: string, spikes: readonly Spike[]): Promise<string> {
  const samples = new Int16Array(30000 * seconds * columns);
  for (const { sample, column, depth } of spikes) {
    waveform.forEach((value, index) => { samples[(sample - 1 + index) * columns + column] += value * depth; });
  }
  const sites = Array.from({ length: 8 }, (_, site) => `(0:${site % 2 === 0 ? 27 : 59}:${20 * Math.floor(site / 2)}:1)`);
  const meta: Record<string, string | number> = {
    acqApLfSy: '384,384,1', fileSizeBytes: samples.byteLength, fileTimeSecs: seconds, imAiRangeMax: 0.6, imDatPrb_pn: 'NP1010', imDatPrb_type: 0, imMaxInt: 512,
    imSampRate: 30000, nSavedChans: columns, snsApLfSy: '8,0,1', snsSaveChanSubset: '0:7,768', typeThis: 'imec',
    '~imroTbl': `(0,384)${Array.from({ length: 384 }, (_, channel) => `(${channel} 0 0 500 250 1)`).join('')}`,
    '~snsGeomMap': `(NP1010,1,0,70)${sites.join('')}`,
  };
  const bin = path.join(folder, 'r_g0_tcat.imec0.ap.bin');
  await fs.writeFile(bin, new Uint8Array(samples.buffer));
  await fs.writeFile(bin.replace('.bin', '.meta'), Object.entries(meta).map(([key, value]) => `${key}=${value}\n`).join(''));
  return bin;
}
