/** Second-order Butterworth sections in the time domain, on counts. */
import { clamp } from './count.ts';

export interface Biquad {
  /** The next output count for an input count; remembers. */
  next(value: number): number;
}

export function biquad(pass: 'high' | 'low', corner: number, rate: number, maxInt: number): Biquad {
  const k = Math.tan((Math.PI * corner) / rate);
  const q = Math.SQRT1_2;
  const norm = 1 / (1 + k / q + k * k);
  const b0 = pass === 'high' ? norm : k * k * norm;
  const b1 = pass === 'high' ? -2 * b0 : 2 * b0;
  const b2 = b0;
  const a1 = 2 * (k * k - 1) * norm;
  const a2 = (1 - k / q + k * k) * norm;
  let z1 = 0;
  let z2 = 0;
  return {
    next(value) {
      const input = value / maxInt;
      const output = input * b0 + z1;
      z1 = input * b1 + z2 - a1 * output;
      z2 = input * b2 - a2 * output;
      return clamp(Math.trunc(output * maxInt), -maxInt, maxInt - 1);
    },
  };
}
