// Looking around for a folder, as the system's own dialog would: names only, nothing is opened.

import fs from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { freeBytes, inputFileError, makeFolder, UsageError } from '../../common/index.ts';
import type { FolderListing } from '../contract/index.ts';
import { type Access, contains } from '../house/index.ts';

/** Entries of a folder that are listed at most; more would not be read. */
const most = 5000;

/** Without a path: the places to start from. Of a folder that is not there (yet): the nearest one above it. Throws NotAllowedError and InputFileError. */
export async function browse(access: Access, folder: string | undefined): Promise<FolderListing> {
  if (folder === undefined) {
    const places = access.places.length > 0 ? access.places : await startingPlaces();
    if (places.length > 1 || places.length === 0) {
      return { path: '', parent: null, folders: places.map((place) => ({ name: place, path: place })), files: [], free_B: null, writable: false };
    }
    return browse(access, places[0]);
  }
  const real = await access.checkPlace(folder);
  const entries = await fs.readdir(real, { withFileTypes: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && path.dirname(real) !== real) return undefined;
    throw inputFileError(folder, error);
  });
  if (!entries) return browse(access, path.dirname(real));
  const shown = entries.filter((entry) => !entry.name.startsWith('.')).slice(0, most);
  const folders = shown.filter((entry) => entry.isDirectory()).map(({ name }) => ({ name, path: path.join(real, name) }));
  const files = await Promise.all(shown.filter((entry) => entry.isFile() && /\.(bin|json|zip)$/i.test(entry.name)).map(async ({ name }) => {
    const file = path.join(real, name);
    return { name, path: file, bytes: (await fs.stat(file).catch(() => undefined))?.size ?? 0 };
  }));
  const parent = path.dirname(real);
  const isTop = parent === real || (access.places.length > 0 && !access.places.some((place) => contains(place, parent)));
  return {
    path: real,
    parent: isTop ? null : parent,
    folders: folders.sort(byName),
    files: files.sort(byName),
    free_B: await freeBytes(real),
    writable: await fs.access(real, fs.constants.W_OK).then(() => true, () => false),
  };
}

const byName = (a: { readonly name: string }, b: { readonly name: string }) => a.name.localeCompare(b.name, 'en', { numeric: true });

/** Home and, on Windows, the drives. */
async function startingPlaces(): Promise<string[]> {
  if (process.platform !== 'win32') return [homedir(), '/'];
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `${letter}:\\`);
  const there = await Promise.all(letters.map((drive) => fs.access(drive).then(() => true, () => false)));
  return [homedir(), ...letters.filter((_, index) => there[index])];
}

/** Makes `name` in a folder that may be used. Throws UsageError for a name that is a path. */
export async function makeFolderIn(access: Access, parent: string, name: string): Promise<string> {
  if (/[\\/:*?"<>|]/.test(name) || name === '.' || name === '..') throw new UsageError(`'${name}' cannot be the name of a folder`);
  const folder = path.join(await access.checkPlace(parent), name);
  await makeFolder(folder);
  return folder;
}
