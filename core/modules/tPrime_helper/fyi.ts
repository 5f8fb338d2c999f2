// CatGT's list of what it made for a run: `sync_<stream>=` the edge file of a stream, `times_<stream>_<n>=` event files.

import path from 'node:path';
import { InputFileError, isThere, readTextIfThere } from '../../common/index.ts';
import { streamName } from './streamName.ts';

export interface FyiEntry {
  readonly stream: string;
  readonly path: string;
}

export interface Fyi {
  readonly path: string;
  /** In the order of the file. */
  readonly sync: readonly FyiEntry[];
  readonly times: readonly FyiEntry[];
}

/**
 * Reads `<run>_all_fyi.txt` or, without one, `<run>_fyi.txt` of a run folder. Files that are not where the list says, because
 * the run folder was moved, are looked for below where it is now. Throws InputFileError.
 */
export async function readFyi(runFolder: string, run: string): Promise<Fyi> {
  for (const name of [`${run}_all_fyi.txt`, `${run}_fyi.txt`]) {
    const file = path.join(runFolder, name);
    const text = await readTextIfThere(file);
    if (text !== undefined) return relocate(parseFyi(text, file), outputTop(text), runFolder);
  }
  throw new InputFileError(runFolder, `holds neither ${run}_all_fyi.txt nor ${run}_fyi.txt`, {
    next: 'Run catGT_helper (or CatGT) on this run first; it lists the sync and event files there.',
  });
}

export function parseFyi(text: string, file: string): Fyi {
  const sync: FyiEntry[] = [];
  const times: FyiEntry[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, kind, label, value] = /^(sync|times)_([^=]+)=(.+)$/.exec(line.trim()) ?? [];
    const stream = streamName(label ?? '');
    if (stream !== undefined) (kind === 'sync' ? sync : times).push({ stream, path: value.trim() });
  }
  return { path: file, sync, times };
}

function outputTop(text: string): string | undefined {
  return /^outpath_top=(.*\S)/m.exec(text)?.[1];
}

async function relocate(fyi: Fyi, top: string | undefined, runFolder: string): Promise<Fyi> {
  const move = async (entry: FyiEntry): Promise<FyiEntry> => ({ ...entry, path: await presentPath(entry.path, top, runFolder) });
  return { path: fyi.path, sync: await Promise.all(fyi.sync.map(move)), times: await Promise.all(fyi.times.map(move)) };
}

async function presentPath(listed: string, top: string | undefined, runFolder: string): Promise<string> {
  const plain = (text: string) => text.replaceAll('\\', '/').replace(/\/+$/, '');
  if (top === undefined || !plain(listed).startsWith(`${plain(top)}/`) || (await isThere(listed))) return listed;
  const moved = path.join(runFolder, plain(listed).slice(plain(top).length + 1));
  return (await isThere(moved)) ? moved : listed;
}
