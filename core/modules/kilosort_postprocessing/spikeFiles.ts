// The files of a sorter's folder that hold one row per spike, and writing them with fewer rows.

import fs from 'node:fs/promises';
import path from 'node:path';
import { writeWhole } from '../../common/index.ts';
import { encodeNpy, readNpy, type TypedArray } from '../../formats/index.ts';
import { copyNpyRows, openNpy } from '../../formats/phyFolder/index.ts';

const perSpike = /^(spike_.*|amplitudes|pc_features|template_features)\.npy$/;

/** The reference makes these one-dimensional. */
const flattened = new Set(['spike_times.npy', 'spike_clusters.npy']);

/** Names of the arrays with as many rows as there are spikes; other sorters' files of such names are left alone. */
export async function spikeFiles(folder: string, spikes: number): Promise<string[]> {
  const names = (await fs.readdir(folder)).filter((name) => perSpike.test(name)).sort();
  const rows = await Promise.all(names.map(async (name) => (await openNpy(path.join(folder, name))).shape[0]));
  return names.filter((_, index) => rows[index] === spikes);
}

/** Times in seconds, made from spike_times.npy: they cannot just lose rows when spikes are shifted. */
export function isTimeInSeconds(name: string): boolean {
  return name.startsWith('spike_times_');
}

export interface CopySpikeFile {
  readonly name: string;
  readonly source: string;
  readonly target: string;
  /** Rows of the source in the order they shall have. */
  readonly rows: Uint32Array;
  /** For spike_times.npy of shifted spikes: the new times, samples. */
  readonly times?: Float64Array;
}

/** Number type and values stay as they are. */
export async function copySpikeFile({ name, source, target, rows, times }: CopySpikeFile): Promise<void> {
  if (name === 'spike_times.npy' && times) return writeWhole(target, await timesLike(source, times));
  await copyNpyRows(source, target, rows, { flat: flattened.has(name) });
}

async function timesLike(source: string, times: Float64Array): Promise<Uint8Array> {
  const { data } = await readNpy(source);
  return encodeNpy(asType(data, times), [times.length]);
}

function asType(sample: TypedArray, values: Float64Array): TypedArray {
  if (sample instanceof BigInt64Array) return BigInt64Array.from(values, BigInt);
  if (sample instanceof BigUint64Array) return BigUint64Array.from(values, BigInt);
  return new (sample.constructor as new (values: Float64Array) => TypedArray)(values);
}
