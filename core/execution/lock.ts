// One process at a time on a folder of a plan: two would overwrite each other's results. The lock is a file that says who
// holds it; one whose holder is gone, or was gone before this computer started, is taken over.

import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { JobError, makeFolder, outputFileError } from '../common/index.ts';

interface Holder {
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  /** ISO time. */
  readonly since: string;
}

export interface Lock {
  release(): Promise<void>;
}

export function lockPath(folder: string): string {
  return path.join(folder, 'lock.json');
}

/** Throws JobError naming the holder. */
export async function takeLock(folder: string): Promise<Lock> {
  const file = lockPath(folder);
  const own: Holder = { id: randomUUID(), pid: process.pid, host: os.hostname(), since: new Date().toISOString() };
  await makeFolder(folder);
  while (!(await create(file, own))) {
    const holder = await read(file);
    if (holder && isAlive(holder)) {
      throw new JobError(`${folder}: another run is at work here (process ${holder.pid} on ${holder.host}, since ${holder.since})`, {
        next: holder.host === own.host ? 'Wait for it or stop it.' : `Wait for it; if it is gone, remove ${file}.`,
      });
    }
    // Renaming, not removing: of two processes that find the same stale lock only one succeeds.
    const stale = `${file}.${own.id}`;
    await fs.rename(file, stale).catch(() => undefined);
    await fs.rm(stale, { force: true });
  }
  return {
    async release() {
      if ((await read(file))?.id === own.id) await fs.rm(file, { force: true });
    },
  };
}

/** False when there is one already. */
async function create(file: string, holder: Holder): Promise<boolean> {
  try {
    await fs.writeFile(file, JSON.stringify(holder), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw outputFileError(file, error);
  }
}

/** Undefined for a lock that is gone, or that a killed process left without content. */
async function read(file: string): Promise<Holder | undefined> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const text = await fs.readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as Holder;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20)); // it may be being written at this moment
    }
  }
  return undefined;
}

function isAlive({ pid, host, since }: Holder): boolean {
  if (host !== os.hostname()) return true; // nothing can be known of it
  if (pid === process.pid) return true;
  const started = Date.now() - os.uptime() * 1000;
  if (Date.parse(since) < started - clockSlack) return false; // the number belongs to another process by now
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Uptime and clock do not agree to the millisecond, ms. */
const clockSlack = 5000;
