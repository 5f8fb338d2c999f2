// The band-pass 300 - 6000 Hz: second-order Butterworth high-pass and low-pass, run forward and backward, so that the
// phase is zero and the gain is 1 / ((1 + (h/f)^4) (1 + (f/l)^4)) up to the bilinear transform's warping. The corners h
// and l lie so that 300 and 6000 Hz are the -3 dB points.

const lower = 300; // Hz
const upper = 6000; // Hz
/** (corner / f)^4 = sqrt(2) - 1 where the twofold gain is -3 dB. */
const twofold = (Math.SQRT2 - 1) ** 0.25;

/** b0 b1 b2 a1 a2 of the high-pass, then of the low-pass. A rate below 13 kHz has no low-pass. */
export function bandPassCoefficients(rate: number): Float32Array {
  const identity = [1, 0, 0, 0, 0];
  const low = upper / twofold < 0.45 * rate ? biquad(upper / twofold, rate, 'low') : identity;
  return Float32Array.from([...biquad(lower * twofold, rate, 'high'), ...low]);
}

function biquad(corner: number, rate: number, kind: 'low' | 'high'): number[] {
  const w = (2 * Math.PI * corner) / rate;
  const alpha = Math.sin(w) / Math.SQRT2;
  const scale = 1 / (1 + alpha);
  const edge = kind === 'low' ? 1 - Math.cos(w) : 1 + Math.cos(w);
  const middle = kind === 'low' ? edge : -edge;
  return [(edge / 2) * scale, middle * scale, (edge / 2) * scale, -2 * Math.cos(w) * scale, (1 - alpha) * scale];
}
