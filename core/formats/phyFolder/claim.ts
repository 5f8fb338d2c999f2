// Where a change of a folder is prepared, and who prepares it: one process at a time.

import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { JobError, outputFileError, isThere } from '../../common/index.ts';
import { type FileOperations, isFileError } from './fileOperations.ts';

export interface ChangePlaces {
  readonly staging: string;
  /** New files under their own names. */
  readonly news: string;
  readonly scratch: string;
  readonly manifest: string;
  readonly owner: string;
}

export function changePlaces(folder: string): ChangePlaces {
  const staging = path.join(folder, 'aftergate_change');
  const inside = (name: string) => path.join(staging, name);
  return { staging, news: inside('new'), scratch: inside('scratch'), manifest: inside('manifest.json'), owner: inside('owner.json') };
}

interface Owner {
  readonly pid: number;
  readonly host: string;
  /** When that computer was started, seconds since 1970: after a restart the number of a process means nothing. */
  readonly booted: number;
}

const thisProcess = (): Owner => ({ pid: process.pid, host: os.hostname(), booted: Date.now() / 1000 - os.uptime() });

/**
 * Makes the folders for a change. What a process that is gone has left unfinished is thrown away. Throws JobError when
 * another process is at it, OutputFileError.
 */
export async function claimChange(folder: string, operations: FileOperations): Promise<void> {
  const { staging, news, scratch, owner } = changePlaces(folder);
  try {
    if (await isThere(staging)) {
      await mustBeAbandoned(folder, owner);
      await operations.remove(staging);
    }
    await operations.makeFolder(staging);
    await operations.writeFile(owner, JSON.stringify(thisProcess()));
    await operations.makeFolder(news);
    await operations.makeFolder(scratch);
  } catch (error) {
    throw isFileError(error) ? outputFileError(folder, error) : error;
  }
}

async function mustBeAbandoned(folder: string, file: string): Promise<void> {
  const owner = await readOwner(file);
  const own = thisProcess();
  if (!owner || (owner.host === own.host && !isAtWork(owner, own))) return;
  const who = owner.host === own.host ? `process ${owner.pid}` : `a process on ${owner.host}`;
  throw new JobError(`${folder}: is being changed by ${who}`, { next: `Wait until it is done; if no such program is running, delete ${path.dirname(file)}.` });
}

/** Undefined when the process ended before it had written that. */
async function readOwner(file: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await fs.readFile(file, 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

/** Seconds by which the start of the computer may seem to differ when its clock is set. */
const clockSlack = 60;

function isAtWork({ pid, booted }: Owner, own: Owner): boolean {
  if (pid === own.pid || Math.abs(booted - own.booted) > clockSlack) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
