// The same spike in two units: neighbours in time, one from each.

import type { DeletionMode } from './params.ts';

export interface OverlapRules {
  readonly mode: DeletionMode;
  /** Samples. */
  readonly window: number;
  /**
   * With a peak near the end of the histogram the reference also selects all neighbours beyond the histogram, however far
   * apart; and a spike between two selected neighbours is listed twice.
   */
  readonly compat: boolean;
}

/** Of each train, the indices of spikes to remove, ascending. */
export interface Overlap {
  readonly first: number[];
  readonly second: number[];
}

/** Bin width of the histogram of differences, samples, and how many bins around its peak belong to it on each side. */
const binWidth = 2;
const peakReach = 2;

/**
 * @param first, second spike times of two units, ascending, samples; of equal times the first unit's counts as earlier
 * @param amplitudes of the two units: with lowAmpCluster the smaller one loses the spikes, of equals the first
 */
export function findBetweenUnitOverlap(first: Float64Array, second: Float64Array, amplitudes: readonly [number, number], rules: OverlapRules): Overlap {
  if (rules.mode === 'deleteFirst') return laterSpikes(first, second, rules.window);
  return smallerUnitsSpikes(first, second, amplitudes[0] <= amplitudes[1], rules);
}

function laterSpikes(first: Float64Array, second: Float64Array, window: number): Overlap {
  const overlap: Overlap = { first: [], second: [] };
  eachNeighbours(first, second, (difference, earlierIsFirst, laterIsFirst, _earlier, later) => {
    if (earlierIsFirst !== laterIsFirst && difference < window) (laterIsFirst ? overlap.first : overlap.second).push(later);
  });
  return overlap;
}

function smallerUnitsSpikes(first: Float64Array, second: Float64Array, firstLoses: boolean, { window, compat }: OverlapRules): Overlap {
  const bins = Math.ceil((window + 2 * binWidth) / binWidth) - 1;
  const range = peakRange(differenceHistogram(first, second, bins), compat);
  const lost: number[] = [];
  if (range) {
    eachNeighbours(first, second, (difference, earlierIsFirst, laterIsFirst, earlier, later) => {
      if (earlierIsFirst === laterIsFirst) return;
      const bin = Math.min(bins, Math.floor(difference / binWidth));
      if (bin < range.low || bin > range.high) return;
      const spike = earlierIsFirst === firstLoses ? earlier : later;
      if (compat || lost.at(-1) !== spike) lost.push(spike);
    });
  }
  return firstLoses ? { first: lost, second: [] } : { first: [], second: lost };
}

/** How often neighbours, of the same unit too, are how far apart; the last bin takes its upper edge in. */
function differenceHistogram(first: Float64Array, second: Float64Array, bins: number): Float64Array {
  const counts = new Float64Array(bins);
  eachNeighbours(first, second, (difference) => {
    if (difference <= bins * binWidth) counts[Math.min(bins - 1, Math.floor(difference / binWidth))]++;
  });
  return counts;
}

/** The bins around a peak that stands out; undefined when none does. Bin `counts.length` is all beyond the histogram. */
function peakRange(counts: Float64Array, compat: boolean): { low: number; high: number } | undefined {
  const most = Math.max(...counts);
  const peak = counts.indexOf(most);
  const standsOut = peak < counts.length - 1 && most > 10 * Math.min(...counts) && most > 20;
  if (!standsOut) return undefined;
  const last = compat ? counts.length : counts.length - 1;
  return { low: Math.max(peak - peakReach, 0), high: Math.min(peak + peakReach, last) };
}

type Visit = (difference: number, earlierIsFirst: boolean, laterIsFirst: boolean, earlier: number, later: number) => void;

/** Every two spikes that follow each other in the two trains taken together. */
function eachNeighbours(first: Float64Array, second: Float64Array, visit: Visit): void {
  let a = 0;
  let b = 0;
  let earlierTime = Number.NaN;
  let earlierIsFirst = false;
  let earlier = 0;
  while (a < first.length || b < second.length) {
    const isFirst = b >= second.length || (a < first.length && first[a] <= second[b]);
    const index = isFirst ? a++ : b++;
    const time = isFirst ? first[index] : second[index];
    if (a + b > 1) visit(time - earlierTime, earlierIsFirst, isFirst, earlier, index);
    earlierTime = time;
    earlierIsFirst = isFirst;
    earlier = index;
  }
}
