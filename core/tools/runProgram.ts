// Starts an external program, passes on what it says line by line, and waits for its end.

import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { describeFileError, JobError } from '../common/index.ts';
import { killTree, killTreeNow, ownGroup } from './killTree.ts';

export interface ProgramOptions {
  /** Must exist. */
  readonly cwd?: string;
  /** Ends the program and all it has started; runProgram then throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Every line but blank ones, read as UTF-8; a carriage return ends a line too, as progress bars use it. */
  readonly onLine?: (line: string, from: 'stdout' | 'stderr') => void;
}

/** Lines of the program's complaint that an error quotes. */
const quotedLines = 8;
/** How long output may lag behind the end of the program, ms: a service that it has left running may hold the pipes open for ever. */
const afterwards = 2000;

/**
 * Runs `program` (a path) with `args` as they are, without a shell. Throws JobError with the last lines of the program
 * when it cannot be started or does not end with status 0, the signal's reason when aborted, and what `onLine` throws.
 */
export async function runProgram(program: string, args: readonly string[], options: ProgramOptions = {}): Promise<void> {
  const { cwd, signal, env, onLine } = options;
  signal?.throwIfAborted();
  const child = start(program, args, { cwd, env });
  const complaint: Record<'stdout' | 'stderr', string[]> = { stdout: [], stderr: [] };
  let broken: { readonly error: unknown } | undefined;
  const take = (from: 'stdout' | 'stderr') => (line: string) => {
    complaint[from] = [...complaint[from], line].slice(-quotedLines);
    if (broken) return;
    try {
      onLine?.(line, from);
    } catch (error) {
      broken = { error };
      killTree(child);
    }
  };
  eachLine(child.stdout!, take('stdout'));
  eachLine(child.stderr!, take('stderr'));

  const stop = () => killTree(child);
  const stopNow = () => killTreeNow(child);
  signal?.addEventListener('abort', stop, { once: true });
  process.once('exit', stopNow);
  try {
    const { code, killer } = await ended(child, program);
    signal?.throwIfAborted();
    if (broken) throw broken.error;
    if (code !== 0) throw failure(program, code, killer, complaint);
  } finally {
    signal?.removeEventListener('abort', stop);
    process.removeListener('exit', stopNow);
  }
}

function start(program: string, args: readonly string[], { cwd, env }: Pick<ProgramOptions, 'cwd' | 'env'>): ChildProcess {
  try {
    return spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true, detached: ownGroup });
  } catch (error) {
    throw cannotStart(program, error);
  }
}

function ended(child: ChildProcess, program: string): Promise<{ code: number | null; killer: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    child.once('error', (error) => reject(cannotStart(program, error)));
    child.once('exit', () => {
      timer = setTimeout(() => [child.stdout, child.stderr].forEach((stream) => stream?.destroy()), afterwards);
    });
    child.once('close', (code, killer) => {
      clearTimeout(timer);
      resolve({ code, killer });
    });
  });
}

function eachLine(stream: Readable, take: (line: string) => void): void {
  let rest = '';
  const takeUnlessBlank = (line: string) => line.trim() !== '' && take(line);
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split(/[\r\n]+/);
    rest = lines.pop()!;
    lines.forEach(takeUnlessBlank);
  });
  stream.on('end', () => takeUnlessBlank(rest));
  stream.on('error', () => undefined); // the end of the program tells the story
}

function cannotStart(program: string, error: unknown): JobError {
  return new JobError(`${program}: cannot be started: ${describeFileError(error).what}`, { cause: error });
}

function failure(program: string, code: number | null, killer: NodeJS.Signals | null, { stdout, stderr }: Record<'stdout' | 'stderr', readonly string[]>): JobError {
  const end = code === null ? `was ended by ${killer}` : `ended with status ${code}`;
  const said = (stderr.length > 0 ? stderr : stdout).map((line) => line.trim()).join('\n  ');
  const next = killer === 'SIGKILL' ? 'The system ends programs so when memory runs out: close others, or use a computer with more memory.' : undefined;
  return new JobError(`${path.basename(program)} ${end}${said === '' ? '' : `; it said last:\n  ${said}`}`, { next });
}
