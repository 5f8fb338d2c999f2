// Measures how loud every channel of a recording is, spread over the pool, and picks the noise channels.

import { inOrder, InputFileError } from '../../common/index.ts';
import { openBin } from '../../spikeglx/index.ts';
import type { ModuleContext } from '../module.ts';
import type { LoudnessTask } from './tasks.ts';

export interface LoudnessRequest {
  readonly bin: string;
  readonly columns: number;
  /** Hz. */
  readonly rate: number;
  /** uV per count. */
  readonly microvolts: number;
}

/** The part of the recording that is looked at, s. */
const [begin, length] = [5, 10];
/** Columns of one task: 10 s of them take 40 MB. */
const width = 64;

/** uV, one per column, from 5 to 15 s or as much of that as there is. Throws InputFileError. */
export async function loudnessOfColumns({ bin, columns, rate, microvolts }: LoudnessRequest, { pool, signal, warn, progress }: ModuleContext): Promise<number[]> {
  const { first, count } = window(bin, columns, rate, warn);
  const levels: number[] = [];
  const make = (index: number) => {
    const from = index * width;
    const task: LoudnessTask = { bin, columns, first, count, from, to: Math.min(from + width, columns), rate, microvolts };
    return pool.run<number[]>('kilosort_helper.loudness', task, { signal });
  };
  await inOrder(Math.ceil(columns / width), pool.size, make, (some) => {
    levels.push(...some);
    progress?.({ label: 'noise channels', done: levels.length, total: columns });
  });
  return levels;
}

function window(bin: string, columns: number, rate: number, warn: (line: string) => void): { first: number; count: number } {
  const file = openBin(bin, columns);
  const { samples } = file;
  file.close();
  const [first, end] = [Math.trunc(begin * rate), Math.trunc((begin + length) * rate)];
  if (samples >= end) return { first, count: end - first };
  if (samples < rate) throw new InputFileError(bin, `is too short to be sorted: ${(samples / rate).toFixed(3)} s`);
  const wholly = samples < first + rate; // hardly anything would be left
  warn(`${bin}: ends before ${begin + length} s; noise channels are looked for in what there is`);
  return wholly ? { first: 0, count: samples } : { first, count: samples - first };
}
