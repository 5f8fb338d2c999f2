// A folder the user added, in words: how many runs it has, since when, and why it could not be read.

import fs from 'node:fs/promises';
import { isAftergateError } from '../../common/index.ts';
import type { FolderLook } from '../../spikeglx/index.ts';
import type { Root } from '../contract/index.ts';
import { idOf } from './describe.ts';
import { grouped, when } from './words.ts';

/** Not looked at yet. */
export const newRoot = (folder: string): Root => ({ rootId: idOf(folder), path: folder, state: 'scanning', runs: 0, scannedAt: null });

/**
 * After a look at it.
 * @param runs how many are known under it
 * @param now ms since 1970
 */
export async function describeRoot(before: Root, { error, entries }: Pick<FolderLook, 'error' | 'entries'>, runs: number, now: number): Promise<Root> {
  const { rootId, path: folder, scannedAt } = before;
  const plain = { rootId, path: folder, runs };
  if (error === undefined) {
    const text = runs === 0 ? `No SpikeGLX files under ${folder} (${grouped(entries)} ${entries === 1 ? 'file' : 'files'} looked at).` : undefined;
    const isNew = before.state !== 'ready' || before.runs !== runs;
    return { ...plain, state: 'ready', scannedAt: isNew ? new Date(now).toISOString() : scannedAt, ...(text === undefined ? {} : { text }) };
  }
  const isThere = await fs.access(folder).then(() => true, () => false);
  if (isThere) return { ...plain, state: 'failed', scannedAt, text: isAftergateError(error) ? error.message : String(error) };
  const shown = runs === 0 ? 'Nothing of it was seen before.' : `Its ${runs} ${runs === 1 ? 'run is' : 'runs are'} shown from the last scan${scannedAt ? ` (${when(scannedAt)})` : ''}.`;
  return { ...plain, state: 'missing', scannedAt, text: `${folder} is not connected. ${shown}` };
}
