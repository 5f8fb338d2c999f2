// The sorter's three arrays: how many spikes each cluster has and where it peaks, when its spikes are, whose they are.

import { InputFileError } from '../../common/index.ts';
import { npyNumbers, readNpy, type NpyArray } from '../../formats/index.ts';

export interface SpikeFiles {
  readonly tableNpy: string;
  readonly timeNpy: string;
  readonly labelNpy: string;
}

export interface Spikes {
  /** Per cluster. */
  readonly counts: Float64Array;
  /** File column, per cluster. */
  readonly peaks: Float64Array;
  /** Samples from the start of the file, per spike, in the file's order. */
  readonly times: Float64Array;
  /** Cluster of each spike. */
  readonly labels: Float64Array;
}

/** Throws InputFileError when a file is missing, is no such array, or the three do not belong together. */
export async function readSpikes({ tableNpy, timeNpy, labelNpy }: SpikeFiles): Promise<Spikes> {
  const table = await readNpy(tableNpy);
  if (table.shape.length !== 2 || table.shape[1] !== 2 || table.shape[0] === 0) {
    throw new InputFileError(tableNpy, `has the shape (${table.shape.join(', ')}); a table of clusters is (clusters, 2)`);
  }
  const cells = wholeNumbers(table, tableNpy);
  const times = wholeNumbers(await readVector(timeNpy), timeNpy);
  const labels = wholeNumbers(await readVector(labelNpy), labelNpy);
  const counts = cells.filter((_, index) => index % 2 === 0);
  const peaks = cells.filter((_, index) => index % 2 === 1);
  checkTogether(counts, times, labels, { tableNpy, timeNpy, labelNpy });
  return { counts, peaks, times, labels };
}

function checkTogether(counts: Float64Array, times: Float64Array, labels: Float64Array, { tableNpy, timeNpy, labelNpy }: SpikeFiles): void {
  const next = 'The three arrays must come from the same sorting; after curation the table has to be made again.';
  if (labels.length !== times.length) throw new InputFileError(labelNpy, `labels ${labels.length} spikes, but ${timeNpy} holds ${times.length}`, { next });
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total !== times.length) throw new InputFileError(tableNpy, `counts ${total} spikes, but ${timeNpy} holds ${times.length}`, { next });
  const beyond = labels.find((label) => label >= counts.length);
  if (beyond !== undefined) throw new InputFileError(labelNpy, `holds the label ${beyond}, but ${tableNpy} has only ${counts.length} rows`, { next });
}

/** (S) or (S, 1). */
async function readVector(file: string): Promise<NpyArray> {
  const array = await readNpy(file);
  const [, columns = 1] = array.shape;
  if (array.shape.length === 0 || array.shape.length > 2 || columns !== 1) throw new InputFileError(file, `has the shape (${array.shape.join(', ')}) instead of one column`);
  return array;
}

/** The native tool wants one integer type for each; sorters write several. */
function wholeNumbers(array: NpyArray, file: string): Float64Array {
  if (!/^[<>|=][iu][1248]$/.test(array.dtype)) throw new InputFileError(file, `holds values of type '${array.dtype}' instead of whole numbers`);
  const numbers = npyNumbers(array);
  const negative = numbers.find((value) => value < 0);
  if (negative !== undefined) throw new InputFileError(file, `holds the negative value ${negative}`);
  return numbers;
}
