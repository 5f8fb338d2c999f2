// The mapping without the native tool's approximations: an event keeps its distance from the edge before it, and that
// edge is placed where the other stream saw the same pulse. No nominal period, no dependence on the order of events.

import { anchorColumns, type Anchor, type Anchors } from './anchorMap.ts';
import type { EdgeMatch } from './matchEdges.ts';
import type { Starts } from './nativeMap.ts';

/**
 * out = to_i + (t - from_i) with i the last pair not after t in t's component, or the component's first pair. In a
 * component without pairs, its start is the pair.
 */
export function exactAnchors({ from, to, component }: Pick<EdgeMatch, 'from' | 'to' | 'component'>, starts?: Starts): Anchors {
  const rows: Anchor[] = [];
  const anchor = (since: number, own: number, other: number) => rows.push({ since, from: own, to: other, slope: 1, limit: Infinity });
  const components = starts?.from.length ?? 1;
  let pair = 0;
  for (let k = 0; k < components; k++) {
    const start = k === 0 ? -Infinity : starts!.from[k];
    if (component[pair] !== k) anchor(start, starts?.from[k] ?? 0, starts?.to[k] ?? 0);
    for (let first = true; component[pair] === k; first = false, pair++) anchor(first ? start : from[pair], from[pair], to[pair]);
  }
  return anchorColumns(rows);
}
