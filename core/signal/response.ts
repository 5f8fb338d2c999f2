// The Butterworth response that CatGT applies to the spectrum, and the delays of tshift.

import { FFT_POINTS } from '../kernels/index.ts';

export interface Band {
  /** As given on the command line; the exponent is twice it. */
  readonly order: number;
  /** High-pass and low-pass corner in Hz; 0 = absent. */
  readonly high: number;
  readonly low: number;
}

/** Real gain of bins 0..N/2 of the block transform at `rate` Hz; all ones without a band. A high-pass removes bin 0. */
export function butterworthGain(band: Band | null, rate: number): Float64Array {
  const gain = new Float64Array(FFT_POINTS / 2 + 1).fill(1);
  if (!band) return gain;
  const { order, high, low } = band;
  for (let k = 1; k < gain.length; k++) {
    const frequency = (k * rate) / FFT_POINTS;
    if (high) gain[k] /= Math.sqrt(1 + (high / frequency) ** (2 * order));
    if (low) gain[k] /= Math.sqrt(1 + (frequency / low) ** (2 * order));
  }
  if (high) gain[0] = 0;
  return gain;
}
