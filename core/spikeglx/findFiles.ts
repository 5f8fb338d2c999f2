// Walks folders for files of SpikeGLX: one listing per folder, nothing opened. Links are followed once, so a link that
// leads back up does no harm.

import type { Dirent } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { inOrder, inputFileError } from '../common/index.ts';
import { parseSglxName } from './names.ts';
import type { SglxName } from './names.ts';

export interface FoundFile {
  readonly folder: string;
  /** Base name without .bin or .meta. */
  readonly stem: string;
  readonly name: SglxName;
  readonly hasBin: boolean;
  readonly hasMeta: boolean;
  /** True in the output folders of CatGT: `catgt_*`, `supercat_*`. */
  readonly inOutputFolder: boolean;
}

interface Folder {
  readonly path: string;
  /** The path without links, to know it again. */
  readonly real: string;
  readonly isOutput: boolean;
}

/** Listings under way at the same time. */
const width = 32;
const uninteresting = /^(\.|\$|node_modules$|System Volume Information$)/i;
const outputFolder = /^(catgt|supercat)_/i;

/** Throws InputFileError when one of `roots` cannot be listed; folders below it that cannot be listed are left out. */
export async function findFiles(roots: readonly string[], levels: number): Promise<FoundFile[]> {
  const visited = new Set<string>();
  const found: FoundFile[] = [];
  let folders = await Promise.all(roots.map(rootFolder));
  for (let level = 0; level <= levels && folders.length > 0; level++) {
    const next: Folder[] = [];
    const fresh = folders.filter((folder) => !visited.has(folder.real) && visited.add(folder.real));
    await inOrder(fresh.length, width, (index) => list(fresh[index]!, level === 0), (listing) => {
      found.push(...listing.files);
      next.push(...listing.folders);
    });
    folders = next;
  }
  return found;
}

async function rootFolder(root: string): Promise<Folder> {
  const absolute = path.resolve(root);
  try {
    return { path: absolute, real: await fs.realpath(absolute), isOutput: outputFolder.test(path.basename(absolute)) };
  } catch (error) {
    throw inputFileError(root, error);
  }
}

async function list(folder: Folder, isRoot: boolean): Promise<{ files: FoundFile[]; folders: Folder[] }> {
  const entries = await fs.readdir(folder.path, { withFileTypes: true }).catch((error: unknown) => {
    if (isRoot) throw inputFileError(folder.path, error);
    return [];
  });
  const folders = await Promise.all(entries.filter((entry) => !uninteresting.test(entry.name)).map((entry) => subfolder(folder, entry)));
  return { files: pairs(folder, entries), folders: folders.filter((child) => child !== undefined) };
}

async function subfolder(parent: Folder, entry: Dirent): Promise<Folder | undefined> {
  const child = path.join(parent.path, entry.name);
  const isOutput = parent.isOutput || outputFolder.test(entry.name);
  if (entry.isDirectory()) return { path: child, real: path.join(parent.real, entry.name), isOutput };
  if (!entry.isSymbolicLink()) return undefined;
  try {
    return (await fs.stat(child)).isDirectory() ? { path: child, real: await fs.realpath(child), isOutput } : undefined;
  } catch {
    return undefined; // a link to nowhere
  }
}

/** Puts each .bin and its .meta together. */
function pairs(folder: Folder, entries: readonly Dirent[]): FoundFile[] {
  const files = new Map<string, { name: SglxName; hasBin: boolean; hasMeta: boolean }>();
  for (const entry of entries) {
    const name = entry.isDirectory() ? undefined : parseSglxName(entry.name);
    if (!name) continue;
    const { name: stem, ext } = path.parse(entry.name);
    const file = files.get(stem) ?? { name, hasBin: false, hasMeta: false };
    files.set(stem, { ...file, hasBin: file.hasBin || ext === '.bin', hasMeta: file.hasMeta || ext === '.meta' });
  }
  return [...files].map(([stem, file]) => ({ folder: folder.path, stem, ...file, inOutputFolder: folder.isOutput }));
}

/** The folder that CatGT calls -dir: that of the file, without its probe folder and its run folder. */
export function dataFolder(file: FoundFile): string {
  const run = `${file.name.run}_g${file.name.gate}`;
  const withoutProbe = path.basename(file.folder) === `${run}_imec${file.name.stream.index}` ? path.dirname(file.folder) : file.folder;
  return path.basename(withoutProbe) === run ? path.dirname(withoutProbe) : withoutProbe;
}

/** The run folder, or the folder with the files where there is none. */
export function runFolder(file: FoundFile): string {
  const data = dataFolder(file);
  const folder = path.join(data, `${file.name.run}_g${file.name.gate}`);
  return file.folder === folder || path.dirname(file.folder) === folder ? folder : data;
}
