// The folder a simulation goes to: empty, or holding an earlier simulation, which is then replaced. Only files that the
// earlier one listed as its own are removed.

import fs from 'node:fs/promises';
import path from 'node:path';
import { isAftergateError, makeFolder, OutputFileError, outputFileError, UsageError, writeWhole } from '../common/index.ts';

/** Under the destination: says that a simulation lies here, and which files are its own. */
const markerName = path.join('truth', 'simulation.json');

interface Marker {
  readonly simulation: 1;
  /** Under the destination, with '/'. */
  readonly files: readonly string[];
}

/** Throws UsageError when the folder holds something else, OutputFileError when it is too small. */
export async function prepareDestination(dest: string, files: readonly string[], bytes: number, description: object): Promise<void> {
  await makeFolder(dest);
  const earlier = await readMarker(dest);
  if (earlier) await removeEarlier(dest, earlier.files);
  else if ((await listing(dest)).length > 0) {
    throw new UsageError(`${dest} is not empty and holds no earlier simulation`, { next: 'Name an empty or new folder.' });
  }
  await checkSpace(dest, bytes);
  const marker = { simulation: 1, files: files.map((file) => file.replaceAll('\\', '/')), description };
  await writeWhole(path.join(dest, markerName), `${JSON.stringify(marker, null, 1)}\n`);
}

/** After a failure: the marker goes, and every folder below the destination that is empty now. */
export async function clearDestination(dest: string, files: readonly string[]): Promise<void> {
  await fs.rm(path.join(dest, markerName), { force: true }).catch(() => undefined);
  await removeEmptyFolders(dest, [...files, markerName]);
}

async function readMarker(dest: string): Promise<Marker | undefined> {
  try {
    const marker = JSON.parse(await fs.readFile(path.join(dest, markerName), 'utf8')) as Partial<Marker>;
    return marker.simulation === 1 && Array.isArray(marker.files) ? (marker as Marker) : undefined;
  } catch {
    return undefined;
  }
}

async function removeEarlier(dest: string, listed: readonly string[]): Promise<void> {
  const files = listed.map((file) => path.relative(dest, path.resolve(dest, file))).filter((file) => !file.startsWith('..') && !path.isAbsolute(file));
  for (const file of files) {
    const target = path.join(dest, file);
    for (const name of [target, `${target}.part`]) {
      await fs.rm(name, { force: true }).catch((error: unknown) => {
        throw outputFileError(name, error);
      });
    }
  }
  await removeEmptyFolders(dest, files);
}

/** The folders of these files (all under `dest`), as far as nothing is left in them. */
async function removeEmptyFolders(dest: string, files: readonly string[]): Promise<void> {
  const folders = new Set<string>();
  for (const file of files) for (let folder = path.dirname(path.normalize(file)); folder !== '.'; folder = path.dirname(folder)) folders.add(folder);
  const deepestFirst = [...folders].sort((a, b) => b.length - a.length);
  for (const folder of deepestFirst) await fs.rmdir(path.join(dest, folder)).catch(() => undefined);
}

async function listing(dest: string): Promise<string[]> {
  try {
    return await fs.readdir(dest);
  } catch (error) {
    throw outputFileError(dest, error);
  }
}

async function checkSpace(dest: string, bytes: number): Promise<void> {
  try {
    const { bavail, bsize } = await fs.statfs(dest);
    const free = bavail * bsize;
    if (free < bytes) throw new OutputFileError(dest, `has ${gigabytes(free)} free, the simulation needs ${gigabytes(bytes)}`, { next: 'Make it shorter, take fewer channels, or name another folder.' });
  } catch (error) {
    // A drive that does not tell its free space is tried all the same.
    if (isAftergateError(error)) throw error;
  }
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(bytes < 1e9 ? 3 : 1)} GB`;
}
