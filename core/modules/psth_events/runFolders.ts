// The folders in which the event files of a sorting may be.

import fs from 'node:fs/promises';
import path from 'node:path';

/**
 * Nearest first: the sorter's folder lies in its probe's folder, that in the run's folder, where NI events are; the
 * folder of extracted data is one of these or the one above. Each run's folder is followed by its probes' folders.
 */
export async function runFolders(sorted: string, extracted: string | undefined): Promise<string[]> {
  const probe = path.dirname(sorted);
  const tops = [probe, path.dirname(probe), ...(extracted === undefined ? [] : [extracted, path.dirname(extracted)])];
  const found: string[] = [];
  for (const top of tops) found.push(top, ...(await probeFolders(top)));
  return [...new Set(found)];
}

/** The text files of a folder, by name. */
export async function textFiles(folder: string): Promise<string[]> {
  const entries = await fs.readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile() && entry.name.endsWith('.txt')).map(({ name }) => path.join(folder, name)).sort();
}

async function probeFolders(folder: string): Promise<string[]> {
  const entries = await fs.readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory() && /_imec\d*$/.test(entry.name)).map(({ name }) => path.join(folder, name)).sort();
}
