// Noise as a smooth function of continuous time: Gaussian values on a lattice, joined by a uniform cubic B-spline. It can
// be asked for at any moment, so channels that are converted a fraction of a sample later see the same waveform later.

import { gaussianAt } from './random.ts';
import type { RandomKey } from './random.ts';

/** Mean over the phase of the spline's squared weights; the noise is scaled to variance 1 by it. */
const splinePower = 151 / 315;

/**
 * Adds amplitude * noise(x) at x = start, start + step, ... The lattice has spacing 1, so the noise ends at about half a
 * cycle per unit of x. `amplitude` is its standard deviation.
 */
export function addSmoothNoise(into: Float32Array, count: number, start: number, step: number, key: RandomKey, amplitude: number): void {
  const scale = amplitude / (6 * Math.sqrt(splinePower));
  let cell = NaN;
  let before = 0;
  let left = 0;
  let right = 0;
  let after = 0;
  for (let i = 0; i < count; i++) {
    const x = start + i * step;
    const here = Math.floor(x);
    if (here !== cell) {
      const next = here === cell + 1;
      before = next ? left : gaussianAt(key, here - 1);
      left = next ? right : gaussianAt(key, here);
      right = next ? after : gaussianAt(key, here + 1);
      after = gaussianAt(key, here + 2);
      cell = here;
    }
    const u = x - here;
    const v = 1 - u;
    const value = v * v * v * before + (3 * u * u * u - 6 * u * u + 4) * left + (3 * v * v * v - 6 * v * v + 4) * right + u * u * u * after;
    into[i] = into[i]! + scale * value;
  }
}

/** Adds noise with a 1/f spectrum from `lowest` Hz up: octaves of equal power. Standard deviation `amplitude`, times in s. */
export function addPinkNoise(into: Float32Array, count: number, start: number, step: number, lowest: number, key: RandomKey, amplitude: number): void {
  for (let octave = 0; octave < octaves; octave++) {
    const spacings = 2 * lowest * 2 ** octave;
    const own = { high: key.high + octave, low: key.low };
    addSmoothNoise(into, count, start * spacings, step * spacings, own, amplitude / Math.sqrt(octaves));
  }
}

const octaves = 9;
