// The share of spikes that are too small to be detected: the upper tail of the amplitude histogram stands in for the
// missing lower one. Hill, Mehta, Kleinfeld 2011, with the reference's 500 bins.

import type { Figure } from '../figure.ts';
import { argmax, countInBins, linspace } from '../histogram.ts';
import { range } from '../spikes.ts';

const bins = 500;
const sigma = 3;
const most = 0.5;

/**
 * At most 0.5.
 * @param amplitudes any unit; `singlePrecision`: edges of bins are rounded as those of float32 arrays are
 */
export function amplitudeCutoff(amplitudes: Float64Array, singlePrecision = false): Figure {
  const [least, largest] = range(amplitudes);
  const exact = linspace(least, largest, bins + 1);
  const edges = singlePrecision ? Float32Array.from(exact) : exact;
  if (edges.some((edge, i) => i > 0 && !(edge > edges[i - 1]))) return 'all spikes have the same amplitude';
  const counts = countInBins(amplitudes, edges);
  const density = smooth(counts.map((count, i) => count / (edges[i + 1] - edges[i]) / amplitudes.length));
  const cut = mirrorPoint(density, argmax(density));
  const width = (edges[bins - 1] - edges[0]) / (bins - 1);
  return Math.min(most, density.subarray(cut).reduce((total, value) => total + value, 0) * width);
}

/** Where, at or above the peak, the density comes nearest to what it is at the lower end. */
function mirrorPoint(density: Float64Array, peak: number): number {
  let best = peak;
  for (let i = peak; i < density.length; i++) {
    if (Math.abs(density[i] - density[0]) < Math.abs(density[best] - density[0])) best = i;
  }
  return best;
}

/** Gaussian filter of 3 bins, cut at 4 standard deviations, with the ends reflected. */
function smooth(values: Float64Array): Float64Array {
  const n = values.length;
  const at = (i: number) => values[i < 0 ? -1 - i : i >= n ? 2 * n - 1 - i : i];
  return values.map((value, i) => {
    let total = value * kernel[0];
    // Outermost first, as in the reference: where the density is all but zero, the order of rounding decides.
    for (let k = kernel.length - 1; k >= 1; k--) total += (at(i - k) + at(i + k)) * kernel[k];
    return total;
  });
}

const kernel = gaussianKernel(4 * sigma);

/** Weight at distance 0, 1, ... radius; both sides together add up to 1. */
function gaussianKernel(radius: number): Float64Array {
  const weights = Float64Array.from({ length: radius + 1 }, (_, k) => Math.exp((-0.5 / sigma ** 2) * k * k));
  const total = weights.reduce((sum, weight, k) => sum + (k === 0 ? weight : 2 * weight), 0);
  return weights.map((weight) => weight / total);
}
