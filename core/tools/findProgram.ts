// Where a program is: at the place somebody gave, on the PATH, or in one of its usual places.

import fs from 'node:fs/promises';
import path from 'node:path';

export interface FindOptions {
  /** The program itself or its folder. When given nothing else is looked at: another version elsewhere would be a surprise. */
  readonly at?: string;
  /** Further folders, looked through after the PATH. */
  readonly places?: readonly string[];
  /** Default: this process's. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

const onWindows = process.platform === 'win32';

/**
 * The absolute path of the first of `names` (`python3`, `python`; without `.exe`) that is there and may be run; undefined
 * when none is.
 */
export async function findProgram(names: readonly string[], { at, places = [], env = process.env }: FindOptions = {}): Promise<string | undefined> {
  if (at !== undefined && at.trim() !== '') return (await isProgram(path.resolve(at))) ? path.resolve(at) : firstIn([at, path.join(at, 'bin')], names);
  return firstIn([...pathFolders(env), ...places], names);
}

async function firstIn(folders: readonly string[], names: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    for (const name of names) {
      const candidate = path.resolve(folder, onWindows ? `${name}.exe` : name);
      if (await isProgram(candidate)) return candidate;
    }
  }
  return undefined;
}

/** Windows calls it Path or PATH, and some entries stand in quotes. */
function pathFolders(env: Readonly<Record<string, string | undefined>>): string[] {
  const key = Object.keys(env).find((name) => (onWindows ? name.toUpperCase() : name) === 'PATH');
  const folders = (key === undefined ? '' : (env[key] ?? '')).split(path.delimiter);
  return folders.map((folder) => folder.replace(/^"(.*)"$/, '$1')).filter((folder) => path.isAbsolute(folder));
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await fs.access(file, fs.constants.X_OK);
    return (await fs.stat(file)).isFile();
  } catch {
    return false;
  }
}
