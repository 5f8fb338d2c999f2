// The jobs on disk: one JSON file each in the profile and one for their order, so that closing, a crash or a power cut
// costs nothing but the step at work.

import fs from 'node:fs/promises';
import path from 'node:path';
import { InputFileError, writeWhole } from '../../common/index.ts';
import type { ServiceContext } from '../house/index.ts';
import { hasEnded, isOpen, type StoredJob, changeSteps, fresh } from './job.ts';

export interface JobStore {
  /** In the order they are worked on. */
  all(): readonly StoredJob[];
  /** Throws InputFileError when there is no such job. */
  get(jobId: string): StoredJob;
  /** Throws OutputFileError. */
  add(job: StoredJob): Promise<void>;
  /** At once in memory; `keep` also writes it, soon. */
  change(jobId: string, change: (job: StoredJob) => StoredJob, keep?: boolean): void;
  move(jobId: string, by: number): Promise<void>;
  remove(jobId: string): Promise<void>;
  /** A job's folder, for its logs and its report. */
  folderOf(jobId: string): string;
  /** Why the last job could not be written; null: it was. */
  problem(): string | null;
  flush(): Promise<void>;
}

export async function openStore({ profile, now }: ServiceContext): Promise<JobStore> {
  const room = await profile.room('queue');
  const orderFile = path.join(room, 'order.json');
  const jobs = new Map<string, StoredJob>();
  for (const job of await readJobs(room, orderFile)) jobs.set(job.jobId, held(job, now()));
  const fileOf = (jobId: string) => path.join(room, `${jobId}.json`);
  const saving = new Map<string, Promise<void>>();
  const due = new Set<string>();
  let problem: string | null = null;

  /** What is written is the job as it is then; one write waits at most. */
  function save(jobId: string): Promise<void> {
    const before = saving.get(jobId) ?? Promise.resolve();
    if (due.has(jobId)) return before;
    due.add(jobId);
    const write = before.catch(() => undefined).then(async () => {
      due.delete(jobId);
      const job = jobs.get(jobId);
      if (job) await writeWhole(fileOf(jobId), `${JSON.stringify(job)}\n`);
      problem = null;
    });
    saving.set(jobId, write);
    return write;
  }
  const saveOrder = () => writeWhole(orderFile, `${JSON.stringify([...jobs.keys()])}\n`);

  function get(jobId: string): StoredJob {
    const job = jobs.get(jobId);
    if (!job) throw new InputFileError(jobId, 'there is no such job (any more)', { next: 'Open Queue to see the jobs there are.' });
    return job;
  }

  return {
    all: () => [...jobs.values()],
    get,
    async add(job) {
      jobs.set(job.jobId, job);
      await save(job.jobId);
      await saveOrder();
    },
    change(jobId, change, keep = true) {
      jobs.set(jobId, change(get(jobId)));
      // The journal beside the outputs knows what is done: a profile that cannot be written must not stop the work.
      if (keep) save(jobId).catch((error: unknown) => { problem = error instanceof Error ? error.message : String(error); });
    },
    async move(jobId, by) {
      const ids = [...jobs.keys()];
      const at = ids.indexOf(get(jobId).jobId);
      const to = Math.max(0, Math.min(ids.length - 1, at + by));
      ids.splice(to, 0, ...ids.splice(at, 1));
      const moved = ids.map((id) => jobs.get(id)!);
      jobs.clear();
      for (const job of moved) jobs.set(job.jobId, job);
      await saveOrder();
    },
    async remove(jobId) {
      get(jobId);
      jobs.delete(jobId);
      await saving.get(jobId)?.catch(() => undefined);
      await fs.rm(fileOf(jobId), { force: true });
      await fs.rm(path.join(room, jobId), { recursive: true, force: true });
      await saveOrder();
    },
    folderOf: (jobId) => path.join(room, jobId),
    problem: () => problem,
    async flush() {
      await Promise.allSettled(saving.values());
    },
  };
}

async function readJobs(room: string, orderFile: string): Promise<StoredJob[]> {
  const names = (await fs.readdir(room)).filter((name) => name.endsWith('.json') && name !== path.basename(orderFile));
  const jobs = (await Promise.all(names.map((name) => readJob(path.join(room, name))))).filter((job) => job !== undefined);
  const order = await fs.readFile(orderFile, 'utf8').then((text) => JSON.parse(text) as unknown, () => []).catch(() => []);
  const place = ({ jobId }: StoredJob) => (Array.isArray(order) && order.includes(jobId) ? order.indexOf(jobId) : Infinity);
  return jobs.sort((a, b) => (place(a) === place(b) ? (a.addedAt < b.addedAt ? -1 : 1) : place(a) - place(b)));
}

/** undefined for what is not a job; it is left where it is. */
async function readJob(file: string): Promise<StoredJob | undefined> {
  try {
    const job = JSON.parse(await fs.readFile(file, 'utf8')) as Partial<StoredJob>;
    if (typeof job.jobId !== 'string' || path.basename(file) !== `${job.jobId}.json` || typeof job.session !== 'object' || !Array.isArray(job.steps)) return undefined;
    return job as StoredJob;
  } catch {
    return undefined;
  }
}

/**
 * A job that was not finished when the program ended waits to be told to go on: the computer may have stopped because of
 * it, and its drives may not be connected yet. One that had not begun and whose time is still to come keeps its time.
 */
function held(job: StoredJob, now: number): StoredJob {
  const isAhead = job.state === 'waiting' && job.startedAt === null && job.notBefore !== null && Date.parse(job.notBefore) > now;
  return hasEnded(job) || isAhead ? job : changeSteps({ ...job, state: 'interrupted' }, isOpen, fresh);
}
