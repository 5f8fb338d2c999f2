// events.csv: the times of one kind of event, aligned, in every sort folder, where phy's PSTH view looks for it.

import fs from 'node:fs/promises';
import path from 'node:path';
import { formatFixed6, inputFileError, parseDecimal, writeWhole } from '../../common/index.ts';

export interface EventSources {
  /** Event files that TPrime has aligned. */
  readonly aligned: readonly string[];
  /** Event files, and the sync file, that are on the right clock already. */
  readonly inPlace: readonly string[];
}

/** The file whose name has one of `endings` (see eventName.ts): aligned ones first. */
export function findEventFile(endings: readonly string[], { aligned, inPlace }: EventSources): string | undefined {
  const find = (files: readonly string[], suffix: string) => endings.map((ending) => files.find((file) => pattern(ending + suffix).test(path.basename(file)))).find(Boolean);
  return find(aligned, '.adj.txt') ?? find(inPlace, '.txt');
}

/** Writes the times of `file`, 6 decimals, comma between, to events.csv in every folder. Returns how many there are. */
export async function writeEventsCsv(file: string, folders: readonly string[]): Promise<number> {
  const text = await fs.readFile(file, 'utf8').catch((error: unknown) => {
    throw inputFileError(file, error);
  });
  const times = text.split(/\r?\n/).map(parseDecimal).filter((time) => time !== undefined);
  const line = times.map(formatFixed6).join(',');
  for (const folder of folders) await writeWhole(eventsCsv(folder), line);
  return times.length;
}

export function eventsCsv(folder: string): string {
  return path.join(folder, 'events.csv');
}

function pattern(ending: string): RegExp {
  const escaped = ending.replace(/[.+^${}()|[\]\\?]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`${escaped}$`, process.platform === 'win32' ? 'i' : '');
}
