// Where results go: into the sorter's folder, under names that may be given as full paths.

import path from 'node:path';
import { ParameterError } from '../../common/index.ts';

/**
 * The name of a file in `folder` that a parameter names by its path. Throws ParameterError when it lies elsewhere: all
 * results are switched in together, which takes one folder.
 */
export function nameInFolder(parameter: string, file: string | undefined, name: string, folder: string, cwd: string): string {
  if (file === undefined || file.trim() === '') return name;
  const absolute = path.resolve(cwd, file);
  if (samePath(path.dirname(absolute), folder)) return path.basename(absolute);
  throw new ParameterError(`${parameter}: ${absolute} is not in the sorter's folder ${folder}`, { next: `Leave it out, or set it to ${path.join(folder, name)}.` });
}

function samePath(a: string, b: string): boolean {
  return process.platform === 'win32' ? a.toLowerCase() === b.toLowerCase() : a === b;
}
