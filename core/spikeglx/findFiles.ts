// Walks folders for files of SpikeGLX: one listing per folder, nothing opened. Links are followed once, so a link that
// leads back up does no harm. Who looks again and again keeps the listings: a folder that was not written to since is
// not listed anew, and its files are the same objects as before.

import type { Dirent } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { inputFileError } from '../common/index.ts';
import { readdir, stat } from './fileCalls.ts';
import { byCodePoint } from './grouping.ts';
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

export interface Folder {
  readonly path: string;
  /** The path without links, to know it again. */
  readonly real: string;
  readonly isOutput: boolean;
}

/** What a folder held when it was listed. */
interface Listing {
  /** When the folder was last written to, ms since 1970. */
  readonly modified: number;
  /** False when it was written to just before: more may have come within the same tick of the disk's clock. */
  readonly settled: boolean;
  readonly files: readonly FoundFile[];
  readonly folders: readonly Folder[];
  /** Files of any kind. */
  readonly entries: number;
  /** SpikeGLX's lists of missed samples, in small letters. */
  readonly missedLists: readonly string[];
}

export type Listings = Map<string, Listing>;

export interface Found {
  readonly files: readonly FoundFile[];
  /** Folders that sorters wrote to: `imec0_ks4`. */
  readonly sorted: readonly Folder[];
  /** Files of any kind that were seen. */
  readonly entries: number;
}

export interface FindOptions {
  /** How many levels of folders below the given ones are looked at. */
  readonly levels: number;
  /** Listings of an earlier walk; brought up to date. */
  readonly listings?: Listings;
  /** Real paths of folders that another walk has seen. */
  readonly visited?: Set<string>;
  /** Whether a link to this real path is followed; all are by default. The same in every walk with the same listings. */
  readonly mayFollow?: (real: string) => boolean;
  /** Told of every folder's files as they are found. */
  readonly seen?: (files: readonly FoundFile[]) => void;
}

/** Listings under way at the same time. */
const width = 32;
const uninteresting = /^(\.|\$|node_modules$|System Volume Information$)/i;
const outputFolder = /^(catgt|supercat)_/i;
const missedList = /\.missed_samples\.imec\d*\.txt$/i;
const sorterFolder = /^imec\d*_[a-z]\w*$/i;
/** Disks tell times to 2 s at worst, ms. */
const coarsestClock = 5000;

/**
 * Throws InputFileError when one of `roots` cannot be listed; folders below it that cannot be listed are left out. What
 * was listed last is gone into first, so that files of deep folders are seen long before the end.
 */
export async function findFiles(roots: readonly string[], { levels, listings = new Map(), visited = new Set(), mayFollow, seen }: FindOptions): Promise<Found> {
  const files: FoundFile[] = [];
  const sorted: Folder[] = [];
  let entries = 0;
  const open = (await Promise.all(roots.map(rootFolder))).map((folder) => ({ folder, level: 0 })).reverse();
  let failure: unknown;
  let working = 0;
  await new Promise<void>((resolve) => {
    const next = () => {
      while (failure === undefined && working < width && open.length > 0) {
        const { folder, level } = open.pop()!;
        if (visited.has(folder.real)) continue;
        visited.add(folder.real);
        working++;
        listAgain(folder, level === 0, listings, mayFollow).then((listing) => {
          for (const file of listing.files) files.push(file);
          if (listing.files.length > 0) seen?.(listing.files);
          entries += listing.entries;
          for (const child of listing.folders.toReversed()) {
            if (sorterFolder.test(path.basename(child.path))) sorted.push(child);
            else if (level < levels) open.push({ folder: child, level: level + 1 });
          }
        }).catch((error: unknown) => void (failure ??= error)).finally(() => {
          working--;
          next();
        });
      }
      if (working === 0) resolve();
    };
    next();
  });
  if (failure !== undefined) throw failure;
  return { files: files.sort((a, b) => byCodePoint(a.folder, b.folder) || byCodePoint(a.stem, b.stem)), sorted, entries };
}

async function rootFolder(root: string): Promise<Folder> {
  const absolute = path.resolve(root);
  try {
    return { path: absolute, real: await fs.realpath(absolute), isOutput: outputFolder.test(path.basename(absolute)) };
  } catch (error) {
    throw inputFileError(root, error);
  }
}

async function listAgain(folder: Folder, isRoot: boolean, listings: Listings, mayFollow: FindOptions['mayFollow']): Promise<Listing> {
  const known = listings.get(folder.path);
  // Asked before listing: what comes in between is seen next time.
  const modified = await stat(folder.path).then(({ mtimeMs }) => mtimeMs, () => NaN);
  if (known?.settled && known.modified === modified) return known;
  const listing = await list(folder, isRoot, modified, mayFollow);
  listings.set(folder.path, listing);
  return listing;
}

async function list(folder: Folder, isRoot: boolean, modified: number, mayFollow: FindOptions['mayFollow']): Promise<Listing> {
  const all = await readdir(folder.path, { withFileTypes: true }).catch((error: unknown) => {
    if (isRoot) throw inputFileError(folder.path, error);
    return [];
  });
  const entries = mayFollow ? await withoutLinksOut(folder.path, all, mayFollow) : all;
  const folders = await Promise.all(entries.filter((entry) => !uninteresting.test(entry.name)).map((entry) => subfolder(folder, entry)));
  return {
    modified,
    settled: Date.now() - modified > coarsestClock,
    files: pairs(folder, entries),
    folders: folders.filter((child) => child !== undefined),
    entries: entries.filter((entry) => !entry.isDirectory()).length,
    missedLists: entries.filter((entry) => missedList.test(entry.name)).map((entry) => entry.name.toLowerCase()),
  };
}

async function withoutLinksOut(folder: string, entries: readonly Dirent[], mayFollow: (real: string) => boolean): Promise<readonly Dirent[]> {
  const stays = await Promise.all(entries.map((entry) => !entry.isSymbolicLink() || fs.realpath(path.join(folder, entry.name)).then(mayFollow, () => false)));
  return entries.filter((_, index) => stays[index]);
}

async function subfolder(parent: Folder, entry: Dirent): Promise<Folder | undefined> {
  const child = path.join(parent.path, entry.name);
  const isOutput = parent.isOutput || outputFolder.test(entry.name);
  if (entry.isDirectory()) return { path: child, real: path.join(parent.real, entry.name), isOutput };
  if (!entry.isSymbolicLink()) return undefined;
  try {
    return (await stat(child)).isDirectory() ? { path: child, real: await fs.realpath(child), isOutput } : undefined;
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
