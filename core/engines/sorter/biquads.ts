// The band-pass 300 - 6000 Hz: second-order Butterworth high-pass and low-pass, run forward and backward, so that the
// phase is zero and the gain is 1 / ((1 + (h/g)^4) (1 + (g/l)^4)) with g = tan(pi f / rate), h and l such that 300 and
// 6000 Hz are the -3 dB points.

const lower = 300; // Hz
const upper = 6000; // Hz
/** (corner / f)^4 = sqrt(2) - 1 where the twofold gain is -3 dB. */
const twofold = (Math.SQRT2 - 1) ** 0.25;

/** b0 b1 b2 a1 a2 of the high-pass, then of the low-pass. A rate below 15 kHz has no low-pass. */
export function bandPassCoefficients(rate: number): Float32Array {
  const identity = [1, 0, 0, 0, 0];
  const low = upper < 0.4 * rate ? biquad(cornerFor(upper, rate, 1 / twofold), rate, 'low') : identity;
  return Float32Array.from([...biquad(cornerFor(lower, rate, twofold), rate, 'high'), ...low]);
}

/** The corner whose tan(pi f / rate) is `factor` times that of `frequency`. */
function cornerFor(frequency: number, rate: number, factor: number): number {
  return (rate / Math.PI) * Math.atan(factor * Math.tan((Math.PI * frequency) / rate));
}

function biquad(corner: number, rate: number, kind: 'low' | 'high'): number[] {
  const w = (2 * Math.PI * corner) / rate;
  const alpha = Math.sin(w) / Math.SQRT2;
  const scale = 1 / (1 + alpha);
  const edge = kind === 'low' ? 1 - Math.cos(w) : 1 + Math.cos(w);
  const middle = kind === 'low' ? edge : -edge;
  return [(edge / 2) * scale, middle * scale, (edge / 2) * scale, -2 * Math.cos(w) * scale, (1 - alpha) * scale];
}
