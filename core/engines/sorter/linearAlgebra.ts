// Small dense linear algebra in double precision. Matrices are row-major Float64Arrays.

/** Eigenvalues (unsorted) and eigenvectors (columns) of a symmetric matrix by cyclic Jacobi rotations. */
export function symmetricEigen(matrix: Float64Array, n: number): { values: Float64Array; vectors: Float64Array } {
  const a = matrix.slice();
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  for (let sweep = 0; sweep < 30; sweep++) {
    let off = 0;
    let diagonal = 0;
    for (let i = 0; i < n; i++) {
      diagonal += a[i * n + i] ** 2;
      for (let j = i + 1; j < n; j++) off += a[i * n + j] ** 2;
    }
    if (off <= 1e-22 * diagonal) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
  }
  return { values: Float64Array.from({ length: n }, (_, i) => a[i * n + i]), vectors: v };
}

function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q];
  if (apq === 0) return;
  const theta = (a[q * n + q] - a[p * n + p]) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const akp = a[k * n + p];
    const akq = a[k * n + q];
    a[k * n + p] = c * akp - s * akq;
    a[k * n + q] = s * akp + c * akq;
  }
  for (let k = 0; k < n; k++) {
    const apk = a[p * n + k];
    const aqk = a[q * n + k];
    a[p * n + k] = c * apk - s * aqk;
    a[q * n + k] = s * apk + c * aqk;
    const vkp = v[k * n + p];
    const vkq = v[k * n + q];
    v[k * n + p] = c * vkp - s * vkq;
    v[k * n + q] = s * vkp + c * vkq;
  }
}

/** Lower factor L of a positive definite matrix = L L'. Throws RangeError when it is not positive definite. */
export function cholesky(matrix: Float64Array, n: number): Float64Array {
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j];
      for (let k = 0; k < j; k++) sum -= l[i * n + k] * l[j * n + k];
      if (i !== j) {
        l[i * n + j] = sum / l[j * n + j];
      } else {
        if (!(sum > 0)) throw new RangeError('the matrix is not positive definite');
        l[i * n + i] = Math.sqrt(sum);
      }
    }
  }
  return l;
}

/** Solves L L' x = b in place. */
export function choleskySolve(l: Float64Array, n: number, b: Float64Array): Float64Array {
  for (let i = 0; i < n; i++) {
    let sum = b[i];
    for (let k = 0; k < i; k++) sum -= l[i * n + k] * b[k];
    b[i] = sum / l[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i];
    for (let k = i + 1; k < n; k++) sum -= l[k * n + i] * b[k];
    b[i] = sum / l[i * n + i];
  }
  return b;
}

/**
 * The `count` leading eigenvectors of a symmetric non-negative matrix, as rows, strongest first, by subspace iteration
 * with a final rotation. Signs: the largest entry of each is positive.
 */
export function leadingVectors(matrix: Float64Array, n: number, count: number, iterations = 40): Float64Array {
  let q = startVectors(matrix, n, count);
  for (let step = 0; step < iterations; step++) q = orthonormal(timesRows(matrix, n, q, count), n, count);
  const image = timesRows(matrix, n, q, count);
  const small = new Float64Array(count * count);
  for (let i = 0; i < count; i++) for (let j = 0; j < count; j++) small[i * count + j] = inner(q, i * n, image, j * n, n);
  const { values, vectors } = symmetricEigen(small, count);
  const order = Array.from(values.keys()).sort((a, b) => values[b] - values[a] || a - b);
  const rows = new Float64Array(count * n);
  order.forEach((column, row) => {
    for (let k = 0; k < count; k++) for (let j = 0; j < n; j++) rows[row * n + j] += vectors[k * count + column] * q[k * n + j];
    fixSign(rows.subarray(row * n, (row + 1) * n));
  });
  return rows;
}

/** Start: the unit vectors of the largest diagonal entries, slightly mixed so that none is orthogonal to the answer. */
function startVectors(matrix: Float64Array, n: number, count: number): Float64Array {
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => matrix[b * n + b] - matrix[a * n + a] || a - b);
  const q = new Float64Array(count * n);
  for (let row = 0; row < count; row++) {
    for (let j = 0; j < n; j++) q[row * n + j] = 0.01 * Math.cos(1 + (row + 1) * (j + 1));
    q[row * n + order[row % n]] += 1;
  }
  return orthonormal(q, n, count);
}

function timesRows(matrix: Float64Array, n: number, rows: Float64Array, count: number): Float64Array {
  const out = new Float64Array(count * n);
  for (let r = 0; r < count; r++) for (let i = 0; i < n; i++) out[r * n + i] = inner(matrix, i * n, rows, r * n, n);
  return out;
}

/** Gram-Schmidt; a vanishing row becomes a unit vector. */
function orthonormal(rows: Float64Array, n: number, count: number): Float64Array {
  for (let r = 0; r < count; r++) {
    for (let p = 0; p < r; p++) {
      const share = inner(rows, r * n, rows, p * n, n);
      for (let j = 0; j < n; j++) rows[r * n + j] -= share * rows[p * n + j];
    }
    const norm = Math.sqrt(inner(rows, r * n, rows, r * n, n));
    for (let j = 0; j < n; j++) rows[r * n + j] = norm > 1e-150 ? rows[r * n + j] / norm : j === r % n ? 1 : 0;
  }
  return rows;
}

export function inner(a: ArrayLike<number>, aStart: number, b: ArrayLike<number>, bStart: number, count: number): number {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += a[aStart + k] * b[bStart + k];
  return sum;
}

function fixSign(row: Float64Array): void {
  let largest = 0;
  for (let j = 0; j < row.length; j++) if (Math.abs(row[j]) > Math.abs(row[largest]) * (1 + 1e-9)) largest = j;
  if (row[largest] < 0) for (let j = 0; j < row.length; j++) row[j] = -row[j];
}

/** Middle value (mean of the two middle ones). NaN when empty. */
export function median(values: ArrayLike<number>): number {
  const copy = Float64Array.from(values);
  if (copy.length === 0) return NaN;
  const half = copy.length >> 1;
  const upper = select(copy, half);
  if (copy.length % 2 === 1) return upper;
  let lower = -Infinity;
  for (let k = 0; k < half; k++) lower = Math.max(lower, copy[k]);
  return (lower + upper) / 2;
}

/** The k-th smallest; reorders so that smaller ones stand before it (quickselect, middle element as pivot). */
function select(values: Float64Array, k: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1];
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const swapped = values[i];
      values[i++] = values[j];
      values[j--] = swapped;
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return values[k];
}
