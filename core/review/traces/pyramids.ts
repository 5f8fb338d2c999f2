// The pyramids of a sitting: opens them, builds them in the background one block after the other, beginning where somebody
// looks, and only while somebody looks.

import { isThere, type TaskPool } from '../../common/index.ts';
import { rowOf } from './cuts.ts';
import type { BlockPayload } from './pyramidBlock.ts';
import { blockSamples, makePyramid, type PyramidBasis, pyramidLayout, pyramidPath, readDone } from './pyramidFile.ts';
import type { TraceFile, TraceSource } from './target.ts';
import type { TraceWindowFile } from './window.ts';

export interface PyramidState {
  /** 0 to 1, over all files of the source. */
  readonly done: number;
  /** Why no overview can be built. */
  readonly problem: string | null;
}

export interface Pyramids {
  /** The files of a source with what there is of their pyramids. Building begins with `wish`. */
  files(source: TraceSource): Promise<readonly TraceWindowFile[]>;
  /** Somebody looks at grid sample `at` of a source: build there next, and go on for a while. */
  wish(source: TraceSource, at: number): void;
  state(source: TraceSource): PyramidState;
  close(): Promise<void>;
}

interface Building {
  readonly basis: PyramidBasis;
  readonly file: string;
  readonly done: Uint8Array;
  /** Its file is there. It is made with the first block: short recordings never need one. */
  made: boolean;
}

/** A file that changed so lately is still being written. */
const settled_ms = 20_000;
/** Building goes on for so long after the last wish. */
const patience_ms = 15_000;

export function createPyramids(pool: () => TaskPool, cache: () => Promise<string>, now: () => number): Pyramids {
  const open = new Map<string, Promise<Building | { readonly problem: string }>>();
  const known = new Map<string, Building | { readonly problem: string }>();
  const wishes = new Map<string, { readonly source: TraceSource; at: number; until: number }>();
  let working: Promise<void> | undefined;
  let isClosed = false;

  const keyOf = ({ path, bytes, mtimeMs }: TraceFile) => `${path}|${bytes}|${mtimeMs}`;

  async function openOne(source: TraceSource, file: TraceFile): Promise<Building | { readonly problem: string }> {
    if (now() - file.mtimeMs < settled_ms && source.state === 'raw') return { problem: `${file.path} is still being written: long spans are not drawn yet.` };
    const basis: PyramidBasis = { path: file.path, bytes: file.bytes, mtimeMs: file.mtimeMs, columns: source.columns, analog: source.channels.analog };
    try {
      const place = await pyramidPath(file.path, source.state === 'catgt', await cache());
      const done = (await isThere(place)) ? await readDone(place, basis) : null;
      return { basis, file: place, done: done ?? new Uint8Array(pyramidLayout(basis).blocks), made: done !== null };
    } catch (error) {
      return { problem: (error as Error).message };
    }
  }

  const opened = (source: TraceSource, file: TraceFile) => {
    const key = keyOf(file);
    if (!open.has(key)) {
      open.set(key, openOne(source, file).then((building) => {
        known.set(key, building);
        return building;
      }));
    }
    return open.get(key)!;
  };

  /** The next block to build: the first missing one from the place looked at on, else the first missing one. */
  function nextBlock(): BlockPayload | undefined {
    for (const [key, { source, at, until }] of wishes) {
      if (now() > until) {
        wishes.delete(key);
        continue;
      }
      const places = source.files.flatMap((file) => {
        const building = known.get(keyOf(file));
        if (!building || 'problem' in building) return [];
        const from = Math.floor(rowOf(file, Math.max(at, file.first_smp)) / blockSamples);
        return [{ building, from: at < file.first_smp + file.samples_smp ? from : Infinity }];
      });
      for (const { building, from } of [...places, ...places.map(({ building: same }) => ({ building: same, from: 0 }))]) {
        const block = from === Infinity ? -1 : building.done.indexOf(0, from);
        if (block >= 0) return { basis: building.basis, file: building.file, block };
      }
      wishes.delete(key);
    }
    return undefined;
  }

  async function work(): Promise<void> {
    for (let next = nextBlock(); next && !isClosed; next = nextBlock()) {
      const building = [...known.values()].find((each): each is Building => !('problem' in each) && each.file === next!.file)!;
      try {
        if (!building.made) await makePyramid(next.file, building.basis);
        building.made = true;
        await pool().run('traces.block', next);
        building.done[next.block] = 1;
      } catch (error) {
        for (const [key, each] of known) if (each === building) known.set(key, { problem: (error as Error).message });
      }
    }
    working = undefined;
  }

  return {
    async files(source) {
      if (source.live) return source.files.map((file) => ({ ...file, pyramid: null }));
      return Promise.all(source.files.map(async (file): Promise<TraceWindowFile> => {
        const building = await opened(source, file);
        const pyramid = 'problem' in building ? null : { file: building.file, done: building.done, bytes: file.bytes, mtimeMs: file.mtimeMs };
        return { path: file.path, from_row: file.from_row, first_smp: file.first_smp, samples_smp: file.samples_smp, pyramid };
      }));
    },
    wish(source, at) {
      const key = source.files.map(keyOf).join();
      wishes.set(key, { source, at, until: now() + patience_ms });
      if (!isClosed) working ??= work();
    },
    state(source) {
      let blocks = 0;
      let done = 0;
      let problem: string | null = null;
      // Pieces of one file share its pyramid.
      for (const file of new Map(source.files.map((each) => [each.path, each])).values()) {
        const building = known.get(keyOf(file));
        blocks += Math.ceil(Math.floor(file.bytes / (2 * source.columns)) / blockSamples);
        if (building && 'problem' in building) problem = building.problem;
        else if (building) done += building.done.reduce((sum, flag) => sum + flag, 0);
      }
      return { done: blocks === 0 ? 1 : done / blocks, problem };
    },
    async close() {
      isClosed = true;
      await working;
    },
  };
}
