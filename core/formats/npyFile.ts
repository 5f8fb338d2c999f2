// A .npy file read in pieces, as doubles: for arrays that may be too long to be held.

import fs from 'node:fs';
import { inputFileError } from '../common/index.ts';
import { npyLayout, npyNumbers, npyValues } from './npy.ts';

export interface NpyFile {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly count: number;
  /** Values `start` to `start + count - 1` in the file's order. Throws InputFileError when the drive fails. */
  read(start: number, count: number): Float64Array;
  close(): void;
}

/** The longest header that version 1.0 can have. */
const headBytes = 65_546;

/** Throws InputFileError for anything but a complete .npy of numbers or booleans. */
export function openNpy(path: string): NpyFile {
  let descriptor: number | undefined;
  try {
    const opened = (descriptor = fs.openSync(path, 'r'));
    const { size } = fs.fstatSync(opened);
    const { dtype, shape, count, dataStart, valueBytes } = npyLayout(readBytes(opened, 0, Math.min(headBytes, size)), size, path);
    return {
      dtype,
      shape,
      count,
      read(start, length) {
        try {
          const data = npyValues(readBytes(opened, dataStart + start * valueBytes, length * valueBytes), dtype);
          return npyNumbers({ dtype, shape: [length], fortranOrder: false, data });
        } catch (error) {
          throw inputFileError(path, error);
        }
      },
      close: () => fs.closeSync(opened),
    };
  } catch (error) {
    if (descriptor !== undefined) fs.closeSync(descriptor);
    throw inputFileError(path, error);
  }
}

function readBytes(descriptor: number, position: number, count: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(count);
  for (let at = 0; at < count; ) {
    const got = fs.readSync(descriptor, bytes, at, count - at, position + at);
    if (got === 0) throw new Error('ends too early');
    at += got;
  }
  return bytes;
}
