// Blocks and specs for the tests of the signal path.

import { FFT_POINTS, type Chain, type ChainSpec } from '../../../core/signal/index.ts';
import { gaussian, randomNumbers } from './oracle.ts';

/** A 1.0 probe's mux rows: columns 2k and 2k+1 are sampled together, every 24 columns the rows start again. */
export const muxRows = (columns: number) => Array.from({ length: columns }, (_, column) => (column >> 1) % 12);

export function specOf(neural: number, changes: Partial<ChainSpec> = {}): ChainSpec {
  return {
    columns: neural + 1,
    neural,
    rate: 30000,
    shift: null,
    band: null,
    reference: null,
    used: Array.from({ length: neural }, () => true),
    numerics: 'native',
    ...changes,
  };
}

/** Fills a block: column c at row t gets signals[c % signals.length](t); the columns behind the neural ones count up. */
export function fillBlock(chain: Chain, spec: ChainSpec, signals: readonly ((t: number) => number)[], rows = FFT_POINTS): Int16Array {
  for (let t = 0; t < rows; t++) {
    for (let c = 0; c < spec.columns; c++) {
      chain.input[t * spec.columns + c] = c < spec.neural ? Math.round(signals[c % signals.length](t)) : t + c;
    }
  }
  return chain.input.slice();
}

export const columnOf = (block: Int16Array, columns: number, column: number) =>
  Array.from({ length: block.length / columns }, (_, t) => block[t * columns + column]);

export const noise = (seed: number, rms: number, offset = 0) => {
  const draw = gaussian(randomNumbers(seed));
  return () => offset + rms * draw();
};

/** Slow drift of `rms` counts under 6 counts of noise, as full-band recordings have it. */
export const drifting = (seed: number, rms: number, offset = 0) => {
  const draw = gaussian(randomNumbers(seed));
  const memory = 0.9998;
  let level = 0;
  return () => {
    level = memory * level + rms * Math.sqrt(1 - memory * memory) * draw();
    return offset + level + 6 * draw();
  };
};

/** Noise with bursts that swing between the rails of 14 bits. */
export const railing = (seed: number) => {
  const draw = gaussian(randomNumbers(seed));
  return (t: number) => (t % 9000 < 300 ? (t % 2 ? 8191 : -8192) : 8 * draw());
};

/** How two int16 sequences differ: share of unequal values and the largest difference. */
export function differences(a: ArrayLike<number>, b: ArrayLike<number>): { share: number; worst: number } {
  let unequal = 0;
  let worst = 0;
  for (let i = 0; i < a.length; i++) {
    if (a[i] === b[i]) continue;
    unequal++;
    worst = Math.max(worst, Math.abs(a[i] - b[i]));
  }
  return { share: unequal / a.length, worst };
}
