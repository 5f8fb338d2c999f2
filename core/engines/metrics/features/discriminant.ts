// d-prime along the line that separates a unit from its neighbours best (Fisher 1936).

import type { Figure } from '../figure.ts';
import { addScatter, meanRow } from '../linear.ts';
import type { Comparison } from './gather.ts';

/** Difference of the means over the root mean of the variances, of the spikes projected on that line. */
export function dPrime({ values, width, own, total }: Comparison): Figure {
  const ownMean = meanRow(values, width, 0, own);
  const otherMean = meanRow(values, width, own, total);
  const scatter = new Float64Array(width * width);
  addScatter(values, width, 0, own, ownMean, scatter);
  addScatter(values, width, own, total, otherMean, scatter);
  const direction = solveSymmetric(scatter, ownMean.map((value, i) => value - otherMean[i]), width);

  const project = (mean: Float64Array) => mean.reduce((sum, value, i) => sum + value * direction[i], 0);
  const separation = project(ownMean) - project(otherMean);
  const spread = Math.sqrt(0.5 * (variance(values, width, direction, 0, own, project(ownMean)) + variance(values, width, direction, own, total, project(otherMean))));
  return spread > 0 ? separation / spread : 'the features do not vary';
}

function variance(values: Float64Array, width: number, direction: Float64Array, from: number, to: number, mean: number): number {
  let sum = 0;
  for (let row = from; row < to; row++) {
    let projection = -mean;
    for (let i = 0; i < width; i++) projection += values[row * width + i] * direction[i];
    sum += projection * projection;
  }
  return sum / (to - from);
}

/** What is left of a feature's variance, relative to it, that counts as none: it depends on the features before it. */
const dependent = 1e-8;

/** x with matrix x = right, by L D L'; features that depend on others get 0, which leaves the best line what it is. */
function solveSymmetric(matrix: Float64Array, right: Float64Array, n: number): Float64Array {
  const lower = new Float64Array(n * n);
  const pivots = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let value = matrix[i * n + j];
      for (let k = 0; k < j; k++) value -= lower[i * n + k] * lower[j * n + k] * pivots[k];
      if (i === j) pivots[j] = value > dependent * matrix[j * n + j] ? value : 0;
      lower[i * n + j] = i === j ? 1 : pivots[j] === 0 ? 0 : value / pivots[j];
    }
  }
  const solution = right.slice();
  for (let i = 0; i < n; i++) for (let k = 0; k < i; k++) solution[i] -= lower[i * n + k] * solution[k];
  for (let i = 0; i < n; i++) solution[i] = pivots[i] === 0 ? 0 : solution[i] / pivots[i];
  for (let i = n - 1; i >= 0; i--) {
    if (pivots[i] === 0) { solution[i] = 0; continue; }
    for (let k = i + 1; k < n; k++) solution[i] -= lower[k * n + i] * solution[k];
  }
  return solution;
}
