// Where a sorter writes: `<folder>.part`, which becomes the folder when all is there. A run that breaks off leaves a folder
// that nobody takes for a finished sorting, with the sorter's log in it.

import fs from 'node:fs/promises';
import path from 'node:path';
import { makeFolder, outputFileError, isThere } from '../common/index.ts';
import { fileOperations } from '../formats/phyFolder/index.ts';

/** An empty `<folder>.part`; what an earlier run left there is removed. Throws OutputFileError. */
export async function openStaging(folder: string): Promise<string> {
  const staging = `${folder}.part`;
  try {
    await fileOperations.remove(staging);
  } catch (error) {
    throw outputFileError(staging, error);
  }
  await makeFolder(staging);
  return staging;
}

/**
 * Gives `<folder>.part` its name. A folder that has the name already, an earlier sorting with its labels, gets out of the
 * way; its new path is returned. Throws OutputFileError.
 */
export async function publishStaging(folder: string): Promise<string | undefined> {
  try {
    const earlier = await moveAway(folder);
    await fileOperations.rename(`${folder}.part`, folder);
    return earlier;
  } catch (error) {
    throw outputFileError(folder, error);
  }
}

async function moveAway(folder: string): Promise<string | undefined> {
  if (!(await isThere(folder))) return undefined;
  if ((await fs.readdir(folder)).length === 0) {
    await fs.rmdir(folder);
    return undefined;
  }
  const previous = await freeName(`${path.resolve(folder)}_previous`);
  await fileOperations.rename(folder, previous);
  return previous;
}

async function freeName(name: string): Promise<string> {
  if (!(await isThere(name))) return name;
  for (let number = 1; ; number++) if (!(await isThere(`${name}_${number}`))) return `${name}_${number}`;
}

/** Paths of the files of a sorter's folder, not of folders in it, sorted. */
export async function filesIn(folder: string): Promise<string[]> {
  const entries = await fs.readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => path.join(folder, name)).sort();
}
