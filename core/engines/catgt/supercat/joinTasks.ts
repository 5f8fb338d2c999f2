// What a pool worker does for supercat: copy a piece of a binary to its place, or write the events of all elements as one
// file on the joined time axis.

import fs from 'node:fs/promises';
import { formatFixed6, InputFileError, inputFileError, outputFileError } from '../../../common/index.ts';
import { lineBatches, lineCursor, lineNumber } from './textLines.ts';

export interface PieceTask {
  readonly from: string;
  readonly start: number;
  readonly bytes: number;
  readonly to: string;
  readonly at: number;
}

export interface EventsTask {
  readonly sources: readonly EventSource[];
  /** Files to write: of the times, and of a bit field's values. */
  readonly times: string;
  readonly values?: string;
}

export interface EventSource {
  readonly times: string;
  readonly values?: string;
  /** Events with `from < t <= to`, seconds, are taken and become `t * scale + shift`. */
  readonly from: number;
  readonly to: number;
  readonly scale: number;
  readonly shift: number;
}

export const supercatTasks = { 'catgt.copy': copyPiece, 'catgt.events': joinEvents };

const BUFFER = 4 << 20;

/** Throws InputFileError or OutputFileError. */
export async function copyPiece({ from, start, bytes, to, at }: PieceTask): Promise<void> {
  const source = await fs.open(from, 'r').catch((error: unknown) => { throw inputFileError(from, error); });
  try {
    const target = await fs.open(to, 'r+').catch((error: unknown) => { throw outputFileError(to, error); });
    try {
      const buffer = Buffer.allocUnsafe(Math.min(BUFFER, bytes));
      for (let done = 0; done < bytes; ) {
        const { bytesRead } = await source.read(buffer, 0, Math.min(BUFFER, bytes - done), start + done).catch((error: unknown) => { throw inputFileError(from, error); });
        if (bytesRead === 0) throw new InputFileError(from, 'became shorter while it was read');
        await writeAll(target, buffer, bytesRead, at + done).catch((error: unknown) => { throw outputFileError(to, error); });
        done += bytesRead;
      }
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** The events that were taken. Lines that are no numbers are taken as they are. */
export async function joinEvents({ sources, times, values }: EventsTask): Promise<number> {
  const timesFile = await openForWriting(times);
  const valuesFile = values === undefined ? undefined : await openForWriting(values);
  try {
    let count = 0;
    for (const source of sources) {
      const own = source.values === undefined ? undefined : lineCursor(source.values);
      try {
        for await (const lines of lineBatches(source.times)) {
          const taken: string[] = [];
          const takenValues: string[] = [];
          for (const line of lines) {
            const time = lineNumber(line);
            const value = await own?.next();
            if (own && value === undefined) throw new InputFileError(source.values!, `has fewer lines than ${source.times}`);
            if (time !== undefined && !(time > source.from && time <= source.to)) continue;
            if (time !== undefined) count++;
            taken.push(time === undefined ? line : formatFixed6(time * source.scale + source.shift));
            if (value !== undefined) takenValues.push(value);
          }
          await writeLines(timesFile, times, taken);
          if (valuesFile) await writeLines(valuesFile, values!, takenValues);
        }
      } finally {
        await own?.close();
      }
    }
    return count;
  } finally {
    await timesFile.close();
    await valuesFile?.close();
  }
}

async function writeAll(target: fs.FileHandle, buffer: Buffer, length: number, at: number): Promise<void> {
  for (let done = 0; done < length; ) done += (await target.write(buffer, done, length - done, at + done)).bytesWritten;
}

function openForWriting(file: string): Promise<fs.FileHandle> {
  return fs.open(file, 'w').catch((error: unknown) => { throw outputFileError(file, error); });
}

async function writeLines(handle: fs.FileHandle, file: string, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  await handle.writeFile(lines.map((line) => `${line}\n`).join(''), 'latin1').catch((error: unknown) => { throw outputFileError(file, error); });
}
