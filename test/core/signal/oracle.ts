// What the signal path must compute, written slowly and plainly in double precision.

import { FFT_POINTS } from '../../../core/signal/index.ts';

const N = FFT_POINTS;

/** In-place radix-2 transform, exp(-i...) or, inverse, exp(+i...) without the 1/N. */
export function fft(re: Float64Array, im: Float64Array, inverse = false): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j], re[i]];
      [im[i], im[j]] = [im[j], im[i]];
    }
  }
  for (let length = 2; length <= n; length *= 2) {
    for (let k = 0; k < length / 2; k++) {
      const angle = ((inverse ? 2 : -2) * Math.PI * k) / length;
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      for (let i = k; i < n; i += length) {
        const j = i + length / 2;
        const [tr, ti] = [re[j] * c - im[j] * s, re[j] * s + im[j] * c];
        [re[j], im[j]] = [re[i] - tr, im[i] - ti];
        [re[i], im[i]] = [re[i] + tr, im[i] + ti];
      }
    }
  }
}

/** One column of a block through delay (samples) and gain (bins 0..N/2), before any rounding. */
export function filterColumn(column: ArrayLike<number>, delay: number, gain: (bin: number) => number): Float64Array {
  const re = Float64Array.from(column);
  const im = new Float64Array(N);
  fft(re, im);
  for (let k = 0; k <= N / 2; k++) {
    const angle = (-2 * Math.PI * k * delay) / N;
    const [c, s] = [gain(k) * Math.cos(angle), gain(k) * Math.sin(angle)];
    [re[k], im[k]] = [re[k] * c - im[k] * s, re[k] * s + im[k] * c];
    if (k === N / 2) im[k] = 0;
    else if (k > 0) [re[N - k], im[N - k]] = [re[k], -im[k]];
  }
  fft(re, im, true);
  return re.map((value) => value / N);
}

export const wrap = (value: number) => (Math.trunc(value) << 16) >> 16;
export const saturate = (value: number) => Math.max(-32768, Math.min(32767, Math.round(value)));

/** Deterministic noise: uniform in [0, 1). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Roughly normal with standard deviation 1. */
export function gaussian(random: () => number): () => number {
  return () => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += random();
    return sum;
  };
}
