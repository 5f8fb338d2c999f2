// NumPy's .npy files: a header that looks like a Python dictionary, then the values.

import fs from 'node:fs/promises';
import { InputFileError, inputFileError } from '../common/index.ts';

export type TypedArray =
  | Float64Array | Float32Array | BigInt64Array | BigUint64Array | Int32Array | Uint32Array
  | Int16Array | Uint16Array | Int8Array | Uint8Array;

export interface NpyArray {
  /** As in the file: `<f8`, `<i8`, `|u1`, `|b1`, ... */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** True: the first index runs fastest in `data`. */
  readonly fortranOrder: boolean;
  /** In the file's order, in this machine's byte order. 64-bit integers are BigInts, booleans bytes. */
  readonly data: TypedArray;
}

interface TypedArrayKind {
  readonly bytes: number;
  readonly make: (buffer: ArrayBuffer) => TypedArray;
}

const kinds: Record<string, TypedArrayKind> = {
  f8: { bytes: 8, make: (buffer) => new Float64Array(buffer) },
  f4: { bytes: 4, make: (buffer) => new Float32Array(buffer) },
  i8: { bytes: 8, make: (buffer) => new BigInt64Array(buffer) },
  u8: { bytes: 8, make: (buffer) => new BigUint64Array(buffer) },
  i4: { bytes: 4, make: (buffer) => new Int32Array(buffer) },
  u4: { bytes: 4, make: (buffer) => new Uint32Array(buffer) },
  i2: { bytes: 2, make: (buffer) => new Int16Array(buffer) },
  u2: { bytes: 2, make: (buffer) => new Uint16Array(buffer) },
  i1: { bytes: 1, make: (buffer) => new Int8Array(buffer) },
  u1: { bytes: 1, make: (buffer) => new Uint8Array(buffer) },
  b1: { bytes: 1, make: (buffer) => new Uint8Array(buffer) },
};

/** Throws InputFileError for anything but a complete .npy of numbers or booleans. */
export function parseNpy(bytes: Uint8Array, path: string): NpyArray {
  const { dtype, shape, fortranOrder, dataStart, dataEnd } = npyLayout(bytes, bytes.length, path);
  // An aligned copy; slice() of a Buffer is none.
  return { dtype, shape, fortranOrder, data: npyValues(new Uint8Array(bytes.subarray(dataStart, dataEnd)), dtype) };
}

/** What a file of `fileBytes` bytes that begins with `bytes` holds, and where. Throws as parseNpy. */
export function npyLayout(bytes: Uint8Array, fileBytes: number, path: string): NpyLayout {
  const header = readHeader(bytes, path);
  const kind = kinds[header.dtype.slice(1)];
  if (!kind || !/^[<>|=]/.test(header.dtype)) throw new InputFileError(path, `holds values of type '${header.dtype}', which is not supported`);
  const count = header.shape.reduce((product, length) => product * length, 1);
  const dataEnd = header.dataStart + count * kind.bytes;
  if (fileBytes < dataEnd) throw new InputFileError(path, `is truncated: ${fileBytes} bytes where ${dataEnd} are needed`);
  return { ...header, count, valueBytes: kind.bytes, dataEnd };
}

/** The values in `bytes`, which are aligned, become theirs and may be changed. */
export function npyValues(bytes: Uint8Array<ArrayBuffer>, dtype: string): TypedArray {
  const kind = kinds[dtype.slice(1)];
  if (dtype.startsWith('>')) swapBytes(bytes, kind.bytes);
  return kind.make(bytes.buffer);
}

export async function readNpy(path: string): Promise<NpyArray> {
  try {
    return parseNpy(await fs.readFile(path), path);
  } catch (error) {
    throw inputFileError(path, error);
  }
}

/** A version 1.0 file in C order. `dtype` only where the array's own type leaves a choice: `|b1` for bytes. */
export function encodeNpy(data: TypedArray, shape: readonly number[], options: { dtype?: string } = {}): Uint8Array {
  const count = shape.reduce((product, length) => product * length, 1);
  if (count !== data.length) throw new RangeError(`shape (${shape.join(', ')}) does not hold ${data.length} values`);
  const header = npyHeader(options.dtype ?? dtypeOf(data), shape);
  const bytes = new Uint8Array(header.length + data.byteLength);
  bytes.set(header);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), header.length);
  return bytes;
}

/** The bytes before the values, padded to a multiple of 64: for files that are written piece by piece. */
export function npyHeader(dtype: string, shape: readonly number[]): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '${dtype}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const length = Math.ceil((preambleBytes + dictionary.length + 1) / 64) * 64;
  const header = Buffer.alloc(length, ' ');
  header.write('\u0093NUMPY\u0001\u0000', 'latin1');
  header.writeUInt16LE(length - preambleBytes, 8);
  header.write(dictionary, preambleBytes, 'latin1');
  header[length - 1] = 0x0a;
  return header;
}

/** Any dtype as doubles in C order, exact below 2^53. */
export function npyNumbers(array: NpyArray): Float64Array {
  const { data } = array;
  const numbers = data instanceof Float64Array ? data : toDoubles(data);
  return array.fortranOrder && array.shape.length > 1 ? toCOrder(numbers, array.shape) : numbers;
}

/** The constructor converts all but BigInts at full speed; those go by halves, without a BigInt each. */
function toDoubles(data: TypedArray): Float64Array {
  if (!(data instanceof BigInt64Array || data instanceof BigUint64Array)) return new Float64Array(data);
  const numbers = new Float64Array(data.length);
  const low = new Uint32Array(data.buffer, data.byteOffset, 2 * data.length);
  const high = data instanceof BigInt64Array ? new Int32Array(data.buffer, data.byteOffset, 2 * data.length) : low;
  for (let i = 0; i < numbers.length; i++) numbers[i] = high[2 * i + 1] * 2 ** 32 + low[2 * i];
  return numbers;
}

const preambleBytes = 10;

interface Header {
  readonly dtype: string;
  readonly shape: number[];
  readonly fortranOrder: boolean;
  readonly dataStart: number;
}

export interface NpyLayout extends Header {
  readonly count: number;
  readonly valueBytes: number;
  readonly dataEnd: number;
}

function readHeader(bytes: Uint8Array, path: string): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = Buffer.from(bytes.subarray(0, 6)).toString('latin1');
  if (magic !== '\u0093NUMPY' || bytes.length < preambleBytes) throw new InputFileError(path, 'is not a .npy file');
  const wide = view.getUint8(6) >= 2; // versions 2 and 3 have a four-byte length
  if (wide && bytes.length < preambleBytes + 2) throw new InputFileError(path, 'is a truncated .npy file');
  const start = wide ? preambleBytes + 2 : preambleBytes;
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  const text = Buffer.from(bytes.subarray(start, start + length)).toString('latin1');
  const dtype = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1];
  const fortran = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const tuple = /'shape'\s*:\s*\(([^)]*)\)/.exec(text)?.[1];
  if (dtype === undefined || fortran === undefined || tuple === undefined) throw new InputFileError(path, 'has a .npy header that cannot be read');
  const shape = tuple.split(',').map((item) => item.trim().replace(/L$/, '')).filter((item) => item !== '').map(Number);
  if (shape.some((item) => !Number.isInteger(item) || item < 0)) throw new InputFileError(path, `has the impossible shape (${tuple})`);
  return { dtype, shape, fortranOrder: fortran === 'True', dataStart: start + length };
}

function dtypeOf(data: TypedArray): string {
  if (data instanceof Float64Array) return '<f8';
  if (data instanceof Float32Array) return '<f4';
  if (data instanceof BigInt64Array) return '<i8';
  if (data instanceof BigUint64Array) return '<u8';
  if (data instanceof Int32Array) return '<i4';
  if (data instanceof Uint32Array) return '<u4';
  if (data instanceof Int16Array) return '<i2';
  if (data instanceof Uint16Array) return '<u2';
  return data instanceof Int8Array ? '|i1' : '|u1';
}

function swapBytes(bytes: Uint8Array, width: number): void {
  for (let start = 0; start < bytes.length; start += width) bytes.subarray(start, start + width).reverse();
}

/** From first-index-fastest to last-index-fastest. */
function toCOrder(values: Float64Array, shape: readonly number[]): Float64Array {
  const result = new Float64Array(values.length);
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, length) => product * length, 1));
  const index = new Array<number>(shape.length).fill(0);
  let source = 0;
  for (let target = 0; target < result.length; target++) {
    result[target] = values[source]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      source += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      source -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return result;
}
