// MATLAB: where it is, how a script is run in it, and what Kilosort says of its progress there.

import fs from 'node:fs/promises';
import path from 'node:path';
import type { Availability } from './availability.ts';
import { findProgram } from './findProgram.ts';
import type { LogNote } from './followProgress.ts';

/** @param at what the user gave: the program or its folder; '' to look on the PATH and in the usual places, newest first */
export async function findMatlab(at: string): Promise<Availability<string>> {
  const tool = await findProgram(['matlab'], { at, places: at.trim() === '' ? await usualFolders() : [] });
  if (tool !== undefined) return { available: true, tool };
  const reason = at.trim() === '' ? 'MATLAB is neither on the PATH nor in its usual place' : `there is no MATLAB at ${at}`;
  return { available: false, reason, next: 'Install MATLAB R2019a or newer, or give the path of its program here, such as C:\\Program Files\\MATLAB\\R2021b\\bin\\matlab.exe; ks_ver ag sorts without MATLAB.' };
}

const homes: Partial<Record<NodeJS.Platform, string>> = { win32: 'C:\\Program Files\\MATLAB', linux: '/usr/local/MATLAB', darwin: '/Applications' };

async function usualFolders(): Promise<string[]> {
  const home = homes[process.platform];
  const names = home === undefined ? [] : await fs.readdir(home).catch(() => []);
  const versions = names.filter((name) => /^(MATLAB_)?R20\d\d[ab](\.app)?$/.test(name)).sort().reverse();
  return versions.map((name) => path.join(home!, name, 'bin'));
}

/** Runs a script or function of the working folder, without a window, and ends with its status. */
export function matlabArguments(script: string): string[] {
  return ['-batch', script];
}

/** What Kilosort 2.0 to 3.0 prints as it goes, and our own lines about stages. */
export function parseKilosortLine(line: string): LogNote | undefined {
  const stage = /^aftergate-stage (.+)$/.exec(line.trim())?.[1];
  if (stage !== undefined) return { stage };
  const [, done, total] = /(\d+) \/ (\d+) batches/.exec(line) ?? [];
  return Number(total) > 0 ? { percent: (100 * Number(done)) / Number(total) } : undefined;
}
