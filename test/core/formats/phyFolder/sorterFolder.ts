// A small sorter's folder with known content: three templates on four channels, four columns of two sites.

import fs from 'node:fs/promises';
import path from 'node:path';
import { encodeNpy } from '../../../../core/formats/index.ts';

export const channels = 4;
export const templateSamples = 6;

/** Template k: zeros, then a trough of -10 (k + 1) on channel k, half of it on the next one, then back. */
export function templates(count: number, padding = 0): Float32Array {
  const data = new Float32Array(count * (templateSamples + padding) * channels);
  for (let k = 0; k < count; k++) {
    const at = (t: number, c: number) => (k * (templateSamples + padding) + padding + t) * channels + c;
    for (let t = 0; t < templateSamples; t++) data[at(t, k % channels)] = [1, -10 * (k + 1), 4, 3, 2, 1][t];
    data[at(1, (k + 1) % channels)] = -5 * (k + 1);
  }
  return data;
}

export interface Sorting {
  readonly times: readonly number[];
  readonly templates: readonly number[];
  /** Defaults to the templates. */
  readonly clusters?: readonly number[];
}

export const identity = Float64Array.from({ length: channels ** 2 }, (_, index) => (index % (channels + 1) === 0 ? 1 : 0));

/** Writes the files of a Kilosort 4 folder; `replace` changes or (undefined) leaves out some. */
export async function writeSorting(folder: string, sorting: Sorting, replace: Record<string, Uint8Array | string | undefined> = {}): Promise<string> {
  const spikes = sorting.times.length;
  const count = Math.max(3, ...sorting.templates.map((id) => id + 1));
  const files: Record<string, Uint8Array | string | undefined> = {
    'spike_times.npy': encodeNpy(BigInt64Array.from(sorting.times, BigInt), [spikes]),
    'spike_templates.npy': encodeNpy(Int32Array.from(sorting.templates), [spikes]),
    'spike_clusters.npy': encodeNpy(Int32Array.from(sorting.clusters ?? sorting.templates), [spikes]),
    'amplitudes.npy': encodeNpy(Float32Array.from(sorting.times, (_, index) => index + 0.5), [spikes]),
    'templates.npy': encodeNpy(templates(count), [count, templateSamples, channels]),
    'whitening_mat_inv.npy': encodeNpy(identity, [channels, channels]),
    'channel_map.npy': encodeNpy(Int32Array.from([0, 1, 3, 2]), [channels]),
    'channel_positions.npy': encodeNpy(Float32Array.from([0, 0, 32, 0, 0, 20, 32, 20]), [channels, 2]),
    'cluster_Amplitude.tsv': `cluster_id\tAmplitude\n${Array.from({ length: count }, (_, k) => `${k}\t${10 * (k + 1)}\n`).join('')}`,
    'params.py': "dat_path = 'gone.bin'\nn_channels_dat = 5\noffset = 0\nsample_rate = 30000.\ndtype = 'int16'\nhp_filtered = False\n",
    ...replace,
  };
  await fs.mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) if (content !== undefined) await fs.writeFile(path.join(folder, name), content);
  return folder;
}

/** Every file of a folder and its bytes, for comparing. */
export async function contents(folder: string): Promise<Record<string, string>> {
  const names = await fs.readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return Object.fromEntries(await Promise.all(files.sort().map(async (file) => [path.relative(folder, file), (await fs.readFile(file)).toString('latin1')] as const)));
}
