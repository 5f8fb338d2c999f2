// Choices that are random but the same every time: a hash of (seed, counter), no state that would depend on the order
// in which threads work.

/** Uniform in [0, 1). */
export function uniformOf(seed: number, counter: number, stream = 0): number {
  let h = (Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(counter | 0, 0x85ebca77) ^ Math.imul((stream | 0) + 1, 0xc2b2ae3d)) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
  return ((h ^ (h >>> 15)) >>> 0) / 4294967296;
}
