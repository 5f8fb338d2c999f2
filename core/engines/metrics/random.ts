// Random numbers for choosing spikes: the same for the same seed and purpose, whatever the number of workers.

/** Numbers in [0, 1). Generator: sfc32 (C. Doty-Humphrey, PractRand). */
export function randomNumbers(seed: number, purpose: number): () => number {
  let [a, b, c, counter] = [seed | 0, purpose | 0, 0x9e3779b9 | 0, 1];
  const next = () => {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return (result >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < 15; round++) next();
  return next;
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
