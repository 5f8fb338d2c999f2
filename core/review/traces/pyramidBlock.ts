// One block of a pyramid, in a pool thread: reads 32768 samples, writes their lows and highs at their places in all three
// levels, and then says that the block is done.

import fs from 'node:fs';
import { outputFileError } from '../../common/index.ts';
import { openBin } from '../../spikeglx/index.ts';
import { createEnvelope } from './envelope.ts';
import { blockSamples, factors, type PyramidBasis, pyramidLayout } from './pyramidFile.ts';

export interface BlockPayload {
  readonly basis: PyramidBasis;
  readonly file: string;
  readonly block: number;
}

/** Samples that are read at a time. */
const slice = 4096;

/** Returns the bytes that were read. */
export function buildBlock({ basis, file, block }: BlockPayload): number {
  const { columns, analog } = basis;
  const first = block * blockSamples;
  const layout = pyramidLayout(basis);
  const all = Int32Array.from({ length: columns }, (_, column) => column);
  const bin = openBin(basis.path, columns);
  const rows = new Int16Array(slice * columns);
  const finest = createEnvelope(all, analog, 0, factors[0], blockSamples / factors[0]);
  let samples = 0;
  try {
    while (samples < blockSamples) {
      const got = bin.read(first + samples, Math.min(slice, blockSamples - samples), rows);
      if (got === 0) break;
      finest.addRows(rows, got, columns, samples);
      samples += got;
    }
  } finally {
    bin.close();
  }
  const levels = [interleaved(finest.low, finest.high, columns, finest.count, Math.ceil(samples / factors[0]))];
  for (let level = 1; level < factors.length; level++) {
    const below = levels[level - 1];
    const ratio = factors[level] / factors[level - 1];
    const belowRows = below.length / (2 * columns);
    const coarser = createEnvelope(all, analog, 0, ratio, Math.ceil(belowRows / ratio));
    coarser.addBuckets(below, belowRows, columns, 1, 0);
    levels.push(interleaved(coarser.low, coarser.high, columns, coarser.count, coarser.count));
  }
  write(file, [
    ...levels.map((values, level) => ({ values: new Uint8Array(values.buffer), at: layout.levels[level].at + (first / factors[level]) * layout.levels[level].rowBytes })),
    { values: Uint8Array.of(1), at: layout.flagsAt + block },
  ]);
  return samples * columns * 2;
}

/** From channel after channel to row after row: [lows of all columns][highs of all columns]. */
function interleaved(low: Int16Array, high: Int16Array, columns: number, count: number, rows: number): Int16Array {
  const result = new Int16Array(rows * 2 * columns);
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < rows; row++) {
      result[row * 2 * columns + column] = low[column * count + row];
      result[(row * 2 + 1) * columns + column] = high[column * count + row];
    }
  }
  return result;
}

function write(file: string, pieces: readonly { readonly values: Uint8Array; readonly at: number }[]): void {
  try {
    const handle = fs.openSync(file, 'r+');
    try {
      for (const { values, at } of pieces) {
        for (let done = 0; done < values.length; ) done += fs.writeSync(handle, values, done, values.length - done, at + done);
      }
    } finally {
      fs.closeSync(handle);
    }
  } catch (error) {
    throw outputFileError(file, error);
  }
}
