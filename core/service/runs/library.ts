// What is known of the runs under the user's folders, for the lists and for every other area that is told a runId. What
// was last seen is there at once; looking goes on behind it, again and again, because shares give no events.

import fs from 'node:fs/promises';
import path from 'node:path';
import { InputFileError, inputFileError } from '../../common/index.ts';
import { type FolderLook, openScanner } from '../../spikeglx/index.ts';
import type { Root, RunDetails, RunSummary } from '../contract/index.ts';
import { contains, type ServiceContext, isTexts } from '../house/index.ts';
import { readRunCache, writeRunCache } from './cache.ts';
import { openGrowth } from './growth.ts';
import { type LookTell, openLooking } from './looking.ts';
import { processedIn, type ProcessedByRun } from './processed.ts';
import { describeRoot, newRoot } from './roots.ts';
import { openRunIndex } from './runIndex.ts';
import { openTeller } from './teller.ts';

export type Progress = (done: number, total: number, noun: string) => void;

export interface RunLibrary {
  roots(): readonly Root[];
  /** Ends when the folder has been read. Throws NotAllowedError and InputFileError. */
  add(path: string, progress?: Progress): Promise<Root & { readonly already?: string }>;
  remove(rootId: string): Promise<void>;
  /** Reads everything anew. */
  rescan(rootId: string, progress?: Progress): Promise<Root>;
  /** Without the pictures of probes. */
  list(): readonly RunSummary[];
  /** Throws InputFileError when it is not known (any more). */
  get(runId: string): RunDetails;
  /** undefined when it is not known (any more). */
  find(runId: string): RunDetails | undefined;
  /** Whether any run grows. */
  isRecording(): boolean;
  close(): Promise<void>;
}

/** Changes are told at most this often, ms. */
const quiet = 300;

export async function openLibrary(context: ServiceContext): Promise<RunLibrary> {
  const { profile, access, now } = context;
  const scanner = openScanner(access.inPlaces);
  const growth = openGrowth();
  const cacheFile = path.join(await profile.room('cache'), 'runs.json');
  const roots = new Map((profile.get('roots', isTexts) ?? []).map((folder) => [folder, newRoot(folder)]));
  let processed: ProcessedByRun = new Map();
  let looks: ReadonlyMap<string, FolderLook> = new Map();

  // Long lists cost more to fetch, so they are told of less often while they fill.
  const teller = openTeller(() => context.emit('runs.changed', {}), () => Math.max(quiet, runs.all().length));
  const rootOf = (folder: string) => [...roots.values()].find((root) => contains(root.path, folder));
  const runs = openRunIndex({
    rootOf,
    isGrowing: (fact) => growth.isGrowing(fact, now()),
    processed: (run, gate) => processed.get(`${run}_g${gate}`) ?? [],
    changed: teller.tell,
  });
  const looking = openLooking(look);
  const setRoot = (root: Root) => {
    if (JSON.stringify(roots.get(root.path)) !== JSON.stringify(root)) teller.tell();
    roots.set(root.path, root);
  };

  async function look(signal: AbortSignal, tell?: LookTell): Promise<void> {
    const folders = [...roots.keys()];
    for (const folder of folders) await access.choose(folder).catch(() => undefined); // a drive that has come back
    const found = await scanner.look(folders, { now: now(), signal, take: runs.take, progress: tell });
    const hasNew = [...found].some(([folder, each]) => !sameLook(each, looks.get(folder)));
    looks = found;
    if (hasNew) await takeProcessed();
    for (const [folder, each] of found) {
      const root = roots.get(folder);
      if (root) setRoot(await describeRoot(root, each, runs.countIn(root.rootId), now()));
    }
    if (hasNew) await writeRunCache(cacheFile, [...found].map(([folder, { files, outputs, sorted }]) => ({ path: folder, scannedAt: roots.get(folder)?.scannedAt ?? '', files, outputs, sorted })));
  }

  async function takeProcessed(): Promise<void> {
    const before = processed;
    processed = await processedIn(looks.values());
    const moved = [...new Set([...before.keys(), ...processed.keys()])].filter((key) => JSON.stringify(before.get(key)) !== JSON.stringify(processed.get(key)));
    runs.retake(moved.map((key) => key.replace(/_g\d+$/, '')));
  }

  async function beginWithCache(): Promise<void> {
    const kept = (await readRunCache(cacheFile)).filter((root) => roots.has(root.path));
    for (const root of kept) {
      roots.set(root.path, { ...roots.get(root.path)!, scannedAt: root.scannedAt || null });
      scanner.remember(root.path, root);
    }
    for (const [name, facts] of scanner.remembered(now())) runs.take(name, facts);
    for (const root of roots.values()) roots.set(root.path, { ...root, runs: runs.countIn(root.rootId) });
  }

  const save = () => profile.set('roots', [...roots.keys()]);
  const lookTelling = (progress?: Progress) => looking.now(progress && ((done, total) => progress(done, total, 'meta files')));

  if (roots.size > 0) {
    await beginWithCache();
    void looking.now().catch(() => undefined);
  }
  return {
    roots: () => [...roots.values()],
    async add(given, progress) {
      const folder = await access.choose(given);
      const stat = await fs.stat(folder).catch((error: unknown) => { throw inputFileError(folder, error); });
      if (!stat.isDirectory()) throw new InputFileError(folder, 'is a file, not a folder', { next: 'Choose the folder that holds the runs.' });
      const known = rootOf(folder);
      if (known) return { ...known, already: known.path === folder ? `${folder} is listed already.` : `${folder} lies in ${known.path}, which is listed already.` };
      // A folder around others takes their place.
      for (const root of [...roots.values()]) if (contains(folder, root.path)) roots.delete(root.path);
      setRoot(newRoot(folder));
      await save();
      runs.retake();
      await lookTelling(progress);
      return roots.get(folder) ?? newRoot(folder);
    },
    async remove(rootId) {
      for (const root of [...roots.values()]) if (root.rootId === rootId) roots.delete(root.path);
      runs.retake();
      teller.tell();
      await save();
      await looking.now();
    },
    async rescan(rootId, progress) {
      const root = [...roots.values()].find((each) => each.rootId === rootId);
      if (!root) throw new InputFileError(rootId, 'this folder is not listed (any more)', { next: 'Add it again.' });
      setRoot({ ...root, state: 'scanning' });
      scanner.forget();
      await lookTelling(progress);
      return roots.get(root.path) ?? root;
    },
    list: () => runs.all().map(({ summary }) => ({ ...summary, probes: summary.probes.map((probe) => ({ ...probe, picture: null })) })),
    get: runs.get,
    find: runs.find,
    isRecording: () => runs.all().some(({ summary }) => summary.growing),
    async close() {
      teller.close();
      await looking.close();
    },
  };
}

/** Files, outputs and folders of sorters as before. */
function sameLook({ files, outputs, sorted }: FolderLook, before: FolderLook | undefined): boolean {
  return before?.files.length === files.length && files.every((file, index) => file === before.files[index]) && outputs.length === before.outputs.length && sorted.length === before.sorted.length;
}
