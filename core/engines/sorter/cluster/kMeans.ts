// k-means with the k-means++ start; the same result every time (choices from a hash).

import { uniformOf } from '../random.ts';

const rounds = 12;

/** @param points [n x dims] @returns a label below `count` per point */
export function kMeans(points: Float64Array, dims: number, count: number, seed: number): Int32Array {
  const n = points.length / dims;
  const centres = startCentres(points, dims, count, seed);
  const labels = new Int32Array(n);
  for (let round = 0; round < rounds; round++) {
    const changed = assignNearest(points, dims, centres, labels);
    if (changed === 0 && round > 0) break;
    moveCentres(points, dims, centres, labels);
  }
  return labels;
}

function startCentres(points: Float64Array, dims: number, count: number, seed: number): Float64Array {
  const n = points.length / dims;
  const centres = new Float64Array(count * dims);
  const distance = new Float64Array(n).fill(Infinity);
  let chosen = Math.floor(uniformOf(seed, 0, 77) * n);
  for (let c = 0; c < count; c++) {
    centres.set(points.subarray(chosen * dims, (chosen + 1) * dims), c * dims);
    let total = 0;
    for (let k = 0; k < n; k++) {
      distance[k] = Math.min(distance[k], squared(points, k * dims, centres, c * dims, dims));
      total += distance[k];
    }
    let left = uniformOf(seed, c + 1, 77) * total;
    chosen = n - 1;
    for (let k = 0; k < n; k++) {
      left -= distance[k];
      if (left < 0) {
        chosen = k;
        break;
      }
    }
  }
  return centres;
}

function assignNearest(points: Float64Array, dims: number, centres: Float64Array, labels: Int32Array): number {
  let changed = 0;
  for (let k = 0; k < labels.length; k++) {
    let best = 0;
    let least = Infinity;
    for (let c = 0; c * dims < centres.length; c++) {
      const distance = squared(points, k * dims, centres, c * dims, dims);
      if (distance < least) {
        least = distance;
        best = c;
      }
    }
    if (labels[k] !== best) changed++;
    labels[k] = best;
  }
  return changed;
}

function moveCentres(points: Float64Array, dims: number, centres: Float64Array, labels: Int32Array): void {
  const counts = new Float64Array(centres.length / dims);
  const sums = new Float64Array(centres.length);
  for (let k = 0; k < labels.length; k++) {
    counts[labels[k]]++;
    for (let d = 0; d < dims; d++) sums[labels[k] * dims + d] += points[k * dims + d];
  }
  for (let at = 0; at < sums.length; at++) {
    const count = counts[Math.floor(at / dims)];
    if (count > 0) centres[at] = sums[at] / count;
  }
}

function squared(a: Float64Array, aStart: number, b: Float64Array, bStart: number, dims: number): number {
  let sum = 0;
  for (let d = 0; d < dims; d++) sum += (a[aStart + d] - b[bStart + d]) ** 2;
  return sum;
}
