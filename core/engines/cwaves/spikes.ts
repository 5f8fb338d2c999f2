// The sorter's three arrays: how many spikes each cluster has and where it peaks, when its spikes are, whose they are.
// Spikes are read block by block: there may be more of them than memory should hold.

import { InputFileError } from '../../common/index.ts';
import { npyNumbers, openNpy, readNpy, type NpyFile } from '../../formats/index.ts';

export interface SpikeFiles {
  readonly tableNpy: string;
  readonly timeNpy: string;
  readonly labelNpy: string;
}

export interface SpikeBlock {
  /** Samples from the start of the file, per spike, in the file's order. */
  readonly times: Float64Array;
  /** Cluster of each spike. */
  readonly labels: Float64Array;
}

export interface Spikes {
  /** Per cluster. */
  readonly counts: Float64Array;
  /** File column, per cluster. */
  readonly peaks: Float64Array;
  /** All spikes from the first on, at every call. */
  readonly blocks: () => Iterable<SpikeBlock>;
}

export interface OpenSpikes extends Spikes {
  readonly close: () => void;
}

const blockSpikes = 1 << 16;

/**
 * Throws InputFileError when a file is missing, is no such array, or the three do not belong together; `blocks` does
 * when a value is negative or a label has no row.
 */
export async function openSpikes({ tableNpy, timeNpy, labelNpy }: SpikeFiles): Promise<OpenSpikes> {
  const { counts, peaks } = await readTable(tableNpy);
  const times = openVector(timeNpy);
  try {
    const labels = openVector(labelNpy);
    const close = () => {
      times.close();
      labels.close();
    };
    try {
      checkTogether(counts, times.count, labels.count, { tableNpy, timeNpy, labelNpy });
      return { counts, peaks, blocks: () => readBlocks(times, labels, counts.length, { tableNpy, timeNpy, labelNpy }), close };
    } catch (error) {
      labels.close();
      throw error;
    }
  } catch (error) {
    times.close();
    throw error;
  }
}

async function readTable(tableNpy: string): Promise<Pick<Spikes, 'counts' | 'peaks'>> {
  const table = await readNpy(tableNpy);
  if (table.shape.length !== 2 || table.shape[1] !== 2 || table.shape[0] === 0) {
    throw new InputFileError(tableNpy, `has the shape (${table.shape.join(', ')}); a table of clusters is (clusters, 2)`);
  }
  checkWhole(table.dtype, tableNpy);
  const cells = npyNumbers(table);
  checkPositive(cells, tableNpy);
  return { counts: cells.filter((_, index) => index % 2 === 0), peaks: cells.filter((_, index) => index % 2 === 1) };
}

const sameSorting = { next: 'The three arrays must come from the same sorting; after curation the table has to be made again.' };

function checkTogether(counts: Float64Array, times: number, labels: number, { tableNpy, timeNpy, labelNpy }: SpikeFiles): void {
  if (labels !== times) throw new InputFileError(labelNpy, `labels ${labels} spikes, but ${timeNpy} holds ${times}`, sameSorting);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total !== times) throw new InputFileError(tableNpy, `counts ${total} spikes, but ${timeNpy} holds ${times}`, sameSorting);
}

function* readBlocks(times: NpyFile, labels: NpyFile, clusters: number, { tableNpy, timeNpy, labelNpy }: SpikeFiles): Generator<SpikeBlock> {
  for (let start = 0; start < times.count; start += blockSpikes) {
    const count = Math.min(blockSpikes, times.count - start);
    const block = { times: times.read(start, count), labels: labels.read(start, count) };
    checkPositive(block.times, timeNpy);
    checkPositive(block.labels, labelNpy);
    const beyond = block.labels.find((label) => label >= clusters);
    if (beyond !== undefined) throw new InputFileError(labelNpy, `holds the label ${beyond}, but ${tableNpy} has only ${clusters} rows`, sameSorting);
    yield block;
  }
}

/** (S) or (S, 1). */
function openVector(file: string): NpyFile {
  const array = openNpy(file);
  try {
    const [, columns = 1] = array.shape;
    if (array.shape.length === 0 || array.shape.length > 2 || columns !== 1) throw new InputFileError(file, `has the shape (${array.shape.join(', ')}) instead of one column`);
    checkWhole(array.dtype, file);
    return array;
  } catch (error) {
    array.close();
    throw error;
  }
}

/** The native tool wants one integer type for each; sorters write several. */
function checkWhole(dtype: string, file: string): void {
  if (!/^[<>|=][iu][1248]$/.test(dtype)) throw new InputFileError(file, `holds values of type '${dtype}' instead of whole numbers`);
}

function checkPositive(values: Float64Array, file: string): void {
  const negative = values.find((value) => value < 0);
  if (negative !== undefined) throw new InputFileError(file, `holds the negative value ${negative}`);
}
