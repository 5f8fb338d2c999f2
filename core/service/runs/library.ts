// What is known of the runs under the user's folders, for the lists and for every other area that is told a runId. What
// was last seen is there at once; looking goes on behind it, again and again, because shares give no events.

import fs from 'node:fs/promises';
import path from 'node:path';
import { InputFileError, inputFileError, isAftergateError } from '../../common/index.ts';
import { type FolderLook, openScanner, type RunFacts } from '../../spikeglx/index.ts';
import type { Root, RunDetails, RunSummary } from '../contract/index.ts';
import { contains, type ServiceContext, isTexts } from '../house/index.ts';
import { readRunCache, writeRunCache } from './cache.ts';
import { describe, idOf } from './describe.ts';
import { openGrowth } from './growth.ts';
import { processedIn, type ProcessedByRun } from './processed.ts';
import { grouped, when } from './words.ts';

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

/** Pause between two looks, ms; longer where looking itself takes long. */
const pause = 3500;
/** Changes are told at most this often, ms. */
const quiet = 300;

export async function openLibrary(context: ServiceContext): Promise<RunLibrary> {
  const { profile, access, now } = context;
  const scanner = openScanner(access.inPlaces);
  const growth = openGrowth();
  const closing = new AbortController();
  const cacheFile = path.join(await profile.room('cache'), 'runs.json');
  const roots = new Map<string, Root>();
  /** By name: runs of one name are told apart together. */
  const byName = new Map<string, { facts: readonly RunFacts[]; runs: readonly RunDetails[] }>();
  const byId = new Map<string, RunDetails>();
  let processed: ProcessedByRun = new Map();
  let looks: ReadonlyMap<string, FolderLook> = new Map();
  let looking: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  // Long lists cost more to fetch, so they are told of less often while they fill.
  const changed = throttled(() => context.emit('runs.changed', {}), () => Math.max(quiet, byId.size));
  const rootOf = (folder: string) => [...roots.values()].find((root) => contains(root.path, folder));
  const setRoot = (root: Root) => {
    if (JSON.stringify(roots.get(root.path)) !== JSON.stringify(root)) changed.tell();
    roots.set(root.path, root);
  };

  /** Runs that say the same as before stay the same objects. */
  function take(name: string, facts: readonly RunFacts[]): void {
    const before = byName.get(name);
    // Names alone would take away what is known.
    if (before?.facts.every((fact) => fact.known) && facts.some((fact) => !fact.known)) return;
    const runs = facts.flatMap((fact) => {
      const root = rootOf(fact.run.path) ?? rootOf(fact.files[0].folder);
      if (!root) return [];
      const runId = uniqueId(fact, facts);
      const past = fact.run.gates.flatMap(({ gate }) => processed.get(`${name}_g${gate}`) ?? []);
      return [describe(fact, { rootId: root.rootId, runId, isGrowing: growth.isGrowing(fact, now()), processed: past })];
    });
    if (before && JSON.stringify(before.runs.map(comparable)) === JSON.stringify(runs.map(comparable))) {
      byName.set(name, { facts, runs: before.runs });
      return;
    }
    if (runs.length === 0) byName.delete(name);
    else byName.set(name, { facts, runs });
    for (const run of before?.runs ?? []) byId.delete(run.summary.runId);
    for (const run of runs) byId.set(run.summary.runId, run);
    changed.tell();
  }

  function retake(name: string): void {
    const known = byName.get(name);
    if (known) take(name, known.facts);
  }

  /** One look at a time; who asks while one is under way waits for the next. */
  function look(progress?: Progress): Promise<void> {
    const next = looking.then(async () => {
      clearTimeout(timer);
      const started = performance.now();
      try {
        if (!closing.signal.aborted) await lookNow(progress);
      } catch (error) {
        if (!closing.signal.aborted) throw error;
      } finally {
        const took = performance.now() - started;
        if (!closing.signal.aborted) timer = setTimeout(() => void look().catch(() => undefined), Math.max(pause, 2 * took)).unref();
      }
    });
    looking = next.catch(() => undefined);
    return next;
  }

  async function lookNow(progress?: Progress): Promise<void> {
    const folders = [...roots.keys()];
    for (const folder of folders) await access.choose(folder).catch(() => undefined); // a drive that has come back
    const found = await scanner.look(folders, {
      now: now(), signal: closing.signal, take, progress: (done, total) => progress?.(done, total, 'meta files'),
    });
    const hasNew = [...found].some(([folder, { files, outputs, sorted }]) => {
      const before = looks.get(folder);
      return files.length !== before?.files.length || files.some((file, index) => file !== before.files[index]) || outputs.length !== before.outputs.length || sorted.length !== before.sorted.length;
    });
    looks = found;
    if (hasNew) {
      const before = processed;
      processed = await processedIn(looks.values());
      const moved = [...new Set([...before.keys(), ...processed.keys()])].filter((key) => JSON.stringify(before.get(key)) !== JSON.stringify(processed.get(key)));
      for (const key of moved) retake(key.replace(/_g\d+$/, ''));
    }
    for (const [folder, each] of found) if (roots.has(folder)) setRoot(await describeRoot(folder, each));
    if (hasNew) await writeRunCache(cacheFile, [...found].map(([folder, { files, outputs, sorted }]) => ({ path: folder, scannedAt: roots.get(folder)?.scannedAt ?? '', files, outputs, sorted })));
  }

  async function describeRoot(folder: string, { error, entries }: FolderLook): Promise<Root> {
    const { rootId, scannedAt } = roots.get(folder)!;
    const count = [...byId.values()].filter((run) => run.summary.rootId === rootId).length;
    const plain = { rootId, path: folder, runs: count };
    if (error === undefined) {
      const text = count === 0 ? `No SpikeGLX files under ${folder} (${grouped(entries)} ${entries === 1 ? 'file' : 'files'} looked at).` : undefined;
      const isNew = roots.get(folder)?.state !== 'ready' || roots.get(folder)?.runs !== count;
      return { ...plain, state: 'ready', scannedAt: isNew ? new Date(now()).toISOString() : scannedAt, ...(text === undefined ? {} : { text }) };
    }
    const isThere = await fs.access(folder).then(() => true, () => false);
    if (isThere) return { ...plain, state: 'failed', scannedAt, text: isAftergateError(error) ? error.message : String(error) };
    const shown = count === 0 ? 'Nothing of it was seen before.' : `Its ${count} ${count === 1 ? 'run is' : 'runs are'} shown from the last scan${scannedAt ? ` (${when(scannedAt)})` : ''}.`;
    return { ...plain, state: 'missing', scannedAt, text: `${folder} is not connected. ${shown}` };
  }

  const save = () => profile.set('roots', [...roots.keys()]);
  const blank = (folder: string): Root => ({ rootId: idOf(folder), path: folder, state: 'scanning', runs: 0, scannedAt: null });

  const library: RunLibrary = {
    roots: () => [...roots.values()],
    async add(given, progress) {
      const folder = await access.choose(given);
      const stat = await fs.stat(folder).catch((error: unknown) => { throw inputFileError(folder, error); });
      if (!stat.isDirectory()) throw new InputFileError(folder, 'is a file, not a folder', { next: 'Choose the folder that holds the runs.' });
      const known = rootOf(folder);
      if (known) return { ...known, already: known.path === folder ? `${folder} is listed already.` : `${folder} lies in ${known.path}, which is listed already.` };
      // A folder around others takes their place.
      for (const root of [...roots.values()]) if (contains(folder, root.path)) roots.delete(root.path);
      setRoot(blank(folder));
      await save();
      for (const name of [...byName.keys()]) retake(name);
      await look(progress);
      return roots.get(folder) ?? blank(folder);
    },
    async remove(rootId) {
      for (const root of [...roots.values()]) if (root.rootId === rootId) roots.delete(root.path);
      for (const name of [...byName.keys()]) retake(name);
      changed.tell();
      await save();
      await look();
    },
    async rescan(rootId, progress) {
      const root = [...roots.values()].find((each) => each.rootId === rootId);
      if (!root) throw new InputFileError(rootId, 'this folder is not listed (any more)', { next: 'Add it again.' });
      setRoot({ ...root, state: 'scanning' });
      scanner.forget();
      await look(progress);
      return roots.get(root.path) ?? root;
    },
    list: () => [...byId.values()].map(({ summary }) => ({ ...summary, probes: summary.probes.map((probe) => ({ ...probe, picture: null })) })),
    get(runId) {
      const run = byId.get(runId);
      if (!run) throw new InputFileError(runId, 'this run is not known (any more)', { next: 'Go back to Runs and look whether its folder is still there.' });
      return run;
    },
    find: (runId) => byId.get(runId),
    isRecording: () => [...byId.values()].some(({ summary }) => summary.growing),
    async close() {
      closing.abort(new Error('The service is closing.'));
      clearTimeout(timer);
      changed.close();
      await looking;
    },
  };

  for (const folder of profile.get('roots', isTexts) ?? []) roots.set(folder, blank(folder));
  await beginWithCache();
  if (roots.size > 0) void look().catch(() => undefined);
  return library;

  async function beginWithCache(): Promise<void> {
    if (roots.size === 0) return;
    const kept = (await readRunCache(cacheFile)).filter((root) => roots.has(root.path));
    for (const root of kept) {
      roots.set(root.path, { ...roots.get(root.path)!, scannedAt: root.scannedAt || null });
      scanner.remember(root.path, root);
    }
    for (const [name, facts] of scanner.remembered(now())) take(name, facts);
    for (const root of roots.values()) roots.set(root.path, { ...root, runs: [...byId.values()].filter((run) => run.summary.rootId === root.rootId).length });
  }
}

/** Of the run's name and folder; two of one name in one folder are told apart by their first file. */
function uniqueId(fact: RunFacts, all: readonly RunFacts[]): string {
  const { path: folder, name } = fact.run;
  const twin = all.find((other) => other.run.path === folder);
  return idOf(twin === fact ? `${folder}|${name}` : `${folder}|${name}|${fact.files[0].path}`);
}

function comparable({ summary, ...rest }: RunDetails): unknown {
  return { ...rest, summary: { ...summary, probes: summary.probes.map(({ picture: _picture, ...probe }) => probe) } };
}

function throttled(action: () => void, every: () => number): { tell(): void; close(): void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    tell() {
      timer ??= setTimeout(() => {
        timer = undefined;
        action();
      }, every()).unref();
    },
    close: () => clearTimeout(timer),
  };
}
