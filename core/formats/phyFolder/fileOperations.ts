// The file operations a change of a folder is made of. Handed in, so that tests can stop after any of them.

import fs from 'node:fs/promises';
import { isAbort, isAftergateError, whileHeld } from '../../common/index.ts';

export interface FileOperations {
  /** Makes one folder; fails when it exists. */
  readonly makeFolder: (folder: string) => Promise<void>;
  readonly writeFile: (file: string, content: string) => Promise<void>;
  readonly copyFile: (from: string, to: string) => Promise<void>;
  /** A second name for a file, without copying it where the drive can do that. */
  readonly link: (from: string, to: string) => Promise<void>;
  /** Replaces `to`. */
  readonly rename: (from: string, to: string) => Promise<void>;
  /** A file or a folder with all in it; nothing happens when there is none. */
  readonly remove: (file: string) => Promise<void>;
  /** Waits until a file's content is on the drive. */
  readonly flush: (file: string) => Promise<void>;
}

export const fileOperations: FileOperations = {
  makeFolder: (folder) => fs.mkdir(folder),
  writeFile: (file, content) => fs.writeFile(file, content),
  copyFile: (from, to) => fs.copyFile(from, to, fs.constants.COPYFILE_FICLONE),
  link: (from, to) => fs.link(from, to).catch(() => fs.copyFile(from, to)),
  rename: (from, to) => whileHeld(() => fs.rename(from, to)),
  remove: (file) => whileHeld(() => fs.rm(file, { recursive: true, force: true })),
  async flush(file) {
    const handle = await fs.open(file, 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
};

/** One of Node's, which wants a sentence that names the file. */
export function isFileError(error: unknown): boolean {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).code === 'string' && !isAftergateError(error) && !isAbort(error);
}
