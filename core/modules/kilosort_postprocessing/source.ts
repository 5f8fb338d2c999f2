// Which spikes to start from. Removing duplicates from what a first run has left would find none and report none; so a
// folder that still is what this module made of `<folder>_orig` is made from there again, and doing it twice equals
// doing it once. Once somebody has curated the folder or sorted again, its own spikes are taken.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { inputFileError, isThere } from '../../common/index.ts';
import { originalFolder, recoverPhyFolder } from '../../formats/phyFolder/index.ts';

/** In the sorter's folder: from which spikes this module made which. */
export const recordFile = 'kilosort_postprocessing.json';

interface PostprocessingRecord {
  /** SHA-256 over spike_times.npy and spike_clusters.npy. */
  readonly source: string;
  readonly result: string;
}

/** The folder itself or its original. Throws InputFileError. */
export async function sourceFolder(folder: string): Promise<string> {
  await recoverPhyFolder(folder);
  const record = await readRecord(folder);
  const original = originalFolder(folder);
  if (!record || record.result !== (await spikesDigest(folder))) return folder;
  const originalDigest = await spikesDigest(original).catch(() => undefined);
  return originalDigest === record.source ? original : folder;
}

/** The record's text, for two folders of which `result` was made from `source`. */
export async function sourceRecord(source: string, result: string): Promise<string> {
  const record: PostprocessingRecord = { source: await spikesDigest(source), result: await spikesDigest(result) };
  return `${JSON.stringify(record, undefined, 2)}\n`;
}

async function readRecord(folder: string): Promise<PostprocessingRecord | undefined> {
  try {
    return JSON.parse(await fs.readFile(path.join(folder, recordFile), 'utf8')) as PostprocessingRecord;
  } catch {
    return undefined; // none, or not ours
  }
}

/** Sorters that leave no spike_clusters.npy have a digest too. */
async function spikesDigest(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const name of ['spike_times.npy', 'spike_clusters.npy']) {
    const file = path.join(folder, name);
    const exists = name === 'spike_times.npy' || (await isThere(file));
    if (!exists) continue;
    await pipeline(createReadStream(file), async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) hash.update(chunk);
    }).catch((error: unknown) => {
      throw inputFileError(file, error);
    });
  }
  return hash.digest('hex');
}
