// How much nearer a unit's spikes are to each other than to another unit's. Rousseeuw 1987 (J Comput Appl Math 20:53),
// pair by pair; a unit has the score of its worst pair.
// Exact, though most pairs are never computed: what is known of another unit's spikes as a whole bounds the mean distance
// to them, and so the score of a pair, from below.

import type { Figure } from '../figure.ts';
import type { FeatureTable } from './gather.ts';
import { type Cluster, layOut } from './silhouetteSpace.ts';

/** Per unit of `ids`. With `compat` the space folds one channel onto another: see layOut. */
export function silhouetteScores(features: FeatureTable, clusters: Int32Array, ids: Int32Array, compat: boolean): Figure[] {
  const space = layOut(features, clusters, compat);
  const within = space.map((cluster) => meanDistancesWithin(cluster));
  const worst = space.map(() => Infinity);
  const pairs = boundedPairs(space, within);
  for (const { a, b, bound } of pairs) {
    if (bound >= worst[a] && bound >= worst[b]) continue;
    const score = pairScore(space[a], space[b], within[a], within[b]);
    worst[a] = Math.min(worst[a], score);
    worst[b] = Math.min(worst[b], score);
  }
  const scores = new Map(space.map((cluster, i) => [cluster.id, worst[i]]));
  return Array.from(ids, (id) => {
    const score = scores.get(id);
    if (score === undefined) return 'none of its spikes was drawn';
    return score === Infinity ? 'no other unit to compare with' : score;
  });
}

interface Pair {
  readonly a: number;
  readonly b: number;
  /** The score is at least this. */
  readonly bound: number;
}

/** Allowance for rounding. */
const rounding = 1e-9;

/** Lowest bound first, so that the worst pairs are met early. */
function boundedPairs(space: readonly Cluster[], within: readonly Float64Array[]): Pair[] {
  const pairs: Pair[] = [];
  for (let a = 0; a < space.length; a++) {
    for (let b = a + 1; b < space.length; b++) {
      if (space[a].spikes + space[b].spikes <= 2) continue;
      const toB = leastMeanDistances(space[a], space[b]);
      const toA = leastMeanDistances(space[b], space[a]);
      pairs.push({ a, b, bound: meanScore(within[a], toB, within[b], toA) - rounding });
    }
  }
  return pairs.sort((p, q) => p.bound - q.bound);
}

function pairScore(a: Cluster, b: Cluster, withinA: Float64Array, withinB: Float64Array): number {
  const [toB, toA] = [new Float64Array(a.spikes), new Float64Array(b.spikes)];
  const { left, right, width } = sharedRows(a, b);
  for (let i = 0; i < a.spikes; i++) {
    for (let j = 0; j < b.spikes; j++) {
      const distance = Math.sqrt(Math.max(0, a.norms[i] + b.norms[j] - 2 * dot(left, i * width, right, j * width, width)));
      toB[i] += distance;
      toA[j] += distance;
    }
  }
  return meanScore(withinA, toB.map((sum) => sum / b.spikes), withinB, toA.map((sum) => sum / a.spikes));
}

/** Mean over the spikes of both of (to - within) / max(to, within); 0 for the only spike of a unit. */
function meanScore(withinA: Float64Array, toB: Float64Array, withinB: Float64Array, toA: Float64Array): number {
  const sumOf = (within: Float64Array, to: Float64Array) => {
    if (within.length === 1) return 0;
    let sum = 0;
    for (let i = 0; i < within.length; i++) sum += (to[i] - within[i]) / Math.max(to[i], within[i]) || 0;
    return sum;
  };
  return (sumOf(withinA, toB) + sumOf(withinB, toA)) / (withinA.length + withinB.length);
}

/** Of each spike to the others of its unit. */
function meanDistancesWithin({ rows, norms, spikes, places: { length: width } }: Cluster): Float64Array {
  const sums = new Float64Array(spikes);
  for (let i = 0; i < spikes; i++) {
    for (let j = i + 1; j < spikes; j++) {
      const distance = Math.sqrt(Math.max(0, norms[i] + norms[j] - 2 * dot(rows, i * width, rows, j * width, width)));
      sums[i] += distance;
      sums[j] += distance;
    }
  }
  return sums.map((sum) => sum / (spikes - 1));
}

/**
 * For each spike of `a` a lower bound of its mean distance to those of `b`. The squared distances q have the mean
 * m = r^2 + s, with r the distance from the mean of `b` and s its mean square about it; their standard deviation is at most
 * d = deviation of the squares + 2 r (widest deviation). Since sqrt(1 + u) >= 1 + u/2 - u^2/2, the mean of sqrt(q) is at
 * least sqrt(m) (1 - d^2 / (2 m^2)). It is at least r, too.
 */
function leastMeanDistances(a: Cluster, b: Cluster): Float64Array {
  const { left, right, width } = sharedRows(a, { ...b, rows: b.mean, spikes: 1 });
  const length = dot(b.mean, 0, b.mean, 0, b.mean.length);
  const { square, squareDeviation, widest } = b.scatter;
  return a.norms.map((norm, i) => {
    const fromMean = Math.sqrt(Math.max(0, norm + length - 2 * dot(left, i * width, right, 0, width)));
    const mean = fromMean ** 2 + square;
    const deviation = squareDeviation + 2 * fromMean * widest;
    return Math.max(fromMean, Math.sqrt(mean) * (1 - (deviation / mean) ** 2 / 2) || 0);
  });
}

/** The rows of two units on the places both have: all that counts for products. */
function sharedRows(a: Cluster, b: Cluster): { left: Float64Array; right: Float64Array; width: number } {
  const columns: [number, number][] = [];
  for (let i = 0, j = 0; i < a.places.length && j < b.places.length; ) {
    if (a.places[i] === b.places[j]) columns.push([i++, j++]);
    else if (a.places[i] < b.places[j]) i++;
    else j++;
  }
  const pick = ({ rows, spikes, places }: Cluster, side: 0 | 1) => {
    const picked = new Float64Array(spikes * columns.length);
    for (let row = 0; row < spikes; row++) {
      columns.forEach((column, k) => { picked[row * columns.length + k] = rows[row * places.length + column[side]]; });
    }
    return picked;
  };
  return { left: pick(a, 0), right: pick(b, 1), width: columns.length };
}

function dot(left: Float64Array, from: number, right: Float64Array, at: number, width: number): number {
  let [a, b] = [0, 0];
  let k = 0;
  for (; k + 4 <= width; k += 4) {
    a += left[from + k] * right[at + k] + left[from + k + 1] * right[at + k + 1];
    b += left[from + k + 2] * right[at + k + 2] + left[from + k + 3] * right[at + k + 3];
  }
  for (; k < width; k++) a += left[from + k] * right[at + k];
  return a + b;
}

