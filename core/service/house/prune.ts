// A cache that only grows fills the user's drive: the oldest files go when it is larger than it may be.

import fs from 'node:fs/promises';
import path from 'node:path';

/** Removes files of a folder (those with the ending alone), the oldest first, until those left come to `most_B` at most. A folder that is not there is small enough. */
export async function pruneFolder(folder: string, most_B: number, ending = ''): Promise<void> {
  const names = (await fs.readdir(folder).catch(() => [])).filter((name) => name.endsWith(ending));
  const files = (await Promise.all(names.map(async (name) => {
    const file = path.join(folder, name);
    const stats = await fs.stat(file).catch(() => undefined);
    return stats?.isFile() ? { file, bytes: stats.size, written: stats.mtimeMs } : undefined;
  }))).filter((each) => each !== undefined).sort((a, b) => a.written - b.written);
  let bytes = files.reduce((sum, each) => sum + each.bytes, 0);
  for (const each of files) {
    if (bytes <= most_B) return;
    // One that another program holds open stays for the next time.
    if (await fs.rm(each.file).then(() => true, () => false)) bytes -= each.bytes;
  }
}
