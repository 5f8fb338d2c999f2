// How fast a drive takes what is written to it.

import fs from 'node:fs/promises';
import path from 'node:path';

/** Bytes written to measure a drive: enough to leave a disk's own cache out of it. */
const testBytes = 64e6;

/** MB/s, with the data on the drive and not in memory only. The file is removed again. */
export async function writeSpeed(folder: string): Promise<number> {
  const file = path.join(folder, '.aftergate-speed-test');
  const began = performance.now();
  try {
    const handle = await fs.open(file, 'w');
    try {
      await handle.write(new Uint8Array(testBytes));
      await handle.sync();
    } finally {
      await handle.close();
    }
    return testBytes / 1e6 / ((performance.now() - began) / 1000);
  } finally {
    await fs.rm(file, { force: true });
  }
}
