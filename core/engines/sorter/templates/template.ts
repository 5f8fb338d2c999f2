// A unit's template: its mean waveform in registered, whitened data, in standard deviations of the noise, on the sites
// where it stands out, and the same as a product of three spatial and three temporal parts.

import { symmetricEigen } from '../linearAlgebra.ts';
import { squaredDistance } from '../neighbours.ts';
import type { Sites } from '../recording.ts';

export const templateLength = 61;
/** Samples before the trough. */
export const templateBefore = 20;
export const rank = 3;

/** Waveform on the sites near the unit; row k belongs to sites[k]. */
export interface Waveform {
  readonly sites: Int32Array;
  /** [site x templateLength] */
  readonly values: Float64Array;
}

export interface Template {
  /** Where the peak-to-peak amplitude is largest. */
  readonly peakSite: number;
  readonly sites: Int32Array;
  /** [site x rank] */
  readonly spatial: Float64Array;
  /** [rank x templateLength] */
  readonly temporal: Float64Array;
  /** Sum of squares of the product. */
  readonly energy: number;
}

const leastSites = 6;
const leastPeakToPeak = 0.5; // sigma
/** Peak-to-peak amplitude that noise alone leaves in the mean of n spikes, times sqrt(n), in sigma. */
const noisePeakToPeak = 5.5;

export function peakToPeak(waveform: Waveform, row: number): number {
  let low = 0;
  let high = 0;
  for (let t = row * templateLength; t < (row + 1) * templateLength; t++) {
    low = Math.min(low, waveform.values[t]);
    high = Math.max(high, waveform.values[t]);
  }
  return high - low;
}

export function peakRow(waveform: Waveform): number {
  let best = 0;
  for (let row = 1; row < waveform.sites.length; row++) if (peakToPeak(waveform, row) > peakToPeak(waveform, best)) best = row;
  return best;
}

/**
 * Keeps the sites within `radius` of the peak where the unit stands out of the noise (at least six), and rank three.
 * @param spikes how many the waveform is a mean of
 */
export function templateFrom(waveform: Waveform, sites: Sites, radius: number, spikes = Infinity): Template {
  const least = Math.max(leastPeakToPeak, noisePeakToPeak / Math.sqrt(spikes));
  const peakSite = waveform.sites[peakRow(waveform)];
  const order = Array.from(waveform.sites.keys())
    .filter((row) => squaredDistance(sites, waveform.sites[row], peakSite) <= radius * radius)
    .sort((a, b) => peakToPeak(waveform, b) - peakToPeak(waveform, a) || a - b);
  const kept = order.filter((row, k) => k < leastSites || peakToPeak(waveform, row) >= least).sort((a, b) => a - b);
  const values = new Float64Array(kept.length * templateLength);
  kept.forEach((row, k) => values.set(waveform.values.subarray(row * templateLength, (row + 1) * templateLength), k * templateLength));
  return { peakSite, sites: Int32Array.from(kept, (row) => waveform.sites[row]), ...factorise(values, kept.length) };
}

/** The best approximation of rank three (truncated singular value decomposition). */
export function factorise(values: Float64Array, rows: number): { spatial: Float64Array; temporal: Float64Array; energy: number } {
  const gram = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let t = 0; t < templateLength; t++) sum += values[i * templateLength + t] * values[j * templateLength + t];
      gram[i * rows + j] = gram[j * rows + i] = sum;
    }
  }
  const eigen = symmetricEigen(gram, rows);
  const order = Array.from(eigen.values.keys()).sort((a, b) => eigen.values[b] - eigen.values[a]).slice(0, rank);
  const spatial = new Float64Array(rows * rank);
  const temporal = new Float64Array(rank * templateLength);
  order.forEach((column, r) => {
    for (let i = 0; i < rows; i++) {
      const weight = eigen.vectors[i * rows + column];
      spatial[i * rank + r] = weight;
      for (let t = 0; t < templateLength; t++) temporal[r * templateLength + t] += weight * values[i * templateLength + t];
    }
  });
  return { spatial, temporal, energy: temporal.reduce((sum, value) => sum + value * value, 0) };
}

/** The product written out: [site x templateLength]. */
export function expand(template: Template): Float64Array {
  const values = new Float64Array(template.sites.length * templateLength);
  for (let i = 0; i < template.sites.length; i++) {
    for (let r = 0; r < rank; r++) {
      const weight = template.spatial[i * rank + r];
      for (let t = 0; t < templateLength; t++) values[i * templateLength + t] += weight * template.temporal[r * templateLength + t];
    }
  }
  return values;
}
