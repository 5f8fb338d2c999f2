// `<folder>_orig`: the sorter's folder as it was before the first change, kept once for each sorting.

import fs from 'node:fs/promises';
import path from 'node:path';
import { outputFileError, isThere } from '../../common/index.ts';
import { fileOperations, type FileOperations, isFileError } from './fileOperations.ts';

export function originalFolder(folder: string): string {
  return `${path.resolve(folder)}_orig`;
}

/**
 * Copies the folder to `<folder>_orig` unless that is there already. One that belongs to an earlier sorting (its
 * templates.npy differs) gets out of the way, as `<folder>_orig_1` and so on. Recordings (.bin, .dat) and phy's cache are
 * not copied: nobody changes them. Throws OutputFileError.
 */
export async function keepOriginal(folder: string, operations: FileOperations = fileOperations): Promise<void> {
  const original = originalFolder(folder);
  const part = `${original}.part`;
  try {
    if (await isThere(original)) {
      if (await sameContent(path.join(folder, 'templates.npy'), path.join(original, 'templates.npy'))) return;
      await operations.rename(original, await freeName(original));
    }
    await operations.remove(part);
    await copyFolder(folder, part, operations);
    await operations.rename(part, original);
  } catch (error) {
    await operations.remove(part).catch(() => undefined);
    throw isFileError(error) ? outputFileError(original, error) : error;
  }
}

/** Bookkeeping of phy and of changes under way. */
const ownAffairs = new Set(['.phy', 'aftergate_change']);

async function copyFolder(from: string, to: string, operations: FileOperations): Promise<void> {
  await operations.makeFolder(to);
  for (const entry of await fs.readdir(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (ownAffairs.has(entry.name) || /\.(bin|dat|part)$/i.test(entry.name)) continue;
    if (entry.isDirectory()) await copyFolder(source, target, operations);
    else if (entry.isFile()) await operations.copyFile(source, target);
  }
}

async function freeName(original: string): Promise<string> {
  for (let number = 1; ; number++) if (!(await isThere(`${original}_${number}`))) return `${original}_${number}`;
}

/** True also when both are missing. */
export async function sameContent(a: string, b: string): Promise<boolean> {
  const [sizeA, sizeB] = await Promise.all([a, b].map((file) => fs.stat(file).then(({ size }) => size, () => -1)));
  if (sizeA !== sizeB) return false;
  if (sizeA < 0) return true;
  const [handleA, handleB] = await Promise.all([fs.open(a), fs.open(b)]);
  try {
    const [blockA, blockB] = [Buffer.alloc(4e6), Buffer.alloc(4e6)];
    for (let at = 0; at < sizeA; at += blockA.length) {
      const [readA, readB] = await Promise.all([handleA.read(blockA, 0, blockA.length, at), handleB.read(blockB, 0, blockB.length, at)]);
      if (!blockA.subarray(0, readA.bytesRead).equals(blockB.subarray(0, readB.bytesRead))) return false;
    }
    return true;
  } finally {
    await Promise.all([handleA.close(), handleB.close()]);
  }
}
