// Random numbers for choosing spikes: the same for the same seed and purpose, whatever the number of workers.

import { sfc32 } from '../../common/index.ts';

/** Numbers in [0, 1). */
export function randomNumbers(seed: number, purpose: number): () => number {
  const next = sfc32(seed, purpose);
  return () => (next() >>> 0) / 2 ** 32;
}

/** Draws the first `count` of a random permutation of 0 .. size-1. */
export function drawInOrder(size: number, count: number, random: () => number): Uint32Array {
  const all = Uint32Array.from({ length: size }, (_, i) => i);
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random() * (size - i));
    [all[i], all[j]] = [all[j], all[i]];
  }
  return all.subarray(0, count);
}

/** `count` of 0 .. size-1, ascending (selection sampling: Knuth, TAOCP 2, algorithm 3.4.2 S). */
export function drawSorted(size: number, count: number, random: () => number): Uint32Array {
  const drawn = new Uint32Array(Math.min(size, count));
  let taken = 0;
  for (let i = 0; taken < drawn.length; i++) {
    if (random() * (size - i) < drawn.length - taken) drawn[taken++] = i;
  }
  return drawn;
}
