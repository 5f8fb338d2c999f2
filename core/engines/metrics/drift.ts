// How a unit's depth moves: a median depth per interval of time. Siegle et al. 2021 (Nature 592:86).

import type { Figure } from './figure.ts';
import type { Session } from './trains/firing.ts';

export interface DriftOptions {
  /** s */
  readonly interval: number;
  /** Spikes an interval must have. */
  readonly leastSpikes: number;
  /** 0, not undefined, where there are too few intervals to tell. */
  readonly compat: boolean;
}

export interface Drift {
  /** Largest minus smallest median depth; um, two decimals. */
  readonly range: Figure;
  /** Sum of the changes from one interval to the next; um, two decimals. */
  readonly cumulative: Figure;
}

/**
 * @param times s, ascending
 * @param depths um; one spike each; NaN where unknown
 */
export function drift(times: Float64Array, depths: Float64Array, session: Session, options: DriftOptions): Drift {
  const medians = medianDepths(times, depths, session, options);
  const defined = medians.filter((depth) => !Number.isNaN(depth));
  if (defined.length < 2 && !options.compat) {
    const reason = `fewer than two intervals of ${options.interval} s have ${options.leastSpikes} spikes`;
    return { range: reason, cumulative: reason };
  }
  const steps = medians.slice(1).map((depth, i) => Math.abs(depth - medians[i])).filter((step) => !Number.isNaN(step));
  return {
    range: defined.length === 0 ? Number.NaN : twoDecimals(Math.max(...defined) - Math.min(...defined)),
    cumulative: twoDecimals(steps.reduce((total, step) => total + step, 0)),
  };
}

/** Per interval; spikes exactly on a boundary belong to none, as in the reference. */
function medianDepths(times: Float64Array, depths: Float64Array, { first, last }: Session, { interval, leastSpikes }: DriftOptions): number[] {
  const medians: number[] = [];
  let from = 0;
  for (let k = 0; k < Math.ceil((last - first) / interval); k++) {
    const start = first + k * interval;
    while (from < times.length && times[from] <= start) from++;
    let to = from;
    while (to < times.length && times[to] < start + interval) to++;
    medians.push(to - from >= leastSpikes ? median(depths.slice(from, to)) : Number.NaN);
    from = to;
  }
  return medians;
}

/** Sorts `values`. NaN when one of them is. */
function median(values: Float64Array): number {
  if (values.some(Number.isNaN)) return Number.NaN;
  values.sort();
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

/** As numpy rounds: times 100, halves to even. */
function twoDecimals(value: number): number {
  const scaled = value * 100;
  const rounded = Math.round(scaled);
  return (rounded - scaled === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded) / 100;
}
