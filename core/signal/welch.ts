// Power spectra by Welch's method (1967): Hann windows that overlap by half, each without its mean, averaged.

import { transform } from './fft.ts';

export interface Welch {
  /** Takes the windows of these values in; what is left at the end, less than half a window, is not used. */
  add(values: ArrayLike<number>): void;
  /** One-sided power density of bins 1..points/2, squared units of the values per Hz: the mean over all windows so far. */
  density(): Float64Array;
  /** Forgets what was added. */
  clear(): void;
}

/** @param points of a window, a power of two @param rate samples per second */
export function createWelch(points: number, rate: number): Welch {
  const hann = Float64Array.from({ length: points }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / points));
  const weight = hann.reduce((sum, value) => sum + value * value, 0);
  const half = points / 2;
  const sum = new Float64Array(half);
  const [re, im] = [new Float64Array(points), new Float64Array(points)];
  let windows = 0;
  const fill = (into: Float64Array, values: ArrayLike<number>, start: number) => {
    let total = 0;
    for (let i = 0; i < points; i++) total += values[start + i];
    const mean = total / points;
    for (let i = 0; i < points; i++) into[i] = (values[start + i] - mean) * hann[i];
  };
  return {
    add(values) {
      const count = Math.max(0, Math.floor((values.length - points) / half) + 1);
      // Two windows as one complex signal: the powers at k and -k add up to twice those of both.
      for (let window = 0; window < count; window += 2) {
        fill(re, values, window * half);
        if (window + 1 < count) fill(im, values, (window + 1) * half);
        else im.fill(0);
        transform(re, im);
        for (let bin = 1; bin <= half; bin++) {
          const other = points - bin;
          sum[bin - 1] += (re[bin] * re[bin] + im[bin] * im[bin] + re[other] * re[other] + im[other] * im[other]) / 2;
        }
      }
      windows += count;
    },
    // What lies at negative frequencies is counted too, except at half the rate.
    density: () => sum.map((value, index) => (value * (index === half - 1 ? 1 : 2)) / (Math.max(1, windows) * rate * weight)),
    clear() {
      sum.fill(0);
      windows = 0;
    },
  };
}

/** Hz, of the bins that `density` gives. */
export function welchFrequencies(points: number, rate: number): Float64Array {
  return Float64Array.from({ length: points / 2 }, (_, bin) => ((bin + 1) * rate) / points);
}
