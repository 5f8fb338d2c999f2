// Which commit a folder of somebody's code stands at, for the record of a run.

import { isAbort } from '../common/index.ts';
import { findProgram } from './findProgram.ts';
import { runProgram } from './runProgram.ts';

export interface GitCommit {
  readonly hash: string;
  /** As git log prints it: ISO 8601 with zone. */
  readonly date: string;
}

/** Undefined when the folder is no git repository or there is no git. */
export async function gitCommit(folder: string, signal?: AbortSignal): Promise<GitCommit | undefined> {
  const git = await findProgram(['git']);
  if (git === undefined) return undefined;
  const lines: string[] = [];
  const onLine = (line: string, from: string) => from === 'stdout' && lines.push(line);
  try {
    await runProgram(git, ['-C', folder, 'log', '-1', '--no-show-signature', '--format=%H%n%cI'], { signal, onLine });
  } catch (error) {
    if (isAbort(error)) throw error;
    return undefined;
  }
  const [hash, date] = lines;
  return date === undefined ? undefined : { hash, date };
}
