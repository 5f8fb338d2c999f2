// Changing a sorter's folder all at once. New files are made in `<folder>/aftergate_change/new`; a manifest beside them,
// which appears by one rename, says that the set is complete (commit.ts). Without a manifest nothing has happened yet.

import fs from 'node:fs/promises';
import path from 'node:path';
import { JobError, outputFileError, isThere } from '../../common/index.ts';
import { changePlaces, claimChange } from './claim.ts';
import { commitChange, makeFolders, recoverPhyFolder } from './commit.ts';
import { fileOperations, type FileOperations, isFileError } from './fileOperations.ts';
import { keepOriginal } from './original.ts';

export interface PhyChange {
  /** Where new files go under their own names; all that is here at the end is moved into the sorter's folder. */
  readonly folder: string;
  /** For what the work needs meanwhile; gone at the end. */
  readonly scratch: string;
  /** The path of a new file, for names with folders in them too ('RawWaveforms/Unit0.npy'). */
  file(name: string): Promise<string>;
  /** A file of the sorter's folder shall have another name. */
  rename(from: string, to: string): Promise<void>;
  /** A file of the sorter's folder shall be gone. */
  remove(name: string): void;
}

/**
 * Lets `work` make new files, keeps the original (original.ts) and switches them in together: a kill at any point leaves
 * the old set or, once the folder is opened again, the new one. When `work` fails nothing has changed. Throws what `work`
 * throws, JobError when the folder is being changed by another process or a file was changed meanwhile, OutputFileError.
 */
export async function changePhyFolder<Result>(folder: string, work: (change: PhyChange) => Promise<Result>, operations: FileOperations = fileOperations): Promise<Result> {
  const { news, scratch, staging, manifest } = changePlaces(folder);
  await recoverPhyFolder(folder, operations);
  await claimChange(folder, operations);
  try {
    const before = await fileStates(folder);
    const old: string[] = [];
    const file = async (name: string) => {
      await makeFolders(news, name, operations);
      return path.join(news, name);
    };
    const result = await work({
      folder: news, scratch, file,
      async rename(from, to) {
        await operations.link(path.join(folder, from), await file(to));
        old.push(from);
      },
      remove: (name) => old.push(name),
    });
    const put = await filesIn(news);
    await keepOriginal(folder, operations);
    mustBeUnchanged(folder, [...put, ...old], before, await fileStates(folder));
    await commitChange(folder, { put, remove: old.filter((name) => !put.includes(name)) }, operations);
    return result;
  } catch (error) {
    if (!(await isThere(manifest))) await operations.remove(staging).catch(() => undefined);
    throw isFileError(error) ? outputFileError(folder, error) : error;
  }
}

/** phy may have saved while the new files were made from the old ones. */
function mustBeUnchanged(folder: string, names: readonly string[], before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): void {
  const changed = names.find((name) => before.get(name) !== now.get(name));
  if (changed === undefined) return;
  throw new JobError(`${path.join(folder, changed)}: was changed by another program meanwhile; nothing was done`, { next: 'Close phy and run this step again.' });
}

/** Size and time of change of every file. */
async function fileStates(folder: string): Promise<Map<string, string>> {
  const names = await filesIn(folder);
  return new Map(await Promise.all(names.map(async (name) => {
    const { size, mtimeMs } = await fs.stat(path.join(folder, name));
    return [name, `${size} ${mtimeMs}`] as const;
  })));
}

/** All files under a folder as `a/b.npy`, without those of changes and of phy's cache. */
async function filesIn(folder: string, under = ''): Promise<string[]> {
  const entries = await fs.readdir(path.join(folder, under), { withFileTypes: true });
  const found = await Promise.all(entries.map(async (entry) => {
    const name = under === '' ? entry.name : `${under}/${entry.name}`;
    if (entry.isDirectory()) return name === 'aftergate_change' || name === '.phy' ? [] : filesIn(folder, name);
    return entry.isFile() ? [name] : [];
  }));
  return found.flat();
}
