// Is a sample on a line bimodal, and where is the valley? Isocut (Magland & Barnett, arXiv 1508.04841): the spacings'
// log density is compared with the best unimodal one by a Kolmogorov-Smirnov score over nested ranges.

import { downUpFit, risingFit, upDownFit } from './isotonic.ts';

export interface Cut {
  /** Above about 2: bimodal. */
  readonly dip: number;
  /** Where to cut. */
  readonly at: number;
}

const leastRange = 4;
const leastSpacing = 1e-9;

/** @param sorted ascending */
export function isocut(sorted: Float64Array): Cut {
  const n = sorted.length - 1;
  if (n < leastRange) return { dip: 0, at: sorted[sorted.length >> 1] ?? 0 };
  const spacing = Float64Array.from({ length: n }, (_, k) => Math.max(leastSpacing, sorted[k + 1] - sorted[k]));
  const density = spacing.map((width) => -Math.log(width));
  const { fit, peak } = upDownFit(density);
  const mass = unimodalMass(spacing, peak);
  const left = nestedScore(mass.slice(0, peak + 1));
  const right = nestedScore(mass.slice(peak).reverse());
  const useLeft = left.score > right.score;
  const length = useLeft ? left.length : right.length;
  const from = useLeft ? 0 : n - length;
  const residual = downUpFit(density.slice(from, from + length).map((value, k) => value - fit[from + k]));
  let lowest = 0;
  for (let k = 1; k < length; k++) if (residual[k] < residual[lowest]) lowest = k;
  let last = lowest;
  while (last + 1 < length && residual[last + 1] === residual[lowest]) last++;
  const valley = from + ((lowest + last) >> 1);
  return { dip: Math.max(left.score, right.score), at: (sorted[valley] + sorted[valley + 1]) / 2 };
}

/**
 * Spikes expected in every spacing under the likeliest density that rises to the peak and falls after it (Grenander's
 * estimator: the mean spacing of every pool). Means of log densities would be biased where pools are small.
 */
function unimodalMass(spacing: Float64Array, peak: number): Float64Array {
  const right = risingFit(spacing.slice(peak)).fit;
  const left = risingFit(spacing.slice(0, peak + 1).reverse()).fit.reverse();
  return spacing.map((width, k) => width / (k < peak ? left[k] : right[k - peak]));
}

/** Largest score of the prefixes of length N, N/2, N/4 ...: one count per spacing against the fitted mass. */
function nestedScore(mass: Float64Array): { score: number; length: number } {
  let best = { score: 0, length: mass.length };
  for (let length = mass.length; length >= leastRange; length = length >> 1) {
    const score = kolmogorov(mass, length);
    if (score > best.score) best = { score, length };
  }
  return best;
}

function kolmogorov(mass: Float64Array, length: number): number {
  let total = 0;
  for (let k = 0; k < length; k++) total += mass[k];
  let largest = 0;
  let sum = 0;
  for (let k = 0; k < length; k++) {
    sum += mass[k];
    largest = Math.max(largest, Math.abs((k + 1) / length - sum / total));
  }
  return largest * Math.sqrt((length + total) / 2);
}
