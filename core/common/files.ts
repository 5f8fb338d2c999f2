// Small questions to the file system, and patience with Windows.

import fs from 'node:fs/promises';
import { inputFileError } from './errors.ts';

export async function isThere(file: string): Promise<boolean> {
  return fs.access(file).then(() => true, () => false);
}

/** Undefined when there is no such file. Throws InputFileError when it cannot be read. */
export async function readTextIfThere(file: string): Promise<string | undefined> {
  try {
    return await fs.readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw inputFileError(file, error);
  }
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
