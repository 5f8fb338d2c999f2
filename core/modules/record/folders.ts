// Folders named by parameters, checked when they are used: the reference checks every folder of every section beforehand,
// so that a dead tool path from another computer stops work it has no part in.

import fs from 'node:fs/promises';
import path from 'node:path';
import { makeFolder, ParameterError } from '../../common/index.ts';

/** The absolute path of a folder that must exist; `name` is its `section.key`. Throws ParameterError. */
export async function existingFolder(name: string, folder: string | undefined, cwd: string): Promise<string> {
  const absolute = path.resolve(cwd, requireValue(name, folder));
  const stats = await fs.stat(absolute).catch(() => undefined);
  if (stats?.isDirectory()) return absolute;
  throw new ParameterError(`${name}: ${stats ? 'not a folder' : 'no such folder'}: ${absolute}`, { next: 'Check the path and that the drive is connected.' });
}

/** The absolute path of a folder for results, made when it is missing. Throws ParameterError or OutputFileError. */
export async function outputFolder(name: string, folder: string | undefined, cwd: string): Promise<string> {
  const absolute = path.resolve(cwd, requireValue(name, folder));
  await makeFolder(absolute);
  return absolute;
}

/** A value that this use of the module needs although the record calls it optional. Throws ParameterError. */
export function requireValue(name: string, value: string | undefined): string {
  if (value === undefined || value.trim() === '') throw new ParameterError(`${name}: is required`);
  return value;
}
