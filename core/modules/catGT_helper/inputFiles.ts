// Which recording files a call of CatGT was about, for the record of the run.

import fs from 'node:fs/promises';
import path from 'node:path';
import type { CatGTOptions } from '../../engines/catgt/index.ts';
import { parseSglxName, streamLabel } from '../../spikeglx/index.ts';

/** The .bin and .meta files of the gates, triggers and streams (labels such as `imec0.ap`) asked for, sorted. */
export async function inputFiles(options: CatGTOptions, labels: readonly string[]): Promise<string[]> {
  const wanted = new Set(labels.flatMap((label) => [label, label.replace(/\.lf$/, '.ap')])); // LF may be made from AP
  const files = (await Promise.all(runFolders(options).map(filesBelow))).flat();
  return files.filter((file) => {
    const name = /\.(bin|meta)$/.test(file) ? parseSglxName(path.basename(file)) : undefined;
    return name?.run === options.run && wanted.has(streamLabel(name.stream)) && isAskedFor(options, name.gate, name.trigger);
  }).sort();
}

function isAskedFor({ parts, cat }: CatGTOptions, gate: number, trigger: number | 'cat'): boolean {
  return parts.some((part) => part.gate === gate && (trigger === 'cat' ? cat : trigger >= part.first && trigger <= part.last));
}

function runFolders({ dir, probeDirs, run, parts, fromCatGT, noRunFolder }: CatGTOptions): string[] {
  const dirs = [...new Set([dir, ...probeDirs.values()])];
  if (noRunFolder) return dirs;
  return [...new Set(dirs.flatMap((each) => parts.map(({ gate }) => path.join(each, `${fromCatGT ? 'catgt_' : ''}${run}_g${gate}`))))];
}

/** In a folder and the probe folders in it. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await fs.readdir(folder, { withFileTypes: true }).catch(() => []);
  const inProbes = entries.filter((entry) => entry.isDirectory() && /_imec\d*$/.test(entry.name)).map(async ({ name }) => {
    const names = await fs.readdir(path.join(folder, name)).catch(() => []);
    return names.map((file) => path.join(folder, name, file));
  });
  const here = entries.filter((entry) => entry.isFile()).map(({ name }) => path.join(folder, name));
  return [...here, ...(await Promise.all(inProbes)).flat()];
}
