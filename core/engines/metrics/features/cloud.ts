// Spikes as points in feature space, group after group, and the distances between them.

import type { Comparison } from './gather.ts';

export type Cloud = Pick<Comparison, 'values' | 'width' | 'own' | 'total' | 'groups'>;

export interface Range {
  readonly from: number;
  /** Not included. */
  readonly to: number;
  /** 1 unless given. */
  readonly step?: number;
}

/** The group a spike belongs to. */
export function groupRange({ groups }: Cloud, spike: number): Range {
  const group = groups.findIndex((end) => spike < end);
  return { from: group === 0 ? 0 : groups[group - 1], to: groups[group] };
}

/** Squared distance of two spikes; some number of at least `limit` where it is not less. */
export function squaredGap(values: Float64Array, width: number, a: number, b: number, limit = Infinity): number {
  const end = (a + 1) * width;
  let sum = 0;
  let i = a * width;
  let j = b * width;
  for (const last = end - 3; i < last; i += 4, j += 4) {
    const d0 = values[i] - values[j];
    const d1 = values[i + 1] - values[j + 1];
    const d2 = values[i + 2] - values[j + 2];
    const d3 = values[i + 3] - values[j + 3];
    sum += d0 * d0 + d1 * d1 + (d2 * d2 + d3 * d3);
    if (sum >= limit) return sum;
  }
  for (; i < end; i++, j++) {
    const difference = values[i] - values[j];
    sum += difference * difference;
  }
  return sum;
}

/**
 * Puts the squared distances to the nearest other spikes of a range into `nearest`, in place of larger ones there:
 * ascending, filled beforehand with what does not count any more. Stops when all of them are below `enough`.
 */
export function findNearest({ values, width }: Pick<Cloud, 'values' | 'width'>, spike: number, { from, to, step = 1 }: Range, nearest: Float64Array, enough = 0): void {
  const end = nearest.length - 1;
  for (let other = from; other < to && nearest[end] >= enough; other += step) {
    if (other === spike) continue;
    const gap = squaredGap(values, width, spike, other, nearest[end]);
    if (gap >= nearest[end]) continue;
    let place = end;
    for (; place > 0 && nearest[place - 1] > gap; place--) nearest[place] = nearest[place - 1];
    nearest[place] = gap;
  }
}
