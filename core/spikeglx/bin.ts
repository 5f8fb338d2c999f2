// Windows of a .bin file: little-endian int16, all columns of sample 0, then of sample 1, and so on. Never loads the
// file; positions are plain numbers, good for files far beyond 2^32 bytes.

import fs from 'node:fs';
import { promisify } from 'node:util';
import { InputFileError, inputFileError } from '../common/index.ts';

export interface BinFile {
  readonly path: string;
  readonly columns: number;
  /** Whole samples in the file, from its true size when it was opened. */
  readonly samples: number;
  /**
   * Reads up to `count` samples from sample `start` into the beginning of `into` (count x columns values, time-major).
   * Returns the samples read: fewer at the end of the file. Throws InputFileError when the drive fails.
   */
  read(start: number, count: number, into: Int16Array): number;
  /** The same while this thread goes on. `close` has to wait for it. */
  readAside(start: number, count: number, into: Int16Array): Promise<number>;
  close(): void;
}

/** Some systems fail on larger single reads. */
const largestRead = 2 ** 29;

// Not node:fs/promises: loading it takes longer than a small job's reading.
const readAsync = promisify(fs.read);

export function openBin(path: string, columns: number): BinFile {
  if (!Number.isInteger(columns) || columns < 1) throw new RangeError(`a file cannot have ${columns} columns`);
  const file = open(path);
  const sampleBytes = 2 * columns;
  let closed = false;
  const targetOf = (start: number, count: number, into: Int16Array): Uint8Array => {
    if (!(start >= 0) || !(count >= 0)) throw new RangeError(`cannot read ${count} samples from sample ${start}`);
    if (into.length < count * columns) throw new RangeError(`${count} samples of ${columns} columns do not fit into ${into.length} values`);
    return new Uint8Array(into.buffer, into.byteOffset, count * sampleBytes);
  };
  return {
    path,
    columns,
    samples: Math.floor(file.size / sampleBytes),
    read(start, count, into) {
      return Math.floor(readFully(file.descriptor, path, targetOf(start, count, into), start * sampleBytes) / sampleBytes);
    },
    async readAside(start, count, into) {
      return Math.floor((await readFullyAside(file.descriptor, path, targetOf(start, count, into), start * sampleBytes)) / sampleBytes);
    },
    close() {
      if (!closed) fs.closeSync(file.descriptor);
      closed = true;
    },
  };
}

function open(path: string): { descriptor: number; size: number } {
  try {
    const descriptor = fs.openSync(path, 'r');
    const stat = fs.fstatSync(descriptor);
    if (stat.isFile()) return { descriptor, size: stat.size };
    fs.closeSync(descriptor);
  } catch (error) {
    throw inputFileError(path, error);
  }
  throw new InputFileError(path, 'is not a file');
}

/** Bytes read; less than asked for only at the end of the file. */
function readFully(descriptor: number, path: string, target: Uint8Array, position: number): number {
  let done = 0;
  try {
    while (done < target.length) {
      const got = fs.readSync(descriptor, target, done, Math.min(largestRead, target.length - done), position + done);
      if (got === 0) break;
      done += got;
    }
  } catch (error) {
    throw inputFileError(path, error);
  }
  return done;
}

async function readFullyAside(descriptor: number, path: string, target: Uint8Array, position: number): Promise<number> {
  let done = 0;
  try {
    while (done < target.length) {
      const { bytesRead } = await readAsync(descriptor, target, done, Math.min(largestRead, target.length - done), position + done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
  } catch (error) {
    throw inputFileError(path, error);
  }
  return done;
}
