// The sorter's output folders of a run, and their spike times in seconds.

import fs from 'node:fs/promises';
import path from 'node:path';
import { InputFileError, inputFileError, writeWhole, isThere } from '../../common/index.ts';
import { encodeNpy, npyNumbers, readNpy } from '../../formats/index.ts';

/** Folders named `imec*_<tag>` in any of `parents`, sorted by name in each; a parent that is missing has none. */
export async function findSortFolders(parents: readonly string[], tag: string): Promise<string[]> {
  const found = await Promise.all(parents.map(async (parent) => {
    const entries = await fs.readdir(parent, { withFileTypes: true }).catch(() => []);
    const names = entries.filter((entry) => entry.isDirectory() && entry.name.startsWith('imec') && entry.name.endsWith(`_${tag}`)).map(({ name }) => name);
    return names.sort().map((name) => path.join(parent, name));
  }));
  return found.flat();
}

/** Spike times on the clock of the stream they were recorded with, and aligned. Both float64, seconds, one per spike. */
export function spikeSecondsFiles(sortFolder: string): { own: string; aligned: string } {
  return { own: path.join(sortFolder, 'spike_times_sec.npy'), aligned: path.join(sortFolder, 'spike_times_sec_adj.npy') };
}

/**
 * spike_times.npy (samples, any integer type, (n) or (n,1)) / the sample_rate of params.py, as a one-dimensional array of
 * the same order; also returns the rate (Hz). Throws InputFileError.
 */
export async function spikeSeconds(sortFolder: string): Promise<{ npy: Uint8Array; rate: number }> {
  const rate = await sampleRate(path.join(sortFolder, 'params.py'));
  const seconds = npyNumbers(await readNpy(spikeTimesFile(sortFolder))).map((sample) => sample / rate);
  return { npy: encodeNpy(seconds, [seconds.length]), rate };
}

export function spikeTimesFile(sortFolder: string): string {
  return path.join(sortFolder, 'spike_times.npy');
}

export async function hasSpikeTimes(sortFolder: string): Promise<boolean> {
  return isThere(spikeTimesFile(sortFolder));
}

export async function writeAll(files: readonly string[], content: Uint8Array): Promise<void> {
  for (const file of files) await writeWhole(file, content);
}

/** `sample_rate = 30000.123` of a phy params.py. */
async function sampleRate(paramsPy: string): Promise<number> {
  const text = await fs.readFile(paramsPy, 'utf8').catch((error: unknown) => {
    throw inputFileError(paramsPy, error);
  });
  const rate = Number(/^\s*sample_rate\s*=\s*([\d.eE+-]+)/m.exec(text)?.[1]);
  if (rate > 0 && Number.isFinite(rate)) return rate;
  throw new InputFileError(paramsPy, 'gives no sample_rate', { next: 'Add a line such as sample_rate = 30000.' });
}
