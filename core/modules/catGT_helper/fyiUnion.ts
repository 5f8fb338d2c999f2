// `<run>_all_fyi.txt`: what all calls of CatGT on a run have made, so that one call per probe adds up to one list.

import { writeWhole, readTextIfThere } from '../../common/index.ts';

/** Puts the lines of `fyi` into `allFyi` (sorted, each once), which is made if missing. False when there is no `fyi`. */
export async function addToAllFyi(fyi: string, allFyi: string): Promise<boolean> {
  const [lines, earlier] = await Promise.all([readLines(fyi), readLines(allFyi)]);
  if (!lines) return false;
  const union = [...new Set([...lines, ...(earlier ?? [])])].sort(byCodePoint);
  await writeWhole(allFyi, union.map((line) => `${line}\n`).join(''));
  return true;
}

async function readLines(file: string): Promise<string[] | undefined> {
  return (await readTextIfThere(file))?.split(/\r?\n/).filter((line) => line.trim() !== '');
}

/** As UTF-8 bytes sort, whatever the computer's language. */
function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
