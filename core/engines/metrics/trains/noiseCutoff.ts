// Whether the detection threshold cuts the amplitude histogram: its lowest bins against its upper part.
// International Brain Laboratory 2022.

import type { Figure } from '../figure.ts';
import { argmax, countInBins, linspace } from '../histogram.ts';

const edgesCount = 100;
const upperShare = 0.5;
const cutoffLimit = 5;
const lowLimit = 0.1;

/** 1 passed, 0 failed: the low bin is more than 5 standard deviations above the upper bins, and above a tenth of the peak. */
export function noiseCutoff(amplitudes: Float64Array): Figure {
  const largest = amplitudes.reduce((most, amplitude) => Math.max(most, amplitude), -Infinity);
  if (amplitudes.length < 2 || !(largest > 0)) return 'fewer than two spikes';
  const counts = countInBins(amplitudes, linspace(0, largest, edgesCount));
  const peak = argmax(counts);
  const occupied = counts.subarray(peak, counts.length - 1).reduce((total, count) => total + (count > 0 ? 1 : 0), 0);
  const upper = counts.subarray(Math.ceil(upperShare * occupied + peak)).filter((count) => count >= 1);
  if (upper.length === 0) return 'no spikes well above the most frequent amplitude';
  const mean = upper.reduce((total, count) => total + count, 0) / upper.length;
  const deviation = Math.sqrt(upper.reduce((total, count) => total + (count - mean) ** 2, 0) / upper.length);
  if (!(deviation > 0)) return 'the upper amplitudes are too few to compare with';
  const low = counts.filter((count) => count > 0)[1];
  return (low - mean) / deviation > cutoffLimit && low > lowLimit * counts[peak] ? 0 : 1;
}
