// How mixed a unit is with its neighbours: of the nearest neighbours of each spike in feature space, how many are the
// unit's own. Chung et al. 2017 (Neuron 95:1381).
// Exact, yet without comparing all with all: a few spikes of its own group bound how far a spike's nearest neighbours can
// be, and only spikes that meet a foreign one within that bound are looked at more closely (rivals.ts).

import type { Figure } from '../figure.ts';
import { type Cloud, findNearest, groupRange, squaredGap } from './cloud.ts';
import type { Comparison } from './gather.ts';
import { findRivals } from './rivals.ts';

export interface NearestOptions {
  /** Nearest neighbours of a spike, the spike itself counted. */
  readonly neighbours: number;
  /** More spikes than this are thinned out evenly. */
  readonly mostSpikes: number;
}

export interface NearestMetrics {
  readonly hitRate: Figure;
  readonly missRate: Figure;
}

export function nearestMetrics(comparison: Comparison, { neighbours, mostSpikes }: NearestOptions): NearestMetrics {
  const cloud = thin(comparison, mostSpikes);
  const count = Math.min(neighbours - 1, cloud.total - 1);
  const others = cloud.total - cloud.own;
  if (count < 1 || cloud.own < 1 || others < 1) return { hitRate: 'too few spikes after thinning', missRate: 'too few spikes after thinning' };
  const rivals = findRivals(cloud, count);
  let [hits, misses] = [cloud.own * count, 0];
  for (const [spike, foreign] of rivals) {
    if (spike < cloud.own) hits -= foreignAmongNearest(cloud, spike, foreign, count);
    else misses += ownAmongNearest(cloud, spike, foreign, count);
  }
  return { hitRate: hits / (cloud.own * count), missRate: misses / (others * count) };
}

/** Every (total / most)-th spike; the number of own spikes is scaled, as in the reference. */
function thin(comparison: Comparison, most: number): Cloud {
  const { values, width, own, total, groups } = comparison;
  if (total <= most) return comparison;
  const step = total / most;
  const rows: number[] = [];
  for (let k = 0; k * step < total - 1; k++) rows.push(Math.trunc(k * step));
  const thinned = new Float64Array(rows.length * width);
  rows.forEach((row, k) => thinned.set(values.subarray(row * width, (row + 1) * width), k * width));
  const thinnedOwn = Math.trunc(own / step);
  const ends = groups.map((end, g) => (g === 0 ? thinnedOwn : rows.filter((row) => row < end).length));
  return { values: thinned, width, own: thinnedOwn, total: rows.length, groups: ends };
}

/** Of the `count` nearest spikes of one of the unit's, how many are foreign; all that could be are in `rivals`. */
function foreignAmongNearest(cloud: Cloud, spike: number, rivals: readonly number[], count: number): number {
  const own = new Float64Array(count).fill(Infinity);
  findNearest(cloud, spike, { from: 0, to: cloud.own }, own);
  const foreign = sortedGaps(cloud, spike, rivals);
  return foreign.filter((gap, rank) => rank + countBelow(own, gap) < count).length;
}

/** Of the `count` nearest spikes of a foreign one, how many are the unit's; all that could be are in `rivals`. */
function ownAmongNearest(cloud: Cloud, spike: number, rivals: readonly number[], count: number): number {
  const own = sortedGaps(cloud, spike, rivals);
  const foreign = new Float64Array(count).fill(own[Math.min(count, own.length) - 1]);
  const group = groupRange(cloud, spike);
  // Its own group is searched first: mostly it decides.
  for (const range of [group, { from: cloud.own, to: group.from }, { from: group.to, to: cloud.total }]) {
    findNearest(cloud, spike, range, foreign, own[0]);
  }
  return own.filter((gap, rank) => rank + countBelow(foreign, gap) < count).length;
}

function sortedGaps(cloud: Cloud, spike: number, others: readonly number[]): Float64Array {
  return Float64Array.from(others, (other) => squaredGap(cloud.values, cloud.width, spike, other)).sort();
}

function countBelow(ascending: Float64Array, limit: number): number {
  let count = 0;
  while (count < ascending.length && ascending[count] < limit) count++;
  return count;
}
