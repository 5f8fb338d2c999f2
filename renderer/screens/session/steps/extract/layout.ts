// The gutters that the trace, the pulse row and the logic rows share, so that one time axis runs through all.

import type { TimeScale } from '../../../../components/canvas/index.ts';
import type { Window } from './model.ts';

/** Names and volts stand left, handles and figures right. */
export const LEFT = 84;
export const RIGHT = 176;

export function scaleOf({ from_s, to_s }: Window, width: number): TimeScale {
  return { from_s, to_s, left: LEFT, width: Math.max(1, width - LEFT - RIGHT) };
}
