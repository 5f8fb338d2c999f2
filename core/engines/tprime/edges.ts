// Edge files: the times at which a stream saw the sync pulse rise, one a line, ascending.

import { InputFileError } from '../../common/index.ts';
import { numberBlocks } from './textNumbers.ts';

/** Seconds, ascending, at least one. Throws InputFileError. */
export async function readEdges(file: string): Promise<Float64Array> {
  const blocks: Float64Array[] = [];
  let count = 0;
  for await (const { values } of numberBlocks(file, 'wholeLine')) {
    blocks.push(values.slice());
    count += values.length;
  }
  if (count === 0) {
    throw new InputFileError(file, 'holds no sync edges', { next: 'Check that this stream recorded the sync pulse and that CatGT extracted it (bit or channel, threshold, pulse width).' });
  }
  const edges = new Float64Array(count);
  let at = 0;
  for (const block of blocks) {
    edges.set(block, at);
    at += block.length;
  }
  const descent = edges.findIndex((edge, index) => index > 0 && edge < edges[index - 1]);
  if (descent > 0) {
    throw new InputFileError(file, `sync edges are not ascending: ${edges[descent]} s comes after ${edges[descent - 1]} s`, { next: 'Give the edge file of one stream as CatGT wrote it.' });
  }
  return edges;
}
