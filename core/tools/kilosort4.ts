// Kilosort 4: which Python has it, and how our script in it (resources/tools/run_kilosort4.py) is told what to sort.

import path from 'node:path';
import { isAbort } from '../common/index.ts';
import type { Availability } from './availability.ts';
import { findProgram } from './findProgram.ts';
import type { LogNote } from './followProgress.ts';
import { runProgram } from './runProgram.ts';

/** Name of our script in resources/tools. */
export const kilosort4Script = 'run_kilosort4.py';

export interface Kilosort4 {
  readonly python: string;
  /** Of the Python packages. */
  readonly version: string;
  readonly torch: string;
  /** Without it Kilosort runs on the processor, many times slower. */
  readonly gpu: boolean;
}

/**
 * Asks a Python what it has.
 * @param at what the user gave: the interpreter or the folder of its environment; '' for the PATH's
 * @param script the text of our script
 */
export async function findKilosort4(at: string, script: string, signal?: AbortSignal): Promise<Availability<Kilosort4>> {
  const python = await findProgram(process.platform === 'win32' ? ['python'] : ['python3', 'python'], { at });
  if (python === undefined) {
    const reason = at.trim() === '' ? 'Python is not on the PATH' : `there is no Python at ${at}`;
    return { available: false, reason, next: elsewhere };
  }
  const said: string[] = [];
  try {
    // Python also looks for packages in the working folder, which therefore must not be the user's.
    await runProgram(python, ['-c', script, '--check'], { cwd: path.dirname(python), signal, env: kilosort4Environment, onLine: (line) => said.push(line) });
  } catch (error) {
    if (isAbort(error) || signal?.aborted) throw error;
    return { available: false, reason: `${python} has no Kilosort 4 that works${said.length > 0 ? ` (${said.at(-1)!.trim()})` : ''}`, next: elsewhere };
  }
  return parseCheck(python, said);
}

const install = 'Install Kilosort 4 (python -m pip install kilosort), or use ks_ver ag, which needs no Python.';
const elsewhere = `Give the path of the Python that has Kilosort 4 here. ${install}`;

function parseCheck(python: string, said: readonly string[]): Availability<Kilosort4> {
  const [, version, torch, gpu] = /^aftergate-kilosort (\S+) torch (\S+) gpu (0|1)$/.exec(said.find((line) => line.startsWith('aftergate-kilosort ')) ?? '') ?? [];
  if (version === undefined) return { available: false, reason: `${python} does not behave like Python`, next: elsewhere };
  if (Number.parseInt(version) !== 4) return { available: false, reason: `${python} has Kilosort ${version} instead of 4`, next: install };
  return { available: true, tool: { python, version, torch, gpu: gpu === '1' } };
}

/** What is sorted and how; the script takes it as a JSON file. */
export interface Kilosort4Job {
  readonly bin: string;
  /** A channel map, .mat. */
  readonly probe: string;
  /** Where results go. */
  readonly results: string;
  /** Kilosort's settings by its own names; Infinity is written as "inf". */
  readonly settings: Readonly<Record<string, number | boolean>>;
  /** Arguments of run_kilosort. */
  readonly options: { readonly do_CAR: boolean; readonly save_extra_vars: boolean; readonly save_preprocessed_copy: boolean };
}

export function kilosort4JobText(job: Kilosort4Job): string {
  return `${JSON.stringify(job, (_, value: unknown) => (value === Infinity ? 'inf' : value), 2)}\n`;
}

/** @param job path of the JSON file */
export function kilosort4Arguments(script: string, job: string): string[] {
  return ['-u', script, job];
}

/** Files and output in UTF-8 whatever the computer's language, so that paths and lines survive. */
export const kilosort4Environment = { PYTHONUTF8: '1', PYTHONIOENCODING: 'utf-8' } as const;

const stages = [
  'Computing preprocessing variables', 'Computing drift correction', 'Extracting spikes using templates', 'First clustering',
  'Extracting spikes using cluster waveforms', 'Final clustering', 'Merging clusters', 'Saving to phy',
];

/** The log of Kilosort 4, its progress bars (which say the same as our own lines), and our own lines about percents. */
export function parseKilosort4Line(line: string): LogNote | undefined {
  const percent = /^aftergate-percent (\d+)$/.exec(line.trim())?.[1] ?? /^\s*(\d+)%\|/.exec(line)?.[1];
  if (percent !== undefined) return { percent: Number(percent) };
  const stage = stages.find((name) => line.includes(name));
  return stage === undefined ? undefined : { stage };
}
