// One linear operator for every site does two jobs: it brings the tissue back to where it rests (kriging) and whitens
// the noise. Rows are sparse and depend on the displacement, rounded to 1 um.

import { cholesky, choleskySolve } from './linearAlgebra.ts';
import { nearestTo, samePlaces } from './neighbours.ts';
import type { Whitening } from './noise/whitening.ts';
import type { Sites } from './recording.ts';

export interface SparseRow {
  readonly sites: Int32Array;
  /** Per uV. */
  readonly weights: Float64Array;
}

/** Row of the site when its tissue is displaced by a whole number of um; undefined displacement = no registration at all. */
export type OperatorRows = (site: number, displacement: number | undefined) => SparseRow;

const krigingWidth = 20; // um
const krigingNoise = 0.01;
const krigingSites = 24;
/** Entries below this share of a row's largest are dropped, and all but the largest `rowLength`. */
const rowFloor = 1e-3;
const rowLength = 40;
/** Rows kept for later; a site has one for every um it was displaced by. */
const mostRemembered = 30_000;

let last: { readonly sites: Sites; readonly whitening: Whitening; readonly rows: OperatorRows } | undefined;

/** Tasks of one recording ask for the same rows again and again: the last recording's are kept. */
export function operatorRows(sites: Sites, whitening: Whitening): OperatorRows {
  if (!last || !samePlaces(last.sites, sites) || !sameWhitening(last.whitening, whitening)) last = { sites, whitening, rows: makeRows(sites, whitening) };
  return last.rows;
}

function sameWhitening(a: Whitening, b: Whitening): boolean {
  return a === b || a.weights.every((row, site) => row.every((weight, k) => weight === b.weights[site]?.[k] && a.sites[site][k] === b.sites[site][k]));
}

function makeRows(sites: Sites, whitening: Whitening): OperatorRows {
  const kriging = memo((site: number, displacement: number) => krigingRow(sites, site, displacement));
  const scratch = new Float64Array(sites.count);
  const combined = memo((site: number, displacement: number) => combine(whitening, site, (other) => kriging(other, displacement), scratch));
  const plain = memo((site: number) => trimmed(whitening.sites[site], whitening.weights[site]));
  return (site, displacement) => (displacement === undefined ? plain(site, 0) : combined(site, displacement));
}

/** Interpolates the potential at a site's place in the tissue from the sites around it (Gaussian process, sd 20 um). */
export function krigingRow(sites: Sites, site: number, displacement: number): SparseRow {
  const x = sites.x[site];
  const y = sites.y[site] + displacement;
  const near = nearestTo(sites, sites.shank[site], x, y, krigingSites);
  const n = near.length;
  const kernel = (dx: number, dy: number) => Math.exp(-0.5 * ((dx * dx + dy * dy) / krigingWidth ** 2));
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) matrix[i * n + j] = kernel(sites.x[near[i]] - sites.x[near[j]], sites.y[near[i]] - sites.y[near[j]]);
    matrix[i * n + i] += krigingNoise;
  }
  const right = Float64Array.from(near, (other) => kernel(sites.x[other] - x, sites.y[other] - y));
  return trimmed(near, choleskySolve(cholesky(matrix, n), n, right));
}

/** @param scratch zeros, one per site; left as zeros */
function combine(whitening: Whitening, site: number, kriging: (site: number) => SparseRow, scratch: Float64Array): SparseRow {
  const touched = new Set<number>();
  whitening.sites[site].forEach((other, k) => {
    const row = kriging(other);
    row.sites.forEach((source, j) => {
      scratch[source] += whitening.weights[site][k] * row.weights[j];
      touched.add(source);
    });
  });
  const sources = Int32Array.from(touched).sort();
  const weights = Float64Array.from(sources, (source) => scratch[source]);
  for (const source of sources) scratch[source] = 0;
  return trimmed(sources, weights);
}

/** Largest entries only: small ones cost time, and denormal ones cost twenty times as much. */
function trimmed(sites: Int32Array, weights: Float64Array): SparseRow {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const order = Array.from(sites.keys())
    .filter((k) => Math.abs(weights[k]) > rowFloor * largest)
    .sort((a, b) => Math.abs(weights[b]) - Math.abs(weights[a]) || sites[a] - sites[b])
    .slice(0, rowLength);
  return { sites: Int32Array.from(order, (k) => sites[k]), weights: Float64Array.from(order, (k) => weights[k]) };
}

function memo<Value>(make: (site: number, displacement: number) => Value): (site: number, displacement: number) => Value {
  const known = new Map<number, Value>();
  return (site, displacement) => {
    const key = site * 4096 + displacement + 2048;
    let value = known.get(key);
    if (value === undefined) {
      if (known.size >= mostRemembered) known.clear();
      value = make(site, displacement);
      known.set(key, value);
    }
    return value;
  };
}
