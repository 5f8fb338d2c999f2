// Small dense matrices, row after row.

/**
 * Lower triangular L with L L' = `matrix` [n x n, symmetric]; undefined when the matrix is singular or not positive
 * definite to working precision.
 */
export function cholesky(matrix: Float64Array, n: number): Float64Array | undefined {
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let value = matrix[i * n + j];
      for (let k = 0; k < j; k++) value -= lower[i * n + k] * lower[j * n + k];
      if (i > j) lower[i * n + j] = value / lower[j * n + j];
      else if (value > singular * matrix[i * n + i]) lower[i * n + i] = Math.sqrt(value);
      else return undefined;
    }
  }
  return lower;
}

/** What is left of a diagonal element, relative to it, that is rounding error. */
const singular = 1e-13;

/** Squared length of L^-1 (row - mean): the squared Mahalanobis distance for a covariance L L'. `scratch`: [n]. */
export function squaredDistance(lower: Float64Array, n: number, rows: Float64Array, row: number, mean: Float64Array, scratch: Float64Array): number {
  let total = 0;
  for (let i = 0; i < n; i++) {
    let value = rows[row * n + i] - mean[i];
    for (let k = 0; k < i; k++) value -= lower[i * n + k] * scratch[k];
    value /= lower[i * n + i];
    scratch[i] = value;
    total += value * value;
  }
  return total;
}

/** Mean of rows from .. to - 1 of [rows x n]. */
export function meanRow(rows: Float64Array, n: number, from: number, to: number): Float64Array {
  const mean = new Float64Array(n);
  for (let row = from; row < to; row++) for (let i = 0; i < n; i++) mean[i] += rows[row * n + i];
  return mean.map((sum) => sum / (to - from));
}

/** Adds the sums of squares and products of rows from .. to - 1, less `mean`, to `into` [n x n]. */
export function addScatter(rows: Float64Array, n: number, from: number, to: number, mean: Float64Array, into: Float64Array): void {
  // Four rows at a time: each element of `into` is fetched once for all of them.
  const centred = new Float64Array(4 * n);
  for (let row = from; row < to; row += 4) {
    for (let k = 0; k < 4; k++) {
      for (let i = 0; i < n; i++) centred[k * n + i] = row + k < to ? rows[(row + k) * n + i] - mean[i] : 0;
    }
    for (let i = 0; i < n; i++) {
      const [a, b, c, d] = [centred[i], centred[n + i], centred[2 * n + i], centred[3 * n + i]];
      for (let j = 0; j <= i; j++) into[i * n + j] += a * centred[j] + b * centred[n + j] + (c * centred[2 * n + j] + d * centred[3 * n + j]);
    }
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) into[j * n + i] = into[i * n + j];
}
