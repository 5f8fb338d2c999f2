// Which spikes of a unit and of its neighbours could be among each other's nearest.

import { meanRow } from '../linear.ts';
import { type Cloud, findNearest, groupRange, squaredGap } from './cloud.ts';

/** About as many spikes of a spike's own group bound how far its nearest neighbours can be. */
const sampled = 24;
/** Allowance for rounding when the axes are turned. */
const rounding = 1 + 1e-9;

/**
 * Spikes that have spikes of the other side (the unit's for foreign ones, foreign ones for the unit's) no farther away
 * than their nearest neighbours can be, and which. All others have their `count` nearest neighbours on their own side.
 */
export function findRivals(cloud: Cloud, count: number): ReadonlyMap<number, number[]> {
  const reach = boundNearest(cloud, count);
  const rivals = new Map<number, number[]>();
  const add = (spike: number, rival: number) => {
    const known = rivals.get(spike);
    if (known) known.push(rival);
    else rivals.set(spike, [rival]);
  };
  for (let g = 1; g < cloud.groups.length; g++) {
    const [from, to] = [cloud.groups[g - 1], cloud.groups[g]];
    const turned = turnApart(cloud, from, to);
    const spikeOf = (row: number) => (row < cloud.own ? row : row - cloud.own + from);
    const along = new Float64Array(cloud.own + to - from);
    for (let row = 0; row < along.length; row++) along[row] = turned[row * cloud.width];
    const own = sortBy(along, 0, cloud.own).reverse();
    const group = sortBy(along, cloud.own, along.length);
    // Those of the other side that come nearest along the first axis stand first: the others need not be looked at.
    const meet = (rows: Uint32Array, others: Uint32Array, side: 1 | -1) => {
      for (const row of rows) {
        const limit = reach[spikeOf(row)];
        const end = side * along[row] + Math.sqrt(limit);
        for (let i = 0; i < others.length && side * along[others[i]] < end; i++) {
          if (squaredGap(turned, cloud.width, row, others[i], limit) < limit) add(spikeOf(row), spikeOf(others[i]));
        }
      }
    };
    meet(own, group, 1);
    meet(group, own, -1);
  }
  return rivals;
}

/** from .. to - 1 in ascending order of their keys. */
function sortBy(keys: Float64Array, from: number, to: number): Uint32Array {
  const positions = new Uint32Array(to - from);
  for (let i = 0; i < positions.length; i++) positions[i] = from + i;
  return positions.sort((a, b) => keys[a] - keys[b]);
}

/** Per spike: squared distance within which there are `count` spikes of its own group; infinite in small groups. */
function boundNearest(cloud: Cloud, count: number): Float64Array {
  const reach = new Float64Array(cloud.total);
  const nearest = new Float64Array(count);
  for (let spike = 0; spike < cloud.total; ) {
    const { from, to } = groupRange(cloud, spike);
    const step = Math.max(1, Math.floor((to - from) / Math.max(sampled, count + 1)));
    for (; spike < to; spike++) {
      nearest.fill(Infinity);
      findNearest(cloud, spike, { from, to, step }, nearest);
      reach[spike] = nearest[count - 1] * rounding;
    }
  }
  return reach;
}

/**
 * The unit's spikes and those of a group, with the axes turned so that the first runs from the mean of the ones to the
 * mean of the others: distances stay what they are, but the first few axes tell most of them. (A Householder reflection.)
 */
function turnApart({ values, width, own }: Cloud, from: number, to: number): Float64Array {
  const turned = new Float64Array((own + to - from) * width);
  turned.set(values.subarray(0, own * width));
  turned.set(values.subarray(from * width, to * width), own * width);
  const start = meanRow(turned, width, 0, own);
  const mirror = meanRow(turned, width, own, own + to - from).map((value, i) => value - start[i]);
  mirror[0] -= Math.sqrt(dot(mirror, mirror, 0, width));
  const square = dot(mirror, mirror, 0, width);
  if (!(square > 0)) return turned;
  for (let row = 0; row < turned.length; row += width) {
    const factor = (2 * dot(mirror, turned, row, width)) / square;
    for (let i = 0; i < width; i++) turned[row + i] -= factor * mirror[i];
  }
  return turned;
}

function dot(vector: Float64Array, values: Float64Array, from: number, width: number): number {
  let sum = 0;
  for (let i = 0; i < width; i++) sum += vector[i] * values[from + i];
  return sum;
}
