// The constant tables of the filter kernel (wasm/fft.ts), computed in double precision.

export const FFT_POINTS = 32768;

const RADIX = 8;
const PASSES = 5;
/** Work area of the transform: 32 bytes an element and 64 more after each 512. */
export const WORK_BYTES = FFT_POINTS * 32 + (FFT_POINTS / 512) * 64;
/** (cos, sin) pairs of f32: seven for each butterfly of the four outer forward passes, eight for the inverse ones. */
export const TWIDDLE_BYTES = (4096 + 512 + 64 + 8) * (7 + 8) * 8;
/** 1/N, and 2^-16 because the kernel reads int16 values times 2^16. */
const SCALE = 1 / FFT_POINTS / 65536;
/** One (re, im) pair of f32 for every bin. */
export const GAIN_BYTES = FFT_POINTS * 8;

/** Writes the forward and the inverse twiddle table to the start of `table`. */
export function fillTwiddles(table: Float32Array): void {
  let next = 0;
  const add = (turns: number) => {
    table[next++] = Math.cos(2 * Math.PI * turns);
    table[next++] = Math.sin(2 * Math.PI * turns);
  };
  for (let points = FFT_POINTS; points > RADIX; points /= RADIX) {
    for (let k = 0; k < points / RADIX; k++) {
      for (let j = 1; j < RADIX; j++) add((j * k) / points);
    }
  }
  for (let points = RADIX * RADIX; points <= FFT_POINTS; points *= RADIX) {
    const step = points / (RADIX * RADIX);
    for (let j = 0; j < RADIX; j++) {
      for (let k = 0; k < step; k++) {
        for (let output = 0; output < RADIX; output++) add((j * (k + output * step)) / points);
      }
    }
  }
}

/**
 * Writes a complex gain in the transform's order (bins by base-8 digits reversed, scale included) to `table`.
 * amplitude: real gain of bins 0..N/2. delay: in samples; bin k turns by exp(-2 pi i k delay / N), and of the Nyquist
 * bin the real part is kept, as the inverse transform of a real signal does.
 */
export function fillGain(table: Float32Array, amplitude: Float64Array, delay: number): void {
  const half = FFT_POINTS / 2;
  for (let position = 0; position < FFT_POINTS; position++) {
    const bin = reverseDigits(position);
    const k = Math.min(bin, FFT_POINTS - bin);
    const angle = (-2 * Math.PI * k * delay) / FFT_POINTS;
    const size = amplitude[k] * SCALE;
    const im = k === half ? 0 : size * Math.sin(angle);
    table[2 * position] = size * Math.cos(angle);
    table[2 * position + 1] = bin === k ? im : -im;
  }
}

function reverseDigits(position: number): number {
  let reversed = 0;
  for (let rest = position, digit = 0; digit < PASSES; digit++, rest >>= 3) reversed = (reversed << 3) | (rest & 7);
  return reversed;
}
