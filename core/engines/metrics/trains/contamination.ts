// Contamination from the autocorrelogram, as Kilosort 2 defines it: the rate in a few bins around zero relative to the
// rate at the shoulders, far away or close by, whichever is larger.

import type { Figure } from '../figure.ts';

export interface ContaminationOptions {
  /** Width of a bin, s. */
  readonly bin: number;
  /** Refractory period, s: as many bins on each side of zero, at least one. */
  readonly refractory: number;
  /** Leave out the last bin on the right while counting it in the divisor, as the reference does. */
  readonly compat: boolean;
}

const side = 500;
const leastSpikes = 11;

/** @param times s, ascending */
export function contaminationRate(times: Float64Array, { bin, refractory, compat }: ContaminationOptions): Figure {
  const spikes = times.length;
  if (spikes < leastSpikes) return `fewer than ${leastSpikes} spikes`;
  const rate = spikes / (times[spikes - 1] - times[0]);
  const counts = autocorrelogram(times, bin);
  const relativeRate = (from: number, to: number, bins = to - from + 1) => sum(counts, from, to) / (spikes * bin * bins) / rate;

  const far = (sum(counts, 1, 249) + sum(counts, 750, 998)) / (spikes * bin * (2 * 249)) / rate;
  const shoulder = Math.max(far, relativeRate(450, 489), relativeRate(510, 549));
  if (!(shoulder > 0)) return 'no two spikes within half a second';
  const reach = Math.min(side, Math.max(1, Math.trunc(refractory / bin)));
  return relativeRate(side - reach, compat ? side + reach - 1 : side + reach, 2 * reach + 1) / shoulder;
}

/**
 * Ordered pairs of different spikes per lag, [1001], lag 0 in the middle. Lags beyond 500 bins are left out, those between
 * bins round half to even.
 */
function autocorrelogram(times: Float64Array, bin: number): Float64Array {
  const counts = new Float64Array(2 * side + 1);
  const reach = side * bin;
  for (let i = 0; i < times.length; i++) {
    for (let j = i + 1; j < times.length; j++) {
      const lag = times[j] - times[i];
      if (lag >= reach) break;
      const bins = roundHalfEven(lag / bin);
      counts[side + bins]++;
      counts[side - bins]++;
    }
  }
  return counts;
}

function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}

function sum(counts: Float64Array, from: number, to: number): number {
  let total = 0;
  for (let i = from; i <= to; i++) total += counts[i];
  return total;
}
