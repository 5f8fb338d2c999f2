// The time-domain filter against plain doubles: equal bit for bit, state included.

import { describe, expect, it } from 'vitest';
import { createBiquad, type BiquadSpec } from '../../../core/signal/index.ts';
import { gaussian, randomNumbers } from './oracle.ts';

/** One column through one section, in place; z = [z1, z2]. */
function section(values: number[], kind: 'high' | 'low', corner: number, { rate, maxInt }: BiquadSpec, z: [number, number]): void {
  const K = Math.tan((Math.PI * corner) / rate);
  const n = 1 / (1 + K / Math.SQRT1_2 + K * K);
  const [b0, b1, b2] = kind === 'high' ? [n, -2 * n, n] : [K * K * n, 2 * (K * K * n), K * K * n];
  const [a1, a2] = [2 * (K * K - 1) * n, (1 - K / Math.SQRT1_2 + K * K) * n];
  values.forEach((value, t) => {
    const x = value / maxInt;
    const out = x * b0 + z[0];
    z[0] = x * b1 + z[1] - a1 * out;
    z[1] = x * b2 - a2 * out;
    values[t] = Math.max(-maxInt, Math.min(maxInt - 1, Math.trunc(out * maxInt)));
  });
}

function slowly(samples: Int16Array, spec: BiquadSpec): { samples: Int16Array; state: number[] } {
  const result = samples.slice();
  const kinds = (['high', 'low'] as const).filter((kind) => spec[kind]);
  const states: [number, number][] = [];
  for (let column = 0; column < spec.neural; column++) {
    const values = Array.from({ length: samples.length / spec.columns }, (_, t) => samples[t * spec.columns + column]);
    kinds.forEach((kind, index) => {
      const z: [number, number] = [0, 0];
      section(values, kind, spec[kind], spec, z);
      states[index * spec.neural + column] = z;
    });
    values.forEach((value, t) => { result[t * spec.columns + column] = value; });
  }
  return { samples: result, state: states.flat() };
}

function block(rows: number, columns: number, size: number): Int16Array {
  const draw = gaussian(randomNumbers(columns));
  return Int16Array.from({ length: rows * columns }, (_, i) => (i % 1900 < 40 ? (i % 2 ? size : -size) : 30 * draw()));
}

describe.each([
  { columns: 13, neural: 11, rate: 30000, maxInt: 512, high: 300, low: 9000 },
  { columns: 385, neural: 384, rate: 30000.02, maxInt: 8192, high: 300, low: 0 },
  { columns: 3, neural: 2, rate: 2500, maxInt: 32767, high: 0, low: 500 },
])('a biquad of $neural of $columns columns, $high to $low Hz, full scale $maxInt', (spec) => {
  const samples = block(2100, spec.columns, spec.maxInt - 1);
  const wanted = slowly(samples, spec);

  it.each(['best', 'plain'] as const)('equals plain doubles with the %s kernels', (variant) => {
    const biquad = createBiquad(spec, variant);
    const result = samples.slice();
    biquad.run(result, 2100);
    expect(result).toEqual(wanted.samples);
    expect(Array.from(biquad.state)).toEqual(wanted.state);
  });

  it('goes on where another left off', () => {
    const [first, second] = [createBiquad(spec), createBiquad(spec)];
    const result = samples.slice();
    first.run(result, 700);
    second.state.set(first.state);
    second.run(result.subarray(700 * spec.columns), 1400);
    expect(result).toEqual(wanted.samples);
  });
});

it('without corners nothing changes', () => {
  const biquad = createBiquad({ columns: 2, neural: 2, rate: 30000, maxInt: 512, high: 0, low: 0 });
  const samples = block(10, 2, 500);
  const before = samples.slice();
  biquad.run(samples, 10);
  expect(samples).toEqual(before);
  expect(biquad.state.length).toBe(0);
});
