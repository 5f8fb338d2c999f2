// The profile folder: what the program keeps for its user. Named JSON values (folders, settings, what screens remember) in
// profile.json; drafts, presets, labels and caches in folders of their own. Nothing that matters to results lies only here.

import fs from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { makeFolder, writeWhole, readTextIfThere } from '../../common/index.ts';

export interface Profile {
  readonly folder: string;
  /** undefined when never set, or when it does not have the wanted form. */
  get<Value>(name: string, isValid: (value: unknown) => value is Value): Value | undefined;
  values(): Readonly<Record<string, unknown>>;
  /** Saved when the promise ends. `undefined` forgets it. */
  set(name: string, value: unknown): Promise<void>;
  /** A folder inside, made when it is not there. */
  room(name: 'drafts' | 'presets' | 'labels' | 'cache' | 'queue'): Promise<string>;
  /** Ends when everything is on the disk. */
  flush(): Promise<void>;
}

/** Forms of values, for `get`. */
export const isText = (value: unknown): value is string => typeof value === 'string';
export const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);

/** Where programs keep such things on this system. */
export function defaultProfileFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (process.platform === 'win32') return path.join(env['APPDATA'] ?? path.join(homedir(), 'AppData', 'Roaming'), 'Aftergate');
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Application Support', 'Aftergate');
  return path.join(env['XDG_CONFIG_HOME'] ?? path.join(homedir(), '.config'), 'aftergate');
}

/** Throws InputFileError for a profile.json that cannot be read; one that is not JSON is set aside as profile.json.broken. */
export async function openProfile(folder: string): Promise<Profile> {
  await makeFolder(folder);
  const file = path.join(folder, 'profile.json');
  let values = await readValues(file);
  let writing: Promise<void> = Promise.resolve();
  return {
    folder,
    get(name, isValid) {
      const value = values[name];
      return isValid(value) ? value : undefined;
    },
    values: () => values,
    set(name, value) {
      values = value === undefined ? Object.fromEntries(Object.entries(values).filter(([key]) => key !== name)) : { ...values, [name]: value };
      const write = () => writeWhole(file, `${JSON.stringify(values, null, 1)}\n`);
      writing = writing.then(write, write);
      return writing;
    },
    async room(name) {
      const room = path.join(folder, name);
      await makeFolder(room);
      return room;
    },
    flush: () => writing,
  };
}

async function readValues(file: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readTextIfThere(file);
  if (text === undefined) return {};
  try {
    const values: unknown = JSON.parse(text);
    if (typeof values === 'object' && values !== null && !Array.isArray(values)) return values as Record<string, unknown>;
  } catch {
    // set aside below
  }
  await fs.rename(file, `${file}.broken`);
  return {};
}
