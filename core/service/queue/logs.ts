// The log of every step, a file each in the profile: written in the background, read from any position.

import fs from 'node:fs/promises';
import path from 'node:path';
import { makeFolder } from '../../common/index.ts';
import type { StepLog } from '../contract/index.ts';

export interface StepLogs {
  append(folder: string, stepId: string, line: string): void;
  read(folder: string, stepId: string, from_B: number | undefined): Promise<StepLog>;
  flush(): Promise<void>;
}

/** Read at once, bytes. */
const most = 256 * 1024;

export function openLogs(now: () => number): StepLogs {
  const waiting = new Map<string, string>();
  let writing: Promise<void> | undefined;

  async function writeAll(): Promise<void> {
    while (waiting.size > 0) {
      const [[file, text]] = waiting;
      waiting.delete(file);
      // A log that cannot be written must not stop the work.
      await makeFolder(path.dirname(file)).then(() => fs.appendFile(file, text)).catch(() => undefined);
    }
    writing = undefined;
  }
  const fileOf = (folder: string, stepId: string) => path.join(folder, `${stepId}.log`);
  const flush = async () => {
    await writing;
  };
  return {
    append(folder, stepId, line) {
      const file = fileOf(folder, stepId);
      const time = new Date(now()).toISOString();
      const text = line.split(/\r?\n/).map((each) => `[${time}] ${each}\n`).join('');
      waiting.set(file, (waiting.get(file) ?? '') + text);
      writing ??= writeAll();
    },
    async read(folder, stepId, from_B) {
      await flush();
      return readLines(fileOf(folder, stepId), from_B);
    },
    flush,
  };
}

/** Whole lines only; without `from_B` the last part of the file. */
async function readLines(file: string, from_B: number | undefined): Promise<StepLog> {
  const handle = await fs.open(file).catch(() => undefined);
  if (!handle) return { lines: [], from_B: 0, next_B: 0 };
  try {
    const { size } = await handle.stat();
    const start = Math.min(from_B ?? Math.max(0, size - most), size);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(most, size - start)), { position: start });
    const bytes = buffer.subarray(0, bytesRead);
    const first = from_B === undefined && start > 0 ? bytes.indexOf(10) + 1 : 0;
    const end = Math.max(first, bytes.lastIndexOf(10) + 1);
    const text = bytes.toString('utf8', first, end);
    return { lines: text === '' ? [] : text.slice(0, -1).split('\n'), from_B: start + first, next_B: start + end };
  } finally {
    await handle.close();
  }
}
