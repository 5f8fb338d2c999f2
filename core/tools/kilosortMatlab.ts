// The MATLAB Kilosorts and npy-matlab: whether a folder holds what we are going to call.

import fs from 'node:fs/promises';
import path from 'node:path';
import type { Availability } from './availability.ts';
import type { KilosortVersion } from './kilosortScripts.ts';

/** The folder of Kilosort, if it is of this version and its GPU functions have been compiled. */
export async function findKilosort(folder: string, version: KilosortVersion): Promise<Availability<string>> {
  const download = `Give the folder of Kilosort ${version} (github.com/MouseLand/Kilosort, tag v${version}).`;
  const files = await filesBelow(folder);
  if (files === undefined) return { available: false, reason: folder.trim() === '' ? `does not say where Kilosort ${version} is` : `no such folder: ${folder}`, next: download };
  const found = kilosortVersionOf(files);
  if (found === undefined) return { available: false, reason: `${folder} holds no Kilosort 2.0, 2.5 or 3.0`, next: download };
  if (found !== version) return { available: false, reason: `${folder} holds Kilosort ${found}, but kilosort2_params.KSver is ${version}`, next: download };
  if (!files.some((file) => /\.mex\w+$/.test(file))) {
    return { available: false, reason: `the GPU functions of ${folder} have not been compiled`, next: `Run mexGPUall in ${path.join(folder, 'CUDA')} from MATLAB once.` };
  }
  return { available: true, tool: folder };
}

/** Each version has a step that the others have not. */
export function kilosortVersionOf(files: readonly string[]): KilosortVersion | undefined {
  const names = new Set(files.map((file) => path.basename(file)));
  if (!names.has('preprocessDataSub.m')) return undefined;
  if (names.has('template_learning.m')) return '3.0';
  if (names.has('datashift2.m')) return '2.5';
  return names.has('clusterSingleBatches.m') ? '2.0' : undefined;
}

/** The folder of npy-matlab, with which Kilosort writes its results. */
export async function findNpyMatlab(folder: string): Promise<Availability<string>> {
  const files = await filesBelow(folder);
  if (files?.some((file) => path.basename(file) === 'writeNPY.m')) return { available: true, tool: folder };
  const reason = folder.trim() === '' ? 'does not say where npy-matlab is' : files === undefined ? `no such folder: ${folder}` : `${folder} holds no writeNPY.m`;
  return { available: false, reason, next: 'Give the folder of npy-matlab (github.com/kwikteam/npy-matlab).' };
}

/** Undefined when it is no folder. */
async function filesBelow(folder: string): Promise<string[] | undefined> {
  if (folder.trim() === '') return undefined;
  return fs.readdir(folder, { recursive: true }).catch(() => undefined);
}
