// Local whitening: for every site the row of the inverse square root of the noise covariance of its neighbourhood that
// belongs to the site, scaled so that the whitened noise has unit variance.

import { symmetricEigen } from '../linearAlgebra.ts';

export interface Whitening {
  /** Per site: the sites that contribute. */
  readonly sites: readonly Int32Array[];
  /** Per site: their weights, per uV. */
  readonly weights: readonly Float64Array[];
}

/** Small eigenvalues are raised to this share of their median: dead or doubled channels would blow up. */
const eigenFloor = 1e-3;

/**
 * @param covariance the noise covariance of two sites, uV^2
 * @param near for every site its neighbours, itself first
 */
export function localWhitening(covariance: (a: number, b: number) => number, near: readonly Int32Array[]): Whitening {
  return { sites: near, weights: near.map((list) => whiteningRow(list, covariance)) };
}

function whiteningRow(list: Int32Array, covariance: (a: number, b: number) => number): Float64Array {
  const n = list.length;
  const local = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) local[i * n + j] = covariance(list[i], list[j]);
  const { values, vectors } = symmetricEigen(local, n);
  const positive = values.slice().sort();
  const floor = Math.max(eigenFloor * positive[n >> 1], 1e-12);
  const row = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const scale = vectors[k] / Math.sqrt(Math.max(values[k], floor));
    for (let j = 0; j < n; j++) row[j] += scale * vectors[j * n + k];
  }
  let variance = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) variance += row[i] * row[j] * local[i * n + j];
  const unit = variance > 0 ? 1 / Math.sqrt(variance) : 0;
  return row.map((weight) => weight * unit);
}
