// Which samples the sorter's folder belongs to: the binary, or a copy of the whitened data Kilosort has worked on. Kilosort
// 2.5 and 3.0 number channels as in their whitened data, which leave out unused ones; 2.0 as in the binary.

import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { inputFileError, InputFileError, isAbort, openOutputs, outputFileError, writeWhole } from '../../common/index.ts';
import { encodeNpy } from '../../formats/index.ts';
import { fileOperations, readCounts } from '../../formats/phyFolder/index.ts';
import { pointParamsAt } from '../../tools/index.ts';
import type { ModuleContext } from '../module.ts';
import type { Job } from './job.ts';

/**
 * Puts the channel map and params.py of `staging` right; returns the files made outside of it.
 * @param connected columns of the binary that were sorted
 */
export async function settleSamples(job: Job, staging: string, connected: readonly number[], context: ModuleContext): Promise<string[]> {
  const { KSver, copy_fproc: copy } = job.section.kilosort2_params;
  const mapFile = path.join(staging, 'channel_map.npy');
  const kept = (await readCounts(mapFile)).length;
  if (KSver !== '2.0') await keepRawMap(mapFile, kept, connected, copy === 1);
  if (copy !== 1) {
    await pointParamsAt(staging, job.folder, { file: job.bin, channels: job.columns, rate: job.rate });
    return [];
  }
  const file = `${job.bin.replace(/\.bin$/i, '')}_ksproc.bin`;
  context.log(`copying the whitened data to ${file}`);
  await copyLarge(scratchFile(job), file, context.signal);
  await pointParamsAt(staging, job.folder, { file, channels: kept, rate: job.rate });
  return [file];
}

/** Beside Kilosort's own map for whitened data, in its place for the binary. */
async function keepRawMap(mapFile: string, kept: number, connected: readonly number[], forWhitened: boolean): Promise<void> {
  if (kept !== connected.length) throw new InputFileError(mapFile, `holds ${kept} channels, but ${connected.length} were given to Kilosort`);
  const raw = encodeNpy(Int32Array.from(connected), [connected.length]);
  const beside = (name: string) => path.join(path.dirname(mapFile), name);
  if (forWhitened) return writeWhole(beside('channel_map_raw.npy'), raw);
  await fileOperations.copyFile(mapFile, beside('channel_map_ks_preprocessed.npy'));
  await writeWhole(mapFile, raw);
}

/** ops.fproc, a MATLAB text that has been checked; relative to where MATLAB runs. */
export function scratchFile({ home, section }: Pick<Job, 'home' | 'section'>): string {
  const text = section.kilosort2_params.fproc.trim().replace(/^'(.*)'$/, '$1').replaceAll("''", "'");
  return path.resolve(home, text);
}

async function copyLarge(from: string, to: string, signal: AbortSignal | undefined): Promise<void> {
  await fs.promises.access(from).catch((error: unknown) => {
    throw inputFileError(from, error);
  });
  const outputs = openOutputs();
  try {
    await pipeline(fs.createReadStream(from, { highWaterMark: 2 ** 22 }), fs.createWriteStream(await outputs.add(to)), { signal });
    await outputs.commit();
  } catch (error) {
    await outputs.discard();
    throw isAbort(error) ? error : outputFileError(to, error);
  }
}
