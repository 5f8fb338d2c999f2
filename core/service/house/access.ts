// Which folders the service may look into and write to: those the user chose (recordings, destinations, opened results),
// within the places it was told to stay in (`--root`). Links are followed before asking, so none leads out.

import fs from 'node:fs/promises';
import path from 'node:path';
import { AftergateError, inputFileError } from '../../common/index.ts';

/** A path outside the folders that were chosen. */
export class NotAllowedError extends AftergateError {
  readonly tag = 'not-allowed';
}

export interface Access {
  /** The places `folders.browse` starts from; choosing is limited to what lies in them. */
  readonly places: readonly string[];
  /** True for a path without links that lies in the places, if there are any. */
  readonly inPlaces: (real: string) => boolean;
  /** The user chose this folder: it and what lies in it may be used from now on. Throws NotAllowedError outside the places, InputFileError when it is not there. */
  choose(folder: string): Promise<string>;
  /** The path with links followed. Throws NotAllowedError unless it lies in a chosen folder. For a path that is not there yet, its nearest folder counts. */
  check(file: string): Promise<string>;
  /** Like check, for looking only: places count as well. */
  checkPlace(file: string): Promise<string>;
}

/** @param limits folders to stay in; none: the whole computer may be chosen from. */
export async function openAccess(limits: readonly string[]): Promise<Access> {
  const bounds = await Promise.all(limits.map((folder) => realPath(folder)));
  const chosen = new Set<string>();
  const isWithin = (file: string, folders: Iterable<string>) => [...folders].some((folder) => contains(folder, file));
  const inPlaces = (file: string) => bounds.length === 0 || isWithin(file, bounds);
  const refuse = (file: string, next: string) => new NotAllowedError(`${file}: is outside the folders Aftergate may use`, { next });
  return {
    places: bounds,
    inPlaces,
    async choose(folder) {
      const real = await realPath(folder);
      if (!inPlaces(real)) throw refuse(folder, `Choose one inside ${bounds.join(' or ')}, or start Aftergate with --root for that folder.`);
      chosen.add(real);
      return real;
    },
    async check(file) {
      const real = await realPath(file);
      if (!inPlaces(real) || !isWithin(real, chosen)) throw refuse(file, 'Add its folder first.');
      return real;
    },
    async checkPlace(file) {
      const real = await realPath(file);
      if (!inPlaces(real)) throw refuse(file, `Stay inside ${bounds.join(' or ')}.`);
      return real;
    },
  };
}

/** True when `file` is `folder` or lies in it. Windows and macOS know no case in names. */
export function contains(folder: string, file: string): boolean {
  const plain = (name: string) => (process.platform === 'linux' ? name : name.toLowerCase());
  const between = path.relative(plain(folder), plain(file));
  return between === '' || (between !== '..' && !between.startsWith(`..${path.sep}`) && !path.isAbsolute(between));
}

/** Links followed; of a path that is not there, as far as it is. Throws InputFileError for a relative path and for what cannot be read. */
async function realPath(file: string): Promise<string> {
  if (!path.isAbsolute(file)) throw inputFileError(file, new Error('must be a full path'));
  const whole = path.resolve(file);
  try {
    return await fs.realpath(whole);
  } catch (error) {
    const parent = path.dirname(whole);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === whole) throw inputFileError(file, error);
    // A link that points to nothing must not be taken for a name that is free.
    if (await fs.lstat(whole).then((entry) => entry.isSymbolicLink(), () => false)) throw inputFileError(file, error);
    return path.join(await realPath(parent), path.basename(whole));
  }
}
