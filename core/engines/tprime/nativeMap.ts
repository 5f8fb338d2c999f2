// The native tool's mapping: the distance from the last edge before the event, added to the edge of the other stream
// that is nearest to it after a shift by whole nominal periods. Edges are only searched forwards, and in the other
// stream by the event's unmapped time: an event that comes out of order uses later edges than it should.

/** Component files of a joined recording: where each starts in the stream's own time, seconds, ascending. */
export interface Starts {
  readonly from: Float64Array;
  readonly to: Float64Array;
}

export interface NativeMapInput {
  readonly period: number;
  /** Edges of the stream that has the events and of the one to map to, seconds, ascending, not empty. */
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly starts?: Starts;
}

/** Periods above which stepping would never end. */
const farOff = 1e6;

/** Maps event times in place; call it on one block after another of the same file. */
export type MapTimes = (times: Float64Array) => void;

export function nativeMap({ period, from, to, starts }: NativeMapInput): MapTimes {
  const before = cursor(from, period, starts?.from);
  const after = cursor(to, period, starts?.to);
  const limits = starts?.from ?? new Float64Array(1);
  let component = 0;
  let shiftedBase = Number.NaN;
  let shiftedOther = Number.NaN;
  let shifted = 0;

  return (times) => {
    for (let i = 0; i < times.length; i++) {
      const time = times[i];
      while (component + 1 < limits.length && time >= limits[component + 1]) component++;
      const base = before(time, component);
      const other = after(time, component);
      if (base !== shiftedBase || other !== shiftedOther) {
        [shiftedBase, shiftedOther, shifted] = [base, other, nearest(other, base, period)];
      }
      times[i] = shifted + (time - base);
    }
  };
}

/**
 * Finds the last edge not after a time, or the first edge when the time precedes all. In the part of a joined file that
 * precedes its first edge that edge is used, moved back by whole periods, and not one of the component before.
 */
function cursor(edges: Float64Array, period: number, starts: Float64Array | undefined): (time: number, component: number) => number {
  const firstEdges = starts && Array.from(starts, (start) => edges.find((edge) => edge >= start));
  let at = 0;
  return (time, component) => {
    while (at + 1 < edges.length && edges[at + 1] <= time) at++;
    const edge = edges[at];
    const first = firstEdges?.[component];
    if (first === undefined || edge >= starts![component]) return edge;
    let moved = first;
    while (moved > time) moved -= period;
    return moved;
  };
}

/** `edge` moved by whole periods to within half a period of `base`. Steps, not a product: the native tool's rounding. */
function nearest(edge: number, base: number, period: number): number {
  const half = period / 2;
  let moved = edge;
  if (Math.abs(moved - base) > farOff * period) moved -= Math.trunc((moved - base) / period) * period;
  while (moved - base > half) moved -= period;
  while (base - moved > half) moved += period;
  return moved;
}
