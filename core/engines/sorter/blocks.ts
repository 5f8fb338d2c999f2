// The fixed grid of blocks that all passes work on. A block's results depend on its number and the tables only, never on
// which thread does it or how many blocks a task takes.

/** Samples that a block keeps (half a second at 30 kHz). */
export const blockLength = 16384;
/** Samples read on either side, for spikes that reach over the edge. */
export const blockMargin = 192;
/** Blocks of one task. */
const blocksPerTask = 4;

export interface BlockRange { readonly from: number; readonly to: number }

export const blockCount = (samples: number): number => Math.ceil(samples / blockLength);

/** Tasks over all blocks. */
export function blockTasks(samples: number): BlockRange[] {
  const count = blockCount(samples);
  return Array.from({ length: Math.ceil(count / blocksPerTask) }, (_, k) => ({ from: k * blocksPerTask, to: Math.min(count, (k + 1) * blocksPerTask) }));
}
