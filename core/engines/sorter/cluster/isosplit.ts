// Isosplit: many small clusters, of which neighbours are joined or re-cut until every pair of neighbours is separated
// by a valley on the line between them. No number of clusters is asked for.

import { cholesky, choleskySolve } from '../linearAlgebra.ts';
import { isocut } from './isocut.ts';
import { kMeans } from './kMeans.ts';

export interface IsosplitRules {
  readonly starts: number;
  readonly minSize: number;
  readonly dip: number;
  readonly seed: number;
}

const mostComparisons = 2000;

/** @param points [n x dims] @returns a label 0.. per point, numbered by first appearance */
export function isosplit(points: Float64Array, dims: number, rules: IsosplitRules): Int32Array {
  const n = points.length / dims;
  if (n < 2 * rules.minSize) return new Int32Array(n);
  const labels = kMeans(points, dims, Math.min(rules.starts, Math.floor(n / rules.minSize)), rules.seed);
  let budget = mostComparisons;
  for (let final = false; budget > 0;) {
    const before = new Set(labels).size;
    budget = comparePass(points, dims, labels, rules, budget);
    const merged = new Set(labels).size < before;
    if (!merged && final) break;
    final = !merged;
  }
  return renumbered(labels);
}

/** Compares every pair of mutually nearest clusters once; returns what is left of the budget. */
function comparePass(points: Float64Array, dims: number, labels: Int32Array, rules: IsosplitRules, budget: number): number {
  const compared = new Set<string>();
  const centres = new Map<number, Centre>();
  for (const label of new Set(labels)) centres.set(label, centreOf(points, dims, labels, label));
  while (budget > 0) {
    const pairs = mutualPairs(centres, compared);
    if (pairs.length === 0) break;
    for (const [a, b] of pairs) {
      compared.add(`${a},${b}`);
      budget--;
      if (!comparePair(points, dims, labels, centres, a, b, rules)) continue;
      for (const label of [a, b]) {
        const centre = centreOf(points, dims, labels, label);
        if (centre.members.length > 0) centres.set(label, centre);
        else centres.delete(label);
      }
    }
  }
  return budget;
}

interface Centre {
  readonly members: Int32Array;
  readonly mean: Float64Array;
}

function centreOf(points: Float64Array, dims: number, labels: Int32Array, label: number): Centre {
  const members = Int32Array.from(labels.keys()).filter((k) => labels[k] === label);
  const mean = new Float64Array(dims);
  for (const k of members) for (let d = 0; d < dims; d++) mean[d] += points[k * dims + d] / members.length;
  return { members, mean };
}

function mutualPairs(centres: Map<number, Centre>, compared: Set<string>): [number, number][] {
  const labels = [...centres.keys()].sort((a, b) => a - b);
  const nearest = new Map<number, number>();
  for (const a of labels) {
    let least = Infinity;
    for (const b of labels) {
      if (a === b || compared.has(`${Math.min(a, b)},${Math.max(a, b)}`)) continue;
      const distance = squared(centres.get(a)!.mean, centres.get(b)!.mean);
      if (distance < least) {
        least = distance;
        nearest.set(a, b);
      }
    }
  }
  return labels.filter((a) => nearest.has(a) && a < nearest.get(a)! && nearest.get(nearest.get(a)!) === a).map((a) => [a, nearest.get(a)!]);
}

function squared(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += (a[d] - b[d]) ** 2;
  return sum;
}

/** Joins two clusters or moves points between them; true when a label changed. */
function comparePair(points: Float64Array, dims: number, labels: Int32Array, centres: Map<number, Centre>, a: number, b: number, rules: IsosplitRules): boolean {
  const first = centres.get(a)!;
  const second = centres.get(b)!;
  const join = () => {
    for (const k of second.members) labels[k] = a;
    return true;
  };
  if (first.members.length < rules.minSize || second.members.length < rules.minSize) return join();
  const direction = separatingDirection(points, dims, first, second);
  const project = (k: number) => dotAt(points, k * dims, direction);
  const cut = isocut(Float64Array.from([...first.members, ...second.members], project).sort());
  if (cut.dip < rules.dip) return join();
  return recut(labels, first, second, a, b, project, cut.at);
}

function recut(labels: Int32Array, first: Centre, second: Centre, a: number, b: number, project: (k: number) => number, at: number): boolean {
  const wrong: number[] = [];
  for (const k of first.members) if (project(k) >= at) wrong.push(k);
  for (const k of second.members) if (project(k) < at) wrong.push(k);
  const total = first.members.length + second.members.length;
  if (wrong.length === 0 || wrong.length === total) return false;
  for (const k of wrong) labels[k] = labels[k] === a ? b : a;
  return true;
}

/** Fisher's direction: mean covariance^-1 (second - first). */
export function separatingDirection(points: Float64Array, dims: number, first: Centre, second: Centre): Float64Array {
  const covariance = new Float64Array(dims * dims);
  for (const { members, mean } of [first, second]) {
    for (const k of members) {
      for (let i = 0; i < dims; i++) {
        const di = points[k * dims + i] - mean[i];
        for (let j = 0; j <= i; j++) covariance[i * dims + j] += (di * (points[k * dims + j] - mean[j])) / (2 * members.length);
      }
    }
  }
  let trace = 0;
  for (let i = 0; i < dims; i++) trace += covariance[i * dims + i];
  for (let i = 0; i < dims; i++) {
    covariance[i * dims + i] += 1e-6 * trace + 1e-12;
    for (let j = 0; j < i; j++) covariance[j * dims + i] = covariance[i * dims + j];
  }
  const difference = second.mean.map((value, d) => value - first.mean[d]);
  return choleskySolve(cholesky(covariance, dims), dims, difference);
}

function dotAt(points: Float64Array, start: number, direction: Float64Array): number {
  let sum = 0;
  for (let d = 0; d < direction.length; d++) sum += points[start + d] * direction[d];
  return sum;
}

export function renumbered(labels: Int32Array): Int32Array {
  const ids = new Map<number, number>();
  return labels.map((label) => {
    if (!ids.has(label)) ids.set(label, ids.size);
    return ids.get(label)!;
  });
}
