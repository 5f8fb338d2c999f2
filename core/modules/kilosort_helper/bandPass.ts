// A Butterworth band-pass that shifts nothing in time: the filter runs forwards, then backwards. Same design and edges as
// scipy.signal.butter(3, [low, high], 'bandpass') with filtfilt, in second-order sections, which are exact where its
// single polynomial of order 6 loses digits.

/** y[n] = gain (x[n] - x[n-2]) - a1 y[n-1] - a2 y[n-2]: a zero at 0 Hz and one at the Nyquist frequency. */
export interface Section {
  readonly gain: number;
  readonly a1: number;
  readonly a2: number;
}

interface Complex {
  readonly re: number;
  readonly im: number;
}

/**
 * Three sections, order 3 at either side. Poles of the analog low-pass prototype (-1 and -1/2 +- i sqrt(3)/2) are moved to
 * the band, then to the z plane by the bilinear transform with pre-warped corners.
 * @param low, high corners (-3 dB for one pass), Hz, below half the rate
 */
export function bandPassSections(low: number, high: number, rate: number): Section[] {
  const warped = (corner: number) => 4 * Math.tan((Math.PI * corner) / rate); // analog, for a sampling rate of 2
  const [from, to] = [warped(low), warped(high)];
  const width = to - from;
  const [first, second] = moveToBand({ re: -1, im: 0 }, width, from * to);
  const [third, fourth] = moveToBand({ re: -0.5, im: Math.sqrt(3) / 2 }, width, from * to);
  // A pole of the prototype that is not real has its conjugate, whose two poles are the conjugates of its own.
  return [pairOf(first, second, width), pairOf(third, conjugate(third), width), pairOf(fourth, conjugate(fourth), width)];
}

/** Roots of s^2 - pole width s + centre^2. */
function moveToBand(pole: Complex, width: number, centreSquared: number): [Complex, Complex] {
  const half = { re: (pole.re * width) / 2, im: (pole.im * width) / 2 };
  const root = squareRoot({ re: half.re ** 2 - half.im ** 2 - centreSquared, im: 2 * half.re * half.im });
  return [{ re: half.re + root.re, im: half.im + root.im }, { re: half.re - root.re, im: half.im - root.im }];
}

/** The section of two analog poles with one of the three zeros at 0 and one at infinity: width s / ((s - p)(s - q)), s = 4 (z - 1) / (z + 1). */
function pairOf(p: Complex, q: Complex, width: number): Section {
  const sum = p.re + q.re; // both are real, or conjugates of each other
  const product = p.re * q.re - p.im * q.im;
  const a0 = 16 - 4 * sum + product;
  return { gain: (4 * width) / a0, a1: (2 * product - 32) / a0, a2: (16 + 4 * sum + product) / a0 };
}

function conjugate({ re, im }: Complex): Complex {
  return { re, im: -im };
}

function squareRoot({ re, im }: Complex): Complex {
  const length = Math.hypot(re, im);
  return { re: Math.sqrt((length + re) / 2), im: (im < 0 ? -1 : 1) * Math.sqrt((length - re) / 2) };
}

/** Samples by which either end is continued, as filtfilt does for a filter of 7 coefficients. */
export const padding = 21;

/**
 * The samples filtered forwards and backwards, as a new array. Each end is continued by its own mirror image turned
 * upside down, and the filter starts settled on the first value. Needs more than `padding` samples.
 */
export function filterBothWays(sections: readonly Section[], samples: ArrayLike<number>): Float64Array {
  const count = samples.length;
  if (count <= padding) throw new RangeError(`${count} samples cannot be filtered: more than ${padding} are needed`);
  const work = new Float64Array(count + 2 * padding);
  for (let k = 0; k < padding; k++) {
    work[k] = 2 * samples[0] - samples[padding - k];
    work[padding + count + k] = 2 * samples[count - 1] - samples[count - 2 - k];
  }
  for (let k = 0; k < count; k++) work[padding + k] = samples[k];
  for (let pass = 0; pass < 2; pass++) {
    sections.forEach((section, index) => runSection(section, work, index === 0));
    work.reverse();
  }
  return work.slice(padding, padding + count);
}

/** In place. Only the first section sees a level at the start: none gets through it. */
function runSection({ gain, a1, a2 }: Section, samples: Float64Array, settle: boolean): void {
  let z1 = settle ? -gain * samples[0] : 0;
  let z2 = z1;
  for (let k = 0; k < samples.length; k++) {
    const x = gain * samples[k];
    const y = x + z1;
    z1 = z2 - a1 * y;
    z2 = -x - a2 * y;
    samples[k] = y;
  }
}
