// Lines of text files of any size, a buffer at a time.

import fs from 'node:fs/promises';
import { InputFileError, inputFileError } from '../../../common/index.ts';

const BUFFER = 1 << 18;

/** Batches of lines without their ends (LF or CRLF); a last line need not have one. Throws InputFileError. */
export async function* lineBatches(file: string): AsyncGenerator<string[]> {
  const handle = await fs.open(file, 'r').catch((error: unknown) => { throw inputFileError(file, error); });
  try {
    const buffer = Buffer.allocUnsafe(BUFFER);
    let rest = '';
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, BUFFER).catch((error: unknown) => { throw inputFileError(file, error); });
      const lines = (rest + buffer.toString('latin1', 0, bytesRead)).split('\n');
      rest = lines.pop()!;
      if (rest.length > BUFFER) throw new InputFileError(file, 'is not a text file with one event a line');
      if (bytesRead === 0 && rest !== '') lines.push(rest);
      yield lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
      if (bytesRead === 0) return;
    }
  } finally {
    await handle.close();
  }
}

/** One line at a time; undefined after the last. */
export function lineCursor(file: string): { next(): Promise<string | undefined>; close(): Promise<void> } {
  const batches = lineBatches(file);
  let lines: string[] = [];
  let at = 0;
  return {
    async next() {
      while (at === lines.length) {
        const { value, done } = await batches.next();
        if (done) return undefined;
        [lines, at] = [value, 0];
      }
      return lines[at++];
    },
    async close() {
      await batches.return(undefined);
    },
  };
}

/** The value of a line that is a number and nothing else. */
export function lineNumber(line: string): number | undefined {
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(line) ? Number(line) : undefined;
}
