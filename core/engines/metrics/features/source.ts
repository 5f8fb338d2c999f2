// pc_features.npy, block by block: the file is larger than memory for long recordings.

import fs from 'node:fs';
import { InputFileError, inputFileError } from '../../../common/index.ts';
import type { PcFeatures } from '../../../formats/phyFolder/index.ts';

/** Opens the file for one block, in the worker that needs it. */
export function readFeatureRows({ file }: PcFeatures, from: number, to: number): Float32Array | Float64Array {
  const make = kinds[file.dtype];
  if (!make) throw new InputFileError(file.path, `holds values of type '${file.dtype}' instead of 32- or 64-bit decimals`);
  const perRow = file.shape.slice(1).reduce((product, length) => product * length, 1);
  const rows = to - from;
  const values = make(rows * perRow);
  const bytes = new Uint8Array(values.buffer);
  const rowBytes = perRow * file.valueBytes;
  const descriptor = open(file.path);
  try {
    if (!file.fortranOrder) {
      readFully(descriptor, file.path, bytes, file.dataStart + from * rowBytes);
      return values;
    }
    const columns = values;
    for (let column = 0; column < perRow; column++) {
      const target = bytes.subarray(column * rows * file.valueBytes, (column + 1) * rows * file.valueBytes);
      readFully(descriptor, file.path, target, file.dataStart + (column * file.shape[0] + from) * file.valueBytes);
    }
    return toRows(columns, make(rows * perRow), rows, file.shape[1], file.shape[2]);
  } finally {
    fs.closeSync(descriptor);
  }
}

const kinds: Readonly<Record<string, (length: number) => Float32Array | Float64Array>> = {
  '<f4': (length) => new Float32Array(length),
  '<f8': (length) => new Float64Array(length),
};

/** In Fortran order the columns come component fastest: (0,0), (1,0), ... (0,1), ... */
function toRows<Values extends Float32Array | Float64Array>(columns: Float32Array | Float64Array, target: Values, rows: number, components: number, features: number): Values {
  for (let feature = 0; feature < features; feature++) {
    for (let component = 0; component < components; component++) {
      const column = (feature * components + component) * rows;
      const at = component * features + feature;
      for (let row = 0; row < rows; row++) target[row * components * features + at] = columns[column + row];
    }
  }
  return target;
}

function open(path: string): number {
  try {
    return fs.openSync(path, 'r');
  } catch (error) {
    throw inputFileError(path, error);
  }
}

function readFully(descriptor: number, path: string, into: Uint8Array, position: number): void {
  try {
    for (let at = 0; at < into.length; ) {
      const read = fs.readSync(descriptor, into, at, into.length - at, position + at);
      if (read === 0) throw new InputFileError(path, 'became shorter while it was read');
      at += read;
    }
  } catch (error) {
    throw inputFileError(path, error);
  }
}
