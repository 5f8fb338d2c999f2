// How far an edge lies from the line between its neighbours: what interpolation would be wrong by, had it been missed.

import type { Moments } from './clockRate.ts';

/**
 * Leave-one-out residuals, one per pair that has a neighbour on both sides: the time (s) at which the line between the
 * neighbours has the pair, less where it is. Between edges that are there interpolation is wrong by less.
 */
export function neighbourResiduals({ from, to }: Moments): Float64Array {
  return Float64Array.from({ length: Math.max(0, from.length - 2) }, (_, i) => {
    const part = (from[i + 1] - from[i]) / (from[i + 2] - from[i]);
    return to[i] + part * (to[i + 2] - to[i]) - to[i + 1];
  });
}
