// A short AP file of five channels and SY: noise of 10 counts, on column 4 of 200.

import fs from 'node:fs/promises';
import path from 'node:path';

export const columns = 6;
/** Hz: slow, so that 15 s are a small file. */
export const rate = 2000.5;

/** Sites in two columns, 20 um between rows; column 2 is switched off when `unused`. Returns the .bin. */
export async function writeRecording(folder: string, { seconds = 16, unused = false } = {}): Promise<string> {
  const samples = new Int16Array(Math.round(seconds * rate) * columns);
  let state = 12345;
  for (let k = 0; k < samples.length; k++) {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    const column = k % columns;
    samples[k] = column === columns - 1 ? 64 : Math.round((state / 2 ** 31 - 0.5) * 2 * (column === 4 ? 200 : 10));
  }
  const sites = [0, 1, 2, 3, 4].map((site) => `(0:${site % 2 === 0 ? 27 : 59}:${20 * Math.floor(site / 2)}:${unused && site === 2 ? 0 : 1})`);
  const meta: Record<string, string | number> = {
    acqApLfSy: '384,384,1', fileSizeBytes: samples.byteLength, imAiRangeMax: 0.6, imDatPrb_pn: 'NP1010', imDatPrb_type: 0, imMaxInt: 512, imSampRate: rate,
    nSavedChans: columns, snsApLfSy: '5,0,1', snsSaveChanSubset: '0:4,768', typeThis: 'imec', '~snsGeomMap': `(NP1010,1,0,70)${sites.join('')}`,
  };
  const bin = path.join(folder, 'r_g0_tcat.imec0.ap.bin');
  await fs.writeFile(bin, new Uint8Array(samples.buffer));
  await fs.writeFile(bin.replace('.bin', '.meta'), Object.entries(meta).map(([key, value]) => `${key}=${value}\n`).join(''));
  return bin;
}
