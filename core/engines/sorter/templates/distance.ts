// How much two waveforms differ, relative to the larger, at the best lag.

import { templateLength } from './template.ts';
import type { Waveform } from './template.ts';

export interface Difference {
  /** |A - B| / max(|A|, |B|) over the sites that both have. */
  readonly distance: number;
  /** The same after scaling the smaller to fit: what is not a matter of amplitude. */
  readonly shape: number;
  /** Samples by which B must be moved later to lie on A. */
  readonly lag: number;
}

/** Infinite when the two share fewer than `leastShared` sites. */
export function waveformDifference(a: Waveform, b: Waveform, reach: number, leastShared: number): Difference {
  const rowOfB = new Map(Array.from(b.sites, (site, row) => [site, row]));
  const rows = Array.from(a.sites.keys()).filter((row) => rowOfB.has(a.sites[row]));
  if (rows.length < leastShared) return { distance: Infinity, shape: Infinity, lag: 0 };
  let energyA = 0;
  let energyB = 0;
  for (const row of rows) {
    energyA += rowEnergy(a.values, row);
    energyB += rowEnergy(b.values, rowOfB.get(a.sites[row])!);
  }
  let best = { product: -Infinity, lag: 0 };
  for (let lag = -reach; lag <= reach; lag++) {
    let product = 0;
    for (const row of rows) product += rowProduct(a.values, row, b.values, rowOfB.get(a.sites[row])!, lag);
    if (product > best.product) best = { product, lag };
  }
  const squared = Math.max(0, energyA + energyB - 2 * best.product);
  const cosine = best.product / Math.sqrt(Math.max(energyA * energyB, 1e-24));
  return { distance: Math.sqrt(squared / Math.max(energyA, energyB, 1e-12)), shape: Math.sqrt(Math.max(0, 1 - cosine * Math.max(0, cosine))), lag: best.lag };
}

function rowEnergy(values: Float64Array, row: number): number {
  let sum = 0;
  for (let t = row * templateLength; t < (row + 1) * templateLength; t++) sum += values[t] * values[t];
  return sum;
}

function rowProduct(a: Float64Array, rowA: number, b: Float64Array, rowB: number, lag: number): number {
  let sum = 0;
  const from = Math.max(0, lag);
  const to = Math.min(templateLength, templateLength + lag);
  for (let t = from; t < to; t++) sum += a[rowA * templateLength + t] * b[rowB * templateLength + t - lag];
  return sum;
}
