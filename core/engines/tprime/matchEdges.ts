// Which edge of one stream is the same pulse as which edge of another? The streams started together and their clocks
// differ by some parts per million, so the distance between the two times of a pulse changes slowly: each pair says
// where the next one must be. Missing and extra edges stay without a partner.

import { lowerBound } from '../../common/index.ts';
import type { Moments } from './clockRate.ts';
import type { Starts } from './nativeMap.ts';

export interface MatchInput {
  /** Nominal period, seconds. */
  readonly period: number;
  /** Edges of both streams, seconds, ascending. */
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** For joined files: edges of one component are only paired with edges of the same component. */
  readonly starts?: Starts;
}

/** Pairs in order of time: edge `from[i]` is edge `to[i]`; both seconds. */
export interface EdgeMatch {
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** Component file of each pair. */
  readonly component: Uint32Array;
  /** Edges without partner: in `from` only, and between the first and last pair in `to` only. */
  readonly extra: Float64Array;
  readonly missing: Float64Array;
}

/** Two clocks, and the sampling of a slow NI stream, move the next pair by no more than this: parts, seconds. */
const largestDrift = 1e-3;
const largestJitter = 5e-3;

/** Edges whose median distance gives the lag where tracking starts; after so many misses in a row it starts anew. */
const startEdges = 31;
const missesToRestart = 5;

export function matchEdges(input: MatchInput): EdgeMatch {
  const pairs: Pairs = { from: [], to: [], component: [] };
  const { from, to, starts } = input;
  const components = starts?.from.length ?? 1;
  for (let component = 0; component < components; component++) {
    const own = part(from, starts?.from, component);
    const other = part(to, starts?.to, component);
    const lag = starts ? starts.to[component] - starts.from[component] : 0;
    matchComponent(own, other, input.period, lag, component, pairs);
  }
  return {
    from: Float64Array.from(pairs.from),
    to: Float64Array.from(pairs.to),
    component: Uint32Array.from(pairs.component),
    extra: without(from, pairs.from),
    missing: without(to, pairs.to).filter((edge) => edge > pairs.to[0] && edge < pairs.to.at(-1)!),
  };
}

/** The pairs of each component file that has any. */
export function componentParts({ from, to, component }: Pick<EdgeMatch, 'from' | 'to' | 'component'>): (Moments & { readonly component: number })[] {
  const parts = [];
  for (let start = 0; start < from.length; ) {
    let end = start;
    while (component[end] === component[start] && end < from.length) end++;
    parts.push({ component: component[start], from: from.subarray(start, end), to: to.subarray(start, end) });
    start = end;
  }
  return parts;
}

interface Pairs {
  readonly from: number[];
  readonly to: number[];
  readonly component: number[];
}

function part(edges: Float64Array, starts: Float64Array | undefined, component: number): Float64Array {
  if (!starts) return edges;
  const first = component === 0 ? 0 : lowerBound(edges, starts[component]);
  const end = component + 1 < starts.length ? lowerBound(edges, starts[component + 1]) : edges.length;
  return edges.subarray(first, end);
}

function matchComponent(from: Float64Array, to: Float64Array, period: number, startLag: number, component: number, pairs: Pairs): void {
  if (to.length === 0) return;
  let lag = medianLag(from, to, 0, period, startLag);
  let lastFrom = Number.NaN;
  let lastTo = -1;
  let misses = 0;
  for (let i = 0; i < from.length; i++) {
    if (misses === missesToRestart) {
      lag = medianLag(from, to, i, period, lag);
      lastFrom = Number.NaN;
      misses = 0;
    }
    const expected = from[i] + lag;
    const candidate = nearestIndex(to, expected);
    // Where tracking starts, the lag is a median over edges of some time: allow that time's drift, too.
    const span = Number.isNaN(lastFrom) ? startEdges * period : from[i] - lastFrom;
    const tolerance = Math.min(period / 2, largestJitter + largestDrift * span);
    if (candidate <= lastTo || Math.abs(to[candidate] - expected) > tolerance) {
      misses++;
      continue;
    }
    pairs.from.push(from[i]);
    pairs.to.push(to[candidate]);
    pairs.component.push(component);
    lag = to[candidate] - from[i];
    lastFrom = from[i];
    lastTo = candidate;
    misses = 0;
  }
}

/** Median distance of the next edges to what lies nearest when shifted by `lag`; stray edges do not move it. */
function medianLag(from: Float64Array, to: Float64Array, first: number, period: number, lag: number): number {
  const distances = Array.from(from.subarray(first, first + startEdges), (edge) => to[nearestIndex(to, edge + lag)] - edge)
    .filter((distance) => Math.abs(distance - lag) <= period / 2)
    .sort((a, b) => a - b);
  return distances.length === 0 ? lag : distances[distances.length >> 1];
}

function nearestIndex(edges: Float64Array, time: number): number {
  const above = lowerBound(edges, time);
  if (above === 0) return 0;
  if (above === edges.length) return above - 1;
  return edges[above] - time < time - edges[above - 1] ? above : above - 1;
}

/** The edges that are not among `matched` (both ascending; a repeated edge counts as often as it stands there). */
function without(edges: Float64Array, matched: readonly number[]): Float64Array {
  let next = 0;
  return edges.filter((edge) => {
    if (edge !== matched[next]) return true;
    next++;
    return false;
  });
}
