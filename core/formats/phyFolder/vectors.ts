// One value per spike, channel or template, as sorters write it: any number type, (n), (n, 1) or (1, n).

import { InputFileError } from '../../common/index.ts';
import { npyNumbers, readNpy } from '../npy.ts';

/** Any numbers, in the file's order. Throws InputFileError when the array has more than one column. */
export async function readVector(file: string): Promise<Float64Array> {
  const array = await readNpy(file);
  if (array.shape.filter((length) => length !== 1).length > 1) throw new InputFileError(file, `has the shape (${array.shape.join(', ')}) instead of one column`);
  return npyNumbers(array);
}

/** Whole numbers of at least 0; MATLAB may have stored them as doubles. Throws InputFileError. */
export async function readCounts(file: string): Promise<Float64Array> {
  const values = await readVector(file);
  const wrong = values.find((value) => !(value >= 0 && Number.isInteger(value)));
  if (wrong !== undefined) throw new InputFileError(file, `holds ${wrong} where a whole number of at least 0 is expected`);
  return values;
}

/** A table of any number type in C order. Throws InputFileError when it has not `dimensions` axes. */
export async function readDecimals(file: string, dimensions: number): Promise<{ readonly data: Float64Array; readonly shape: readonly number[] }> {
  const array = await readNpy(file);
  if (array.shape.length !== dimensions) throw new InputFileError(file, `has the shape (${array.shape.join(', ')}), which has not ${dimensions} dimensions`);
  return { data: npyNumbers(array), shape: array.shape };
}
