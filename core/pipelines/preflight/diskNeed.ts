// How much room a session needs: at most at any moment, and what stays. Steps are carried out in their order, so that what
// the last step of a run removes makes room for the next run.

import { freeBytes as freeOnDrive } from '../../common/index.ts';
import type { Session } from '../session/parseSession.ts';
import { filesRemovedBy, removeAp } from '../steps/removeAp.ts';
import { isCatgt } from './estimate.ts';
import type { CatgtFile } from './streamPlans.ts';
import type { PlannedStep } from './preflight.ts';

export interface DiskNeed {
  readonly folder: string;
  /** Bytes. */
  readonly catgt: number;
  readonly results: number;
  /** Besides, while a probe is sorted. */
  readonly work: number;
  /** Of `catgt`, what is removed again. */
  readonly removed: number;
  /** At most at any moment. */
  readonly needed: number;
  /** What removing CatGT's AP binaries saves and then needs at most; undefined where they are removed or not made. */
  readonly withoutAp?: { readonly saved: number; readonly needed: number };
  /** null: the drive does not tell. */
  readonly free: number | null;
}

/** Bytes of AP binaries of each run that is still to be made, by `run gate`. */
type ApBytes = ReadonlyMap<string, number>;

/** @param files of CatGT by the step's id */
export async function diskNeed(session: Session, planned: readonly PlannedStep[], files: ReadonlyMap<string, readonly CatgtFile[]>, freeBytes: (folder: string) => Promise<number | null> = freeOnDrive): Promise<DiskNeed> {
  const folder = session.kind === 'file-list' ? (session.kilosort_output_parent ?? session.json_directory) : session.catGT_dest;
  const todo = planned.filter(({ state }) => state !== 'valid');
  const total = (steps: readonly PlannedStep[]) => steps.reduce((sum, { bytes }) => sum + bytes, 0);
  const catgt = total(todo.filter(({ step }) => isCatgt(step.module)));
  const results = total(todo.filter(({ step }) => !isCatgt(step.module)));
  const work = Math.max(0, ...todo.map(({ workBytes }) => workBytes));
  const made = todo.flatMap(({ step }) => files.get(step.id) ?? []);
  const sizes = new Map(made.map((file) => [file.path, file.bytes]));
  const removedBy = ({ step }: PlannedStep) => filesRemovedBy(step).reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0);
  const removed = todo.reduce((sum, each) => sum + removedBy(each), 0);
  const common = { folder, catgt, results, work, removed, needed: peak(todo, removedBy) + work, free: await freeBytes(folder) };
  if (session.kind === 'file-list' || !session.run_CatGT || planned.some(({ step }) => step.module === removeAp.name)) return common;
  const ap = apByRun(todo, files, session.kind === 'super-run');
  const lastOfRun = new Map(todo.map((each) => [keyOf(each), each]));
  const saved = [...ap.values()].reduce((sum, bytes) => sum + bytes, 0);
  return { ...common, ...(saved > 0 ? { withoutAp: { saved, needed: peak(todo, (each) => (lastOfRun.get(keyOf(each)) === each ? (ap.get(keyOf(each)) ?? 0) : 0)) + work } } : {}) };
}

function keyOf({ step: { run, gate } }: PlannedStep): string {
  return `${run} ${gate}`;
}

/** The runs of a super-run are cleared together, at its end. */
function apByRun(todo: readonly PlannedStep[], files: ReadonlyMap<string, readonly CatgtFile[]>, isSuperRun: boolean): ApBytes {
  const ap = new Map<string, number>();
  const last = todo.at(-1);
  for (const each of todo) {
    const bytes = (files.get(each.step.id) ?? []).filter(({ path }) => path.endsWith('.ap.bin')).reduce((sum, file) => sum + file.bytes, 0);
    const key = keyOf(isSuperRun ? last! : each);
    ap.set(key, (ap.get(key) ?? 0) + bytes);
  }
  return ap;
}

/** The most that lies there at once. */
function peak(steps: readonly PlannedStep[], freedBy: (step: PlannedStep) => number): number {
  let now = 0;
  let most = 0;
  for (const each of steps) {
    now += each.bytes;
    most = Math.max(most, now);
    now -= freedBy(each);
  }
  return most;
}
