// Output files appear under their own name only when complete: they are written as `<name>.part` beside it and renamed
// at the end, all files of a set together. A crash leaves at worst .part files, never something that looks finished.

import fs from 'node:fs/promises';
import path from 'node:path';
import { outputFileError } from './errors.ts';
import { whileHeld } from './files.ts';

export interface OutputSet {
  /** The temporary path to write `finalPath` to. Makes its folder. */
  add(finalPath: string): Promise<string>;
  /** Writes a small file whole (it too appears only at commit). */
  write(finalPath: string, content: string | Uint8Array): Promise<void>;
  /** Renames everything added, in the order it was added. */
  commit(): Promise<void>;
  /** Removes what was written. Never throws. */
  discard(): Promise<void>;
}

export function openOutputs(): OutputSet {
  const files = new Map<string, string>();
  return {
    async add(finalPath) {
      const known = files.get(finalPath);
      if (known) return known;
      const part = `${finalPath}.part`;
      await makeFolder(path.dirname(finalPath));
      files.set(finalPath, part);
      return part;
    },
    async write(finalPath, content) {
      const part = await this.add(finalPath);
      try {
        await fs.writeFile(part, content);
      } catch (error) {
        throw outputFileError(finalPath, error);
      }
    },
    async commit() {
      for (const [finalPath, part] of files) await renameOver(part, finalPath);
      files.clear();
    },
    async discard() {
      for (const part of files.values()) await fs.rm(part, { force: true }).catch(() => undefined);
      files.clear();
    },
  };
}

/** Makes a folder with its parents; the error names the folder. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await makeWithParents(folder);
  } catch (error) {
    throw outputFileError(folder, error);
  }
}

/** Node's own way (`recursive`) never ends on file systems that answer ENOENT where the parent is there, as /proc does. */
async function makeWithParents(folder: string): Promise<void> {
  const isFolder = async () => (await fs.stat(folder).catch(() => undefined))?.isDirectory() ?? false;
  if (await isFolder()) return;
  const parent = path.dirname(folder);
  if (parent !== folder) await makeWithParents(parent);
  try {
    await fs.mkdir(folder);
  } catch (error) {
    // Another stream may have been faster.
    if (!(await isFolder())) throw error;
  }
}

/** Writes one file under a temporary name and renames it. */
export async function writeWhole(finalPath: string, content: string | Uint8Array): Promise<void> {
  const outputs = openOutputs();
  try {
    await outputs.write(finalPath, content);
    await outputs.commit();
  } catch (error) {
    await outputs.discard();
    throw error;
  }
}

async function renameOver(from: string, to: string): Promise<void> {
  try {
    await whileHeld(() => fs.rename(from, to));
  } catch (error) {
    throw outputFileError(to, error);
  }
}
