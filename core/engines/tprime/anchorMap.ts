// Mapping by anchors: from each anchor on, times run on from its place in the other stream with its slope, up to its
// limit. The exact and the interpolated mapping differ in their anchors only. Events may come in any order.

import { lowerBound } from '../../common/index.ts';
import type { MapTimes } from './nativeMap.ts';

export interface Anchor {
  /** Time (s, from-stream) from which it holds. */
  readonly since: number;
  /** One moment in both streams, s. */
  readonly from: number;
  readonly to: number;
  /** Seconds of the to-stream per second of the from-stream. */
  readonly slope: number;
  /** No time is mapped beyond this (s, to-stream): where the next anchor is reached, rounding would do so. */
  readonly limit: number;
}

/** By column, in order of `since`; the first holds from -Infinity. */
export type Anchors = { readonly [column in keyof Anchor]: Float64Array };

export function anchorColumns(rows: readonly Anchor[]): Anchors {
  const column = (name: keyof Anchor) => Float64Array.from(rows, (row) => row[name]);
  return { since: column('since'), from: column('from'), to: column('to'), slope: column('slope'), limit: column('limit') };
}

/** One sweep for times that ascend; where one goes back, a search. */
export function anchorMap({ since, from, to, slope, limit }: Anchors): MapTimes {
  let at = 0;
  return (times) => {
    for (let i = 0; i < times.length; i++) {
      const time = times[i];
      if (time < since[at]) at = Math.max(0, lowerBound(since, time) - 1);
      while (time >= since[at + 1]) at++;
      const mapped = to[at] + (time - from[at]) * slope[at];
      times[i] = mapped > limit[at] ? limit[at] : mapped;
    }
  };
}
