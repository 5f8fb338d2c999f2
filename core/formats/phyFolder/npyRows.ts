// Rows of a .npy file that may be larger than memory (pc_features of a long recording): read some, or copy a selection of
// them to a new file without looking at the values.

import fs from 'node:fs/promises';
import { InputFileError, inputFileError, outputFileError } from '../../common/index.ts';
import { npyHeader, npyNumbers, parseNpy } from '../npy.ts';

export interface NpyFile {
  readonly path: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly fortranOrder: boolean;
  /** Where the values begin, and how long one is; bytes. */
  readonly dataStart: number;
  readonly valueBytes: number;
}

/** Bytes read at a time. */
const blockBytes = 32e6;
/** Longest header looked for; those of arrays of numbers take 128 bytes. */
const headerBytes = 4096;

/** Reads the header. Throws InputFileError when the file is no .npy or shorter than its header says. */
export async function openNpy(file: string): Promise<NpyFile> {
  try {
    const handle = await fs.open(file);
    try {
      const { size } = await handle.stat();
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(headerBytes), 0, headerBytes, 0);
      return describe(file, buffer.subarray(0, bytesRead), size);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw inputFileError(file, error);
  }
}

/**
 * The rows `rows` (indices along the first axis, any order), [rows x values per row], as doubles. Good for rows that lie
 * close together; rows far apart are read one by one.
 */
export async function readNpyRows(file: NpyFile, rows: ArrayLike<number>): Promise<Float64Array> {
  const reader = await npyRowReader(file);
  try {
    return await reader.read(rows);
  } finally {
    await reader.close();
  }
}

/** As readNpyRows for many calls: the file stays open until `close`. */
export async function npyRowReader(file: NpyFile): Promise<{ read(rows: ArrayLike<number>): Promise<Float64Array>; close(): Promise<void> }> {
  const handle = await fs.open(file.path).catch((error: unknown) => {
    throw inputFileError(file.path, error);
  });
  return {
    async read(rows) {
      const bytes = await gather(handle, file, rows);
      const { data } = parseNpy(Buffer.concat([npyHeader(file.dtype, [bytes.length / file.valueBytes]), bytes]), file.path);
      return npyNumbers({ ...file, shape: [rows.length, ...file.shape.slice(1)], data });
    },
    close: () => handle.close(),
  };
}

/**
 * Writes the rows `rows` of an array to a new file, values and number type untouched. With `flat` an (n, 1) array becomes
 * (n). Throws InputFileError, OutputFileError.
 */
export async function copyNpyRows(source: string, target: string, rows: Uint32Array, options: { flat?: boolean } = {}): Promise<void> {
  const file = await openNpy(source);
  const shape = [rows.length, ...(options.flat ? file.shape.slice(1).filter((length) => length !== 1) : file.shape.slice(1))];
  const { width, lanes } = layout(file);
  const input = await fs.open(source);
  try {
    const output = await fs.open(target, 'w');
    try {
      await writeAll(output, target, withOrder(npyHeader(file.dtype, shape), file.fortranOrder && shape.length > 1));
      const step = Math.max(1, Math.floor(blockBytes / (width * file.valueBytes)));
      for (let lane = 0; lane < lanes; lane++) {
        for (let first = 0; first < rows.length; first += step) {
          await writeAll(output, target, await gatherLane(input, file, rows.subarray(first, first + step), lane));
        }
      }
    } finally {
      await output.close();
    }
  } finally {
    await input.close();
  }
}

/** In C order a row is `width` values in one place; in Fortran order it is one value in each of `lanes` places. */
function layout({ shape, fortranOrder }: NpyFile): { width: number; lanes: number } {
  const perRow = shape.slice(1).reduce((product, length) => product * length, 1);
  return fortranOrder ? { width: 1, lanes: perRow } : { width: perRow, lanes: 1 };
}

async function gather(handle: fs.FileHandle, file: NpyFile, rows: ArrayLike<number>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let lane = 0; lane < layout(file).lanes; lane++) parts.push(await gatherLane(handle, file, rows, lane));
  return Buffer.concat(parts);
}

/** Reads runs of rows that lie within a block of each other with one read, and picks. */
async function gatherLane(handle: fs.FileHandle, file: NpyFile, rows: ArrayLike<number>, lane: number): Promise<Buffer> {
  const rowBytes = layout(file).width * file.valueBytes;
  const laneStart = file.dataStart + lane * file.shape[0] * rowBytes;
  const result = Buffer.allocUnsafe(rows.length * rowBytes);
  for (let first = 0; first < rows.length; ) {
    const span = spanFrom(rows, first, rowBytes);
    const block = await readBytes(handle, file, laneStart + span.lowest * rowBytes, (span.highest - span.lowest + 1) * rowBytes);
    for (let at = first; at < span.end; ) {
      const next = endOfRun(rows, at, span.end);
      block.copy(result, at * rowBytes, (rows[at] - span.lowest) * rowBytes, (rows[at] - span.lowest + next - at) * rowBytes);
      at = next;
    }
    first = span.end;
  }
  return result;
}

/** The longest stretch of `rows` from `first` on that is worth one read: within a block, and not mostly gaps. */
function spanFrom(rows: ArrayLike<number>, first: number, rowBytes: number): { lowest: number; highest: number; end: number } {
  let lowest = rows[first];
  let highest = rows[first];
  let end = first + 1;
  for (; end < rows.length; end++) {
    const low = Math.min(lowest, rows[end]);
    const high = Math.max(highest, rows[end]);
    const grown = (high - low + 1) * rowBytes;
    if (grown > blockBytes || grown - (highest - lowest + 1) * rowBytes > worthSkipping) break;
    lowest = low;
    highest = high;
  }
  return { lowest, highest, end };
}

/** Where rows stop following each other. */
function endOfRun(rows: ArrayLike<number>, start: number, end: number): number {
  let at = start + 1;
  while (at < end && rows[at] === rows[at - 1] + 1) at++;
  return at;
}

/** A gap of more bytes than this is cheaper to skip than to read. */
const worthSkipping = 64e3;

async function readBytes(handle: fs.FileHandle, { path }: NpyFile, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  try {
    for (let at = 0; at < length; ) {
      const { bytesRead } = await handle.read(bytes, at, length - at, position + at);
      if (bytesRead === 0) throw new InputFileError(path, 'became shorter while it was read');
      at += bytesRead;
    }
  } catch (error) {
    throw inputFileError(path, error);
  }
  return bytes;
}

async function writeAll(handle: fs.FileHandle, target: string, bytes: Uint8Array): Promise<void> {
  try {
    for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at, bytes.length - at)).bytesWritten;
  } catch (error) {
    throw outputFileError(target, error);
  }
}

/** The header's length allows for the shorter word. */
function withOrder(header: Uint8Array, fortranOrder: boolean): Uint8Array {
  if (!fortranOrder) return header;
  const text = Buffer.from(header).toString('latin1').replace("'fortran_order': False", "'fortran_order': True ");
  return Buffer.from(text, 'latin1');
}

/** The header is checked by parseNpy, as that of an array without values. */
function describe(file: string, start: Buffer, size: number): NpyFile {
  const header = start.toString('latin1');
  const [tuple = '', lengths = ''] = /(?<='shape'\s*:\s*)\(([^)]*)\)/.exec(header) ?? [];
  const { dtype, fortranOrder, data } = parseNpy(Buffer.from(header.replace(tuple, '(0,)'.padEnd(tuple.length)), 'latin1'), file);
  const shape = lengths.split(',').filter((length) => length.trim() !== '').map((length) => Number.parseInt(length, 10));
  const dataStart = start[6] >= 2 ? 12 + start.readUInt32LE(8) : 10 + start.readUInt16LE(8);
  const valueBytes = data.BYTES_PER_ELEMENT;
  const end = dataStart + shape.reduce((product, length) => product * length, valueBytes);
  if (size < end) throw new InputFileError(file, `is truncated: ${size} bytes where ${end} are needed`);
  return { path: file, dtype, shape, fortranOrder, dataStart, valueBytes };
}
