// A small AP file with known samples, a sorting of it, and C_Waves' numbers computed the plain way.

import fs from 'node:fs/promises';
import path from 'node:path';
import type { CWavesOptions } from '../../../../core/engines/cwaves/index.ts';
import { encodeNpy } from '../../../../core/formats/index.ts';

export const columns = 5;
export const neural = 4;
/** 1e6 * 0.6 V / 512 / gain 500. */
export const microvolts = (1e6 * 0.6) / 512 / 500;

const meta: Record<string, string | number> = {
  acqApLfSy: '384,384,1',
  imAiRangeMax: 0.6,
  imDatPrb_pn: 'NP1010',
  imDatPrb_type: 0,
  imMaxInt: 512,
  imSampRate: 1000,
  nSavedChans: columns,
  snsApLfSy: '4,0,1',
  snsSaveChanSubset: '0:2,191,768',
  typeThis: 'imec',
  '~imroTbl': '(0,384)(0 0 0 500 250 1)(1 0 0 250 125 1)(2 0 0 500 50 1)(191 0 0 500 250 1)',
  '~snsGeomMap': '(NP1010,1,0,70)(0:27:0:1)(0:59:0:1)(0:11:20:1)(0:43:1900:0)',
};

export interface Sorting {
  /** [spikes, peak column] per cluster. */
  readonly table: readonly (readonly [number, number])[];
  /** [sample, cluster] per spike. */
  readonly spikes: readonly (readonly [number, number])[];
}

/** Writes recording and sorting; `samples` is time-major. Returns options that name them. */
export async function writeCase(folder: string, samples: Int16Array, { table, spikes }: Sorting, changes: Record<string, string | number | undefined> = {}): Promise<CWavesOptions> {
  const at = (name: string) => path.join(folder, name);
  const bytes = samples.length * 2;
  const values = { ...meta, fileSizeBytes: bytes, fileTimeSecs: samples.length / columns / 1000, ...changes };
  await fs.writeFile(at('r_g0_tcat.imec0.ap.bin'), new Uint8Array(samples.buffer, samples.byteOffset, bytes));
  await fs.writeFile(at('r_g0_tcat.imec0.ap.meta'), Object.entries(values).filter(([, value]) => value !== undefined).map(([key, value]) => `${key}=${value}\n`).join(''));
  await fs.writeFile(at('table.npy'), encodeNpy(Uint32Array.from(table.flat()), [table.length, 2]));
  await fs.writeFile(at('time.npy'), encodeNpy(BigInt64Array.from(spikes, ([time]) => BigInt(time)), [spikes.length, 1]));
  await fs.writeFile(at('label.npy'), encodeNpy(Uint32Array.from(spikes, ([, label]) => label), [spikes.length]));
  return {
    spikeglxBin: at('r_g0_tcat.imec0.ap.bin'), tableNpy: at('table.npy'), timeNpy: at('time.npy'), labelNpy: at('label.npy'), dest: at('out'),
    samplesPerSpike: 20, preSamples: 5, numSpikes: 100, snrRadius: 8, snrRadiusUm: 50, exclude: [], numerics: 'native',
  };
}

/** Samples that differ everywhere, from a fixed seed. */
export function noise(count: number, amplitude = 100): Int16Array {
  let state = 12345;
  return Int16Array.from({ length: count * columns }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return ((state >>> 8) % (2 * amplitude + 1)) - amplitude;
  });
}

/** Waveforms [spikes][column][time] in counts. */
export function cut(samples: Int16Array, times: readonly number[], before = 5, length = 20): number[][][] {
  return times.map((time) => Array.from({ length: columns }, (_, column) => Array.from({ length }, (_, t) => samples[(time - before + t) * columns + column])));
}

/** (max - min) / (2 n sd) over the disk, sd from the first 15 samples; as signalToNoise is documented. */
export function plainRatio(waveforms: readonly number[][][], disk: readonly number[]): number {
  const n = waveforms.length;
  const sum = (column: number, t: number) => waveforms.reduce((total, waveform) => total + waveform[column][t], 0);
  const length = waveforms[0][0].length;
  const sums = disk.flatMap((column) => Array.from({ length }, (_, t) => sum(column, t)));
  const early = disk.flatMap((column) => Array.from({ length: 15 }, (_, t) => ({ column, t })));
  const squares = early.reduce((total, { column, t }) => total + waveforms.reduce((inner, waveform) => inner + waveform[column][t] ** 2, 0), 0);
  const squaredSums = early.reduce((total, { column, t }) => total + sum(column, t) ** 2, 0);
  const variance = (squares - Math.floor(squaredSums / n)) / ((n - 1) * early.length);
  return (Math.max(...sums) - Math.min(...sums)) / (2 * n * Math.sqrt(variance));
}
