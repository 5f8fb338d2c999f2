// How often, and in how much of the recording, a unit fires.

import type { Figure } from '../figure.ts';
import { countInBins, linspace } from '../histogram.ts';

/** First and last spike of all units, s. */
export interface Session {
  readonly first: number;
  readonly last: number;
}

/** Spikes per second of the session. */
export function firingRate(spikes: number, { first, last }: Session): Figure {
  return last > first ? spikes / (last - first) : 'the recording has spikes at one time only';
}

const stretches = 100;

/** Share of 100 equal stretches of the session that hold spikes (times in s). With `compat` there are 99, divided by 100. */
export function presenceRatio(times: Float64Array, { first, last }: Session, compat: boolean): Figure {
  if (!(last > first)) return 'the recording has spikes at one time only';
  const counts = countInBins(times, linspace(first, last, compat ? stretches : stretches + 1));
  return counts.reduce((occupied, count) => occupied + (count > 0 ? 1 : 0), 0) / stretches;
}
