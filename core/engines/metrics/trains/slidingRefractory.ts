// The sliding refractory period test of the International Brain Laboratory (2022): for each of several refractory
// periods, whether so few short intervals would be seen if 10 % of the spikes came from elsewhere.

import type { Figure } from '../figure.ts';
import { upperGamma } from '../gamma.ts';

/** s */
const binWidth = 0.00025;
const bins = 4001;
/** Refractory periods tested, in bins. */
const tested = [5, 6, 7, 8, 10, 12, 14, 16, 18, 20, 24, 28, 32, 36, 40];
const contamination = 0.1;
const risk = 0.1;
/** Bins whose rate counts as the unit's own: 0.5 to 1 s. */
const [rateFrom, rateTo] = [2000, 4000];

/**
 * 1 passed, 0 failed.
 * @param samples spike times, ascending whole samples. With `compat` bins are whole samples wide (7 at 30 kHz).
 * @param rate samples per second
 */
export function slidingRefractory(samples: Float64Array, rate: number, compat: boolean): Figure {
  const spikes = samples.length;
  const duration = spikes < 2 ? 0 : (samples[spikes - 1] - samples[0]) / rate;
  if (!(duration > 0)) return 'fewer than two spikes';
  const counts = correlogram(samples, compat ? Math.trunc(rate * binWidth) : rate * binWidth);
  let far = 0;
  for (let bin = rateFrom; bin <= rateTo; bin++) far += ((counts[bin] / spikes) / 0.25) * 1000;
  const firing = far / (rateTo - rateFrom);
  let total = 0;
  let summed = 0;
  for (const bin of tested) {
    for (; summed <= bin; summed++) total += counts[summed];
    const period = bin * binWidth + 1e-6;
    const expected = firing * contamination * period * 2 * firing * duration;
    if (isRareBelow(total, expected)) return 1;
  }
  return 0;
}

/** Pairs of spikes per distance, [4001]. @param width of a bin, samples */
function correlogram(samples: Float64Array, width: number): Float64Array {
  const counts = new Float64Array(bins);
  for (let i = 0; i < samples.length; i++) {
    for (let j = i + 1; j < samples.length; j++) {
      const bin = Math.floor((samples[j] - samples[i]) / width);
      if (bin >= bins) break;
      counts[bin]++;
    }
  }
  return counts;
}

/**
 * Whether `count` is at most the 10 % quantile of a Poisson distribution. (The reference finds the quantile; that the
 * probability of fewer is below 10 % says the same. None is rare only where the probability of none is below 10 %.)
 */
function isRareBelow(count: number, expected: number): boolean {
  return expected > 0 && upperGamma(Math.max(1, count), expected) < risk;
}
