// Small questions to the file system, and patience with Windows.

import fs from 'node:fs/promises';

export async function isThere(file: string): Promise<boolean> {
  return fs.access(file).then(() => true, () => false);
}

/** Windows refuses to touch a file that a virus scanner or viewer holds for a moment: tries for two seconds. */
export async function whileHeld(action: () => Promise<void>): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await action();
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      if (process.platform !== 'win32' || attempt === 20 || !['EBUSY', 'EPERM', 'EACCES'].includes(code)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
