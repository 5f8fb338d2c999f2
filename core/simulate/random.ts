// Random numbers that depend only on what they are for: a seed, words that name the purpose, and counters such as
// channel and block. So a probe can be added, or any block generated on its own, without changing another number.
// Generator: sfc32 (C. Doty-Humphrey, PractRand), which starts from 128 bits: purposes never share a sequence.

import { sfc32 } from '../common/index.ts';

export interface RandomKey {
  readonly high: number;
  readonly low: number;
}

/** 64 bits from a seed and the words of a purpose (two 32-bit FNV-1a hashes with murmur3's finishing mix). */
export function randomKey(seed: number, ...purpose: readonly (string | number)[]): RandomKey {
  const text = JSON.stringify([seed, ...purpose]);
  return { high: hashText(text, 0x811c9dc5), low: hashText(text, 0x2f0b4a27) };
}

export interface RandomStream {
  /** In [0, 1). */
  uniform(): number;
  /** Mean 0, variance 1. */
  gaussian(): number;
  /** Mean 1. */
  exponential(): number;
}

export function randomStream(seed: number, ...purpose: readonly (string | number)[]): RandomStream {
  const key = randomKey(seed, ...purpose);
  const next = sfc32(key.high, key.low);
  const uniform = () => (next() >>> 0) / 2 ** 32;
  return {
    uniform,
    gaussian: () => gaussianTable[next() >>> 16]!,
    exponential: () => -Math.log(1 - uniform()),
  };
}

/**
 * Adds white Gaussian noise of standard deviation `sigma` to `into[0 .. count-1]`, count even: the numbers of (key, i, j)
 * and of nothing else. Two 16-bit halves of each random number give two values, so tails end at 4.2 sigma.
 */
export function addWhiteNoise(into: Float32Array, count: number, sigma: number, key: RandomKey, i: number, j: number): void {
  const table = gaussianTable;
  // Mixed words need no warm-up, and no two (i, j) share a start, because the mix is one to one.
  let a = finish(key.high ^ Math.imul(i + 1, 0x9e3779b1));
  let b = finish(key.low ^ Math.imul(j + 1, 0x85ebca77));
  let c = finish((a + Math.imul(b, 3)) | 0);
  let counter = 1;
  for (let k = 0; k < count; k += 2) {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    into[k] = into[k]! + sigma * table[result & 0xffff]!;
    into[k + 1] = into[k + 1]! + sigma * table[result >>> 16]!;
  }
}

/** A Gaussian value for every integer, the same whenever it is asked for. */
export function gaussianAt(key: RandomKey, index: number): number {
  const mixed = finish(key.low ^ Math.imul(index | 0, 0x9e3779b1));
  return gaussianTable[finish((mixed + key.high) | 0) >>> 16]!;
}

/** Quantiles of the normal distribution at the middles of 65,536 equal slices. */
const gaussianTable: Float32Array = (() => {
  const size = 65536;
  const table = new Float32Array(size);
  for (let slice = 0; slice < size / 2; slice++) {
    const value = normalQuantile((slice + 0.5) / size);
    table[slice] = value;
    table[size - 1 - slice] = -value;
  }
  return table;
})();

/** For p below one half, to 4.5e-4: Abramowitz and Stegun, 26.2.23. */
function normalQuantile(p: number): number {
  const t = Math.sqrt(-2 * Math.log(p));
  return (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
}

function hashText(text: string, start: number): number {
  let hash = start | 0;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return finish(hash);
}

/** Murmur3's finishing mix: every bit of the input moves every bit of the output. */
function finish(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
