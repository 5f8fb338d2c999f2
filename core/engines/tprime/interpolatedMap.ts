// The interpolated mapping (-tprime_interp): between two edges that both streams saw, time runs on the straight line
// between them, so that neither the difference of the clocks nor a missing edge shows.

import { anchorColumns, type Anchor, type Anchors } from './anchorMap.ts';
import { type ClockLine, type ClockLines, rateOf } from './clockLines.ts';
import type { Starts } from './nativeMap.ts';

/** The rate beyond the ends of a line comes from so many pairs there; of shorter lines, from all lines. */
const endPairs = 61;

/**
 * Between pairs i and i + 1 of a line: out = to_i + (t - from_i) * (to_(i+1) - to_i) / (from_(i+1) - from_i). Before a
 * component's first line, and after any line up to the next one or the end of its component, the line is carried on with
 * the rate at its end. In a component without pairs, its start is the pair.
 */
export function interpolatedAnchors({ lines, rate }: ClockLines, starts?: Starts): Anchors {
  const components = starts?.from.length ?? 1;
  const rows: Anchor[] = [];
  for (let k = 0; k < components; k++) {
    const start = k === 0 ? -Infinity : starts!.from[k];
    const [first, ...others] = lines.filter(({ component }) => component === k);
    if (!first) {
      rows.push({ since: start, from: starts?.from[k] ?? 0, to: starts?.to[k] ?? 0, slope: rate, limit: Infinity });
      continue;
    }
    rows.push({ since: start, from: first.from[0], to: first.to[0], slope: rateAt(first, 0, rate), limit: first.to[0] });
    for (const line of [first, ...others]) pushLine(line, rate, rows);
  }
  return anchorColumns(rows);
}

function pushLine(line: ClockLine, rate: number, rows: Anchor[]): void {
  const { from, to } = line;
  const last = from.length - 1;
  for (let i = 0; i < last; i++) {
    rows.push({ since: from[i], from: from[i], to: to[i], slope: (to[i + 1] - to[i]) / (from[i + 1] - from[i]), limit: to[i + 1] });
  }
  rows.push({ since: from[last], from: from[last], to: to[last], slope: rateAt(line, from.length - endPairs, rate), limit: Infinity });
}

function rateAt({ from, to }: ClockLine, first: number, otherwise: number): number {
  if (from.length < endPairs) return otherwise;
  return rateOf([{ from: from.subarray(first, first + endPairs), to: to.subarray(first, first + endPairs) }]) ?? otherwise;
}
