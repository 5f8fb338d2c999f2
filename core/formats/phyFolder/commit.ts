// The last part of a change: its manifest appears, then new files are moved into place and old ones removed. Every step
// can be done twice, so that whoever opens the folder after a crash finishes the change.

import fs from 'node:fs/promises';
import path from 'node:path';
import { describeFileError, OutputFileError, isThere } from '../../common/index.ts';
import { changePlaces } from './claim.ts';
import { fileOperations, type FileOperations, isFileError } from './fileOperations.ts';

export interface Manifest {
  /** Names in the folder, `/` between. */
  readonly put: readonly string[];
  readonly remove: readonly string[];
}

/** From the moment the manifest has its name the change will happen. */
export async function commitChange(folder: string, change: Manifest, operations: FileOperations): Promise<void> {
  const { staging, news, manifest } = changePlaces(folder);
  for (const name of change.put) await operations.flush(path.join(news, name));
  const unfinished = path.join(staging, 'manifest.part');
  await operations.writeFile(unfinished, JSON.stringify(change));
  await operations.flush(unfinished);
  await operations.rename(unfinished, manifest);
  await recoverPhyFolder(folder, operations);
}

/** Finishes a change that was cut off after its manifest had appeared. Does nothing otherwise. Throws OutputFileError. */
export async function recoverPhyFolder(folder: string, operations: FileOperations = fileOperations): Promise<void> {
  const { staging, news, manifest } = changePlaces(folder);
  const text = await fs.readFile(manifest, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const { put, remove } = JSON.parse(text) as Manifest;
  for (const name of put) {
    const [from, to] = [path.join(news, name), path.join(folder, name)];
    await step(to, async () => {
      await makeFolders(folder, name, operations);
      if (await isThere(from)) await operations.rename(from, to);
    });
  }
  for (const file of [...remove.map((name) => path.join(folder, name)), staging]) await step(file, () => operations.remove(file));
}

/** The folders between `root` and the file `name`. */
export async function makeFolders(root: string, name: string, operations: FileOperations): Promise<void> {
  const parts = name.split('/').slice(0, -1);
  for (let depth = 1; depth <= parts.length; depth++) {
    const folder = path.join(root, ...parts.slice(0, depth));
    if (!(await isThere(folder))) await operations.makeFolder(folder);
  }
}

/** Another process that finishes the same change may be a moment ahead: then there is nothing left to do. */
async function step(file: string, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!isFileError(error)) throw error;
    if (['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code!)) return;
    const next = 'Close phy and other programs that have the folder open, and try again: the change is then finished.';
    throw new OutputFileError(file, describeFileError(error).what, { next, cause: error });
  }
}
