// The mapping without the native tool's approximations: an event keeps its distance from the edge before it, and that
// edge is placed where the other stream saw the same pulse. No nominal period, no dependence on the order of events.

import { lowerBound, type EdgeMatch } from './matchEdges.ts';
import type { MapTimes, Starts } from './nativeMap.ts';

export interface ExactMapInput {
  readonly match: Pick<EdgeMatch, 'from' | 'to' | 'component'>;
  readonly starts?: Starts;
  /** Between two pairs use the slope they give, instead of 1. */
  readonly interpolate: boolean;
}

/**
 * out = to_i + (t - from_i) * slope_i with i the last pair not after t in t's component, or the component's first pair.
 * In a component without pairs, its start is the pair.
 */
export function exactMap({ match, starts, interpolate }: ExactMapInput): MapTimes {
  const anchors = buildAnchors(match, starts, interpolate);
  let at = 0;
  return (times) => {
    for (let i = 0; i < times.length; i++) {
      const time = times[i];
      if (time < anchors.since[at]) at = Math.max(0, lowerBound(anchors.since, time) - 1);
      while (time >= anchors.since[at + 1]) at++;
      times[i] = anchors.to[at] + (time - anchors.from[at]) * anchors.slope[at];
    }
  };
}

interface Anchors {
  /** Time from which an anchor holds: its own, or its component's start when it is the first there. */
  readonly since: Float64Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly slope: Float64Array;
}

function buildAnchors({ from, to, component }: ExactMapInput['match'], starts: Starts | undefined, interpolate: boolean): Anchors {
  const rows: { since: number; from: number; to: number; slope: number }[] = [];
  const components = starts?.from.length ?? 1;
  let pair = 0;
  for (let k = 0; k < components; k++) {
    const start = k === 0 ? -Infinity : starts!.from[k];
    if (component[pair] !== k) rows.push({ since: start, from: starts?.from[k] ?? 0, to: starts?.to[k] ?? 0, slope: 1 });
    for (let first = true; component[pair] === k; first = false, pair++) {
      const slope = interpolate && component[pair + 1] === k ? (to[pair + 1] - to[pair]) / (from[pair + 1] - from[pair]) : 1;
      rows.push({ since: first ? start : from[pair], from: from[pair], to: to[pair], slope });
    }
  }
  const pick = (key: 'since' | 'from' | 'to' | 'slope') => Float64Array.from(rows, (row) => row[key]);
  return { since: pick('since'), from: pick('from'), to: pick('to'), slope: pick('slope') };
}
