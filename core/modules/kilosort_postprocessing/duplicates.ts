// All spikes found twice in a sorting: first within units, then, of what is left, between units that peak close together.

import type { SpikeGroups } from '../../formats/phyFolder/index.ts';
import { findBetweenUnitOverlap, type OverlapRules } from './betweenUnits.ts';
import type { Unit } from './units.ts';

export interface DuplicateRules extends OverlapRules {
  /** Samples. */
  readonly withinWindow: number;
  /** Peak sites must be closer than this, um. */
  readonly distance: number;
}

export interface Duplicates {
  /** Per spike: 1 when it is to be removed. */
  readonly removed: Uint8Array;
  /**
   * [units x units]: element (i, j) counts the spikes of unit i removed as found in unit j too, (i, i) those found twice in
   * unit i. A spike that is found in several units counts for each.
   */
  readonly matrix: Float64Array;
  /** Per unit: spikes that stay. */
  readonly left: Float64Array;
}

interface Train {
  /** Ascending, samples. */
  readonly times: Float64Array;
  /** Index of each spike. */
  readonly spikes: Uint32Array;
}

/** @param times samples per spike, ascending; `groups` of the same spikes */
export function findDuplicates(times: Float64Array, groups: SpikeGroups, units: readonly Unit[], rules: DuplicateRules): Duplicates {
  const count = units.length;
  const removed = new Uint8Array(times.length);
  const matrix = new Float64Array(count * count);
  const trains = units.map(({ id }, i) => {
    const train = trainOf(id, times, groups);
    matrix[i * count + i] = markWithin(train, rules.withinWindow, removed);
    return withoutRemoved(train, removed);
  });
  // What one pair loses still counts for the next, so that the order of the pairs does not matter.
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      if (!(Math.hypot(units[i].x - units[j].x, units[i].y - units[j].y) < rules.distance)) continue;
      const overlap = findBetweenUnitOverlap(trains[i].times, trains[j].times, [units[i].amplitude, units[j].amplitude], rules);
      for (const index of overlap.first) removed[trains[i].spikes[index]] = 1;
      for (const index of overlap.second) removed[trains[j].spikes[index]] = 1;
      matrix[i * count + j] += overlap.first.length;
      matrix[j * count + i] += overlap.second.length;
    }
  }
  return { removed, matrix, left: Float64Array.from(trains, (train) => countLeft(train, removed)) };
}

function trainOf(id: number, times: Float64Array, { first, spikes }: SpikeGroups): Train {
  const own = id + 1 < first.length ? spikes.subarray(first[id], first[id + 1]) : new Uint32Array(0);
  const result = new Float64Array(own.length);
  for (let k = 0; k < own.length; k++) result[k] = times[own[k]];
  return { times: result, spikes: own };
}

/** Of two spikes closer than the window the earlier is marked. Returns how many. */
function markWithin({ times, spikes }: Train, window: number, removed: Uint8Array): number {
  let count = 0;
  for (let k = 0; k + 1 < times.length; k++) {
    if (times[k + 1] - times[k] >= window) continue;
    removed[spikes[k]] = 1;
    count++;
  }
  return count;
}

function withoutRemoved(train: Train, removed: Uint8Array): Train {
  const left = countLeft(train, removed);
  if (left === train.spikes.length) return train;
  const result = { times: new Float64Array(left), spikes: new Uint32Array(left) };
  let at = 0;
  for (let k = 0; k < train.spikes.length; k++) {
    if (removed[train.spikes[k]] !== 0) continue;
    result.times[at] = train.times[k];
    result.spikes[at++] = train.spikes[k];
  }
  return result;
}

function countLeft({ spikes }: Train, removed: Uint8Array): number {
  let left = 0;
  for (let k = 0; k < spikes.length; k++) left += 1 - removed[spikes[k]];
  return left;
}
