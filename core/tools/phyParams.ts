// params.py, from which phy learns where the samples are: sorters write where they read them, which holds on one computer
// only. Ours names the file from the sorter's folder on, so that both can be moved together.

import fs from 'node:fs/promises';
import path from 'node:path';
import { inputFileError, writeWhole } from '../common/index.ts';
import { pythonText } from './pythonText.ts';

export interface PhyData {
  /** Absolute path of the file of samples. */
  readonly file: string;
  /** Its columns. */
  readonly channels: number;
  /** Hz. */
  readonly rate: number;
}

/**
 * Rewrites `<folder>/params.py` and keeps the sorter's own as old_params.py. The file is named from `finalFolder` on,
 * which is what `folder` will be called. Throws InputFileError, OutputFileError.
 */
export async function pointParamsAt(folder: string, finalFolder: string, data: PhyData): Promise<void> {
  const file = path.join(folder, 'params.py');
  const text = await fs.readFile(file, 'utf8').catch((error: unknown) => {
    throw inputFileError(file, error);
  });
  await writeWhole(path.join(folder, 'old_params.py'), text);
  await writeWhole(file, rewriteParams(text, relativePath(finalFolder, data.file), data));
}

/** The lines of dat_path, n_channels_dat and sample_rate replaced, or added when they are missing; all others kept. */
export function rewriteParams(text: string, dataPath: string, { channels, rate }: Pick<PhyData, 'channels' | 'rate'>): string {
  const values = new Map([['dat_path', pythonText(dataPath)], ['n_channels_dat', String(channels)], ['sample_rate', rate.toFixed(12)]]);
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/).map((line) => {
    const name = /^\s*(\w+)\s*=/.exec(line)?.[1];
    const value = values.get(name ?? '');
    if (value === undefined) return line;
    values.delete(name!);
    return `${name} = ${value}`;
  });
  while (lines.at(-1) === '') lines.pop();
  return [...lines, ...[...values].map(([name, value]) => `${name} = ${value}`), ''].join('\n');
}

/** With forward slashes; absolute where there is no way from the folder to the file (another drive). */
export function relativePath(folder: string, file: string, platform: typeof path.posix = path): string {
  const relative = platform.relative(folder, file);
  return platform.sep === '/' ? relative : relative.replaceAll(platform.sep, '/');
}
