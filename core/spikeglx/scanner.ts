// Looks at folders again and again: names at once, facts as metas are read, and afterwards only what has changed. Some
// disks and all shares give no events, so folders are asked when they were last written to; files that may still grow
// are looked at every time.

import path from 'node:path';
import { inOrder } from '../common/index.ts';
import { describeRun } from './describeRun.ts';
import { findFiles } from './findFiles.ts';
import type { FindOptions, Folder, Found, FoundFile, Listings } from './findFiles.ts';
import { groupBy } from './grouping.ts';
import { mayHoldBy } from './missedSamples.ts';
import { streamLabel } from './names.ts';
import { separateRuns } from './sameRun.ts';
import { scannedLevels, scanWidth, sortOut } from './scan.ts';
import { scanFile } from './scanFile.ts';
import type { ScannedFile } from './scanFile.ts';
import type { ScannedRun } from './scanResult.ts';

export interface RunFacts {
  readonly run: ScannedRun;
  /** In no order. */
  readonly files: readonly ScannedFile[];
  /** False while only names are known: no rates, lengths, probes or health. */
  readonly known: boolean;
}

export interface LookOptions {
  /** ms since 1970. */
  readonly now: number;
  readonly signal?: AbortSignal;
  /** All runs of one name, whenever something about them may have changed; none when the last is gone. */
  readonly take: (name: string, runs: readonly RunFacts[]) => void;
  /** Metas read, of how many. */
  readonly progress?: (done: number, total: number) => void;
}

export interface FolderLook {
  /** Why it could not be listed; its files are then those of the last look. */
  readonly error?: unknown;
  /** Files of any kind that were seen. */
  readonly entries: number;
  readonly files: readonly ScannedFile[];
  /** Files that tools made. */
  readonly outputs: readonly FoundFile[];
  /** Folders that sorters wrote to. */
  readonly sorted: readonly Folder[];
}

/** What a later program may begin with. */
export type Remembered = Pick<FolderLook, 'files' | 'outputs' | 'sorted'>;

export interface Scanner {
  /** Throws the signal's reason. What lies in several of the folders is seen once. */
  look(folders: readonly string[], options: LookOptions): Promise<ReadonlyMap<string, FolderLook>>;
  /** Forgets what it knows of folders: the next look reads everything. */
  forget(): void;
  /** What was known of a folder when the program ended, to go on from until it can be looked at. */
  remember(folder: string, content: Remembered): void;
  /** The runs of what is remembered. */
  remembered(now: number): Map<string, RunFacts[]>;
}

/** A file that was written to this recently may not be whole though its size fits, ms. */
const freshly = 10_000;

/** @param mayFollow whether a link to this real path is followed; all are by default */
export function openScanner(mayFollow?: (real: string) => boolean): Scanner {
  let listings: Listings = new Map();
  let facts = new WeakMap<FoundFile, ScannedFile>();
  let groups: ReadonlyMap<string, readonly FoundFile[]> = new Map();
  const last = new Map<string, FolderLook>();

  /** Folders that cannot be listed have their error. */
  async function walk(folders: readonly string[], seen: FindOptions['seen']): Promise<Map<string, Found | { readonly error: unknown }>> {
    const visited = new Set<string>();
    const found = new Map<string, Found | { readonly error: unknown }>();
    for (const folder of folders) {
      found.set(folder, await findFiles([folder], { levels: scannedLevels, listings, visited, mayFollow, seen }).catch((error: unknown) => ({ error })));
    }
    return found;
  }

  function mayHaveChanged(name: string, files: readonly FoundFile[], now: number): boolean {
    const before = groups.get(name);
    if (!before || before.length !== files.length || files.some((file, index) => file !== before[index])) return true;
    return files.some((file) => !isSettled(facts.get(file), now));
  }

  const mayHold = mayHoldBy(() => listings);

  async function readFile(file: FoundFile, now: number): Promise<ScannedFile> {
    const known = facts.get(file);
    if (known && isSettled(known, now)) return known;
    const read = await scanFile(file, mayHold);
    facts.set(file, read);
    return read;
  }

  return {
    forget() {
      listings = new Map();
      facts = new WeakMap();
    },
    remember(folder, content) {
      last.set(folder, { ...content, entries: 0 });
    },
    remembered(now) {
      const files = [...last.values()].flatMap((look) => look.files);
      return new Map([...groupBy(files, (file) => file.name.run)].map(([name, ofName]) => [name, describe(ofName, now, true)]));
    },
    async look(folders, { now, signal, take, progress }) {
      const found = await walk(folders, nameSoon(now, take));
      signal?.throwIfAborted();
      const looks = new Map(folders.map((folder) => [folder, lookOf(found.get(folder)!, last.get(folder))]));
      const recordings = [...looks.values()].flatMap(({ found: files }) => files);
      const next = groupBy(recordings, (file) => file.name.run);
      for (const name of groups.keys()) if (!next.has(name)) take(name, []);
      const changed = [...next].filter(([name, files]) => mayHaveChanged(name, files, now));

      groups = next;

      const toRead = changed.flatMap(([name, files]) => files.map((file, index) => ({ name, files, file, isLast: index === files.length - 1 })));
      await inOrder(toRead.length, scanWidth, (index) => readFile(toRead[index]!.file, now), (_, index) => {
        signal?.throwIfAborted();
        progress?.(index + 1, toRead.length);
        const { name, files, isLast } = toRead[index]!;
        if (isLast) take(name, describe(files.map((file) => facts.get(file)!), now, true));
      });
      for (const [folder, look] of looks) last.set(folder, { ...look, files: look.found.map((file) => facts.get(file)!) });
      return new Map([...looks.keys()].map((folder) => [folder, last.get(folder)!]));
    },
  };

  /** Tells of runs that were not there before as soon as a folder with their files has been listed. */
  function nameSoon(now: number, take: LookOptions['take']): (files: readonly FoundFile[]) => void {
    const fresh = new Map<string, ScannedFile[]>();
    return (files) => {
      for (const [name, ofName] of groupBy(files, (file) => file.name.run)) {
        if (groups.has(name)) continue;
        const recordings = sortOut(ofName).recordings.map(unread);
        if (recordings.length === 0) continue;
        const all = [...(fresh.get(name) ?? []), ...recordings];
        fresh.set(name, all);
        take(name, describe(all, now, false));
      }
    };
  }

  /** Of a folder that is gone, what it held when it was last seen; those files count as read. */
  function lookOf(found: Found | { readonly error: unknown }, before: FolderLook | undefined): Omit<FolderLook, 'files'> & { readonly found: readonly FoundFile[] } {
    if ('error' in found) {
      const { files = [], outputs = [], sorted = [], entries = 0 } = before ?? {};
      for (const file of files) facts.set(file, file);
      return { error: found.error, entries, outputs, sorted, found: files };
    }
    const { recordings, outputs } = sortOut(found.files);
    return { entries: found.entries, outputs, sorted: found.sorted, found: recordings };
  }
}

/** False of files that are being written, or whose meta may be only half there. */
function isSettled(file: ScannedFile | undefined, now: number): boolean {
  if (!file || file.problem !== undefined) return false;
  if (!file.content) return true;
  return file.content.length.state === 'complete' && now - file.modified > freshly;
}

function unread(file: FoundFile): ScannedFile {
  return { ...file, label: streamLabel(file.name.stream), path: path.join(file.folder, `${file.stem}.bin`), bytes: 0, modified: 0 };
}

function describe(files: readonly ScannedFile[], now: number, known: boolean): RunFacts[] {
  return separateRuns(files).map((run) => ({ run: describeRun(run.files, run.collisions, now), files: run.files, known }));
}
