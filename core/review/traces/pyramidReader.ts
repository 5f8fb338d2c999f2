// Lows and highs for a window out of a pyramid: from the coarsest level that is fine enough for the picture.

import fs from 'node:fs';
import { inputFileError } from '../../common/index.ts';
import { rowOf } from './cuts.ts';
import type { Envelope } from './envelope.ts';
import { blockSamples, pyramidLayout } from './pyramidFile.ts';
import type { TraceWindowFile } from './window.ts';

/**
 * Fills in what is done of grid samples [from, to) and returns how many samples are not. A column's edge stands up to one
 * bucket too far out, never too far in.
 */
export function addFromPyramid(envelope: Envelope, file: TraceWindowFile, shape: { readonly columns: number; readonly analog: number }, from: number, to: number, per: number): number {
  if (!file.pyramid) return to - from;
  const { columns, analog } = shape;
  const layout = pyramidLayout({ path: file.path, bytes: file.pyramid.bytes, mtimeMs: file.pyramid.mtimeMs, columns, analog });
  const level = [...layout.levels].reverse().find(({ factor }) => factor <= per) ?? layout.levels[0];
  let missing = 0;
  for (const run of runsOf(file.pyramid.done, rowOf(file, from), rowOf(file, to))) {
    if (!run.done) {
      missing += run.to - run.from;
      continue;
    }
    const firstRow = Math.floor(run.from / level.factor);
    const rowCount = Math.min(level.rows, Math.ceil(run.to / level.factor)) - firstRow;
    const rows = readRows(file.pyramid.file, level.at + firstRow * level.rowBytes, rowCount * 2 * columns);
    envelope.addBuckets(rows, rowCount, columns, level.factor, file.first_smp - file.from_row + firstRow * level.factor);
  }
  return missing;
}

/** Stretches of samples of a file whose blocks are all done, or all not. */
function runsOf(done: Uint8Array, from: number, to: number): { from: number; to: number; done: boolean }[] {
  const runs: { from: number; to: number; done: boolean }[] = [];
  for (let block = Math.floor(from / blockSamples); block * blockSamples < to; block++) {
    const piece = { from: Math.max(from, block * blockSamples), to: Math.min(to, (block + 1) * blockSamples), done: done[block] === 1 };
    const last = runs.at(-1);
    if (last?.done === piece.done) last.to = piece.to;
    else runs.push(piece);
  }
  return runs;
}

function readRows(file: string, at: number, values: number): Int16Array {
  const rows = new Int16Array(values);
  const bytes = new Uint8Array(rows.buffer);
  try {
    const handle = fs.openSync(file, 'r');
    try {
      for (let done = 0; done < bytes.length; ) {
        const got = fs.readSync(handle, bytes, done, bytes.length - done, at + done);
        if (got === 0) break;
        done += got;
      }
    } finally {
      fs.closeSync(handle);
    }
  } catch (error) {
    throw inputFileError(file, error);
  }
  return rows;
}
