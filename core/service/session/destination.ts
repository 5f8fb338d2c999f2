// Where results of a new session could go: where the last ones went, or a folder for sorted data beside the recordings.
// Never into a run's own folder, never outside what may be used.

import path from 'node:path';
import { isThere } from '../../common/index.ts';
import type { SessionContent } from '../contract/index.ts';
import { contains, type ServiceContext } from '../house/index.ts';

/** What people call such a folder. */
const names = ['sorted', 'processed', 'output', 'catgt'];

/** @param recordings folders that hold run folders @param runFolders what must stay untouched. undefined: none may be used. */
export async function proposeDestination({ access }: ServiceContext, last: SessionContent | undefined, recordings: readonly string[], runFolders: readonly string[]): Promise<string | undefined> {
  const isFine = async (folder: string) => !runFolders.some((run) => contains(run, folder)) && (await access.check(folder).then(() => true, () => false));
  // What the queue wrote to was chosen by the user then; the choice ended with the program.
  if (typeof last?.catGT_dest === 'string' && (await isThere(last.catGT_dest))) {
    await access.choose(last.catGT_dest).catch(() => undefined);
    if (await isFine(last.catGT_dest)) return last.catGT_dest;
  }
  const places = recordings.flatMap((folder) => [path.dirname(folder), folder]);
  for (const place of places) {
    for (const name of names) if ((await isThere(path.join(place, name))) && (await isFine(path.join(place, name)))) return path.join(place, name);
  }
  for (const place of places) if (await isFine(path.join(place, names[0]))) return path.join(place, names[0]);
  return undefined;
}
