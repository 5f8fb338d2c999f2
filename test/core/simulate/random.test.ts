import { describe, expect, test } from 'vitest';
import { addWhiteNoise, gaussianAt, randomKey, randomStream } from '../../../core/simulate/random.ts';
import { addSmoothNoise } from '../../../core/simulate/smoothNoise.ts';

const key = randomKey(1, 'test');

function white(i: number, j: number, count = 4096): Float32Array {
  const values = new Float32Array(count);
  addWhiteNoise(values, count, 1, key, i, j);
  return values;
}

function moments(values: ArrayLike<number>): { mean: number; variance: number; kurtosis: number } {
  const list = Array.from(values);
  const mean = list.reduce((sum, value) => sum + value, 0) / list.length;
  const power = (n: number) => list.reduce((sum, value) => sum + (value - mean) ** n, 0) / list.length;
  return { mean, variance: power(2), kurtosis: power(4) / power(2) ** 2 };
}

const correlation = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, index) => sum + value * b[index]!, 0) / a.length;

describe('white noise', () => {
  test('is normal: mean 0, variance 1, kurtosis 3', () => {
    const { mean, variance, kurtosis } = moments(white(0, 0, 2 ** 18));
    expect(Math.abs(mean)).toBeLessThan(0.008);
    expect(variance).toBeCloseTo(1, 1.8);
    expect(kurtosis).toBeGreaterThan(2.9);
    expect(kurtosis).toBeLessThan(3.1);
  });

  test('is the same for the same channel and block, and unrelated for any other', () => {
    expect(white(3, 7)).toEqual(white(3, 7));
    const others = [white(3, 8), white(4, 7), white(7, 3), white(3, 7 + 2 ** 20)];
    for (const other of others) expect(Math.abs(correlation(white(3, 7), other))).toBeLessThan(0.08);
  });

  test('neighbouring samples are unrelated', () => {
    const values = white(1, 1, 2 ** 16);
    for (const lag of [1, 2, 3]) expect(Math.abs(correlation(values.subarray(0, -lag), values.subarray(lag)))).toBeLessThan(0.02);
  });
});

test('a purpose has its own numbers, whatever else is drawn', () => {
  const first = randomStream(5, 'a', 0);
  const list = Array.from({ length: 4 }, () => first.uniform());
  randomStream(5, 'b', 0).uniform();
  const again = randomStream(5, 'a', 0);
  expect(Array.from({ length: 4 }, () => again.uniform())).toEqual(list);
  expect(randomStream(5, 'a', 1).uniform()).not.toBe(list[0]);
  expect(randomStream(6, 'a', 0).uniform()).not.toBe(list[0]);
});

test('a stream gives uniform, exponential and normal numbers', () => {
  const random = randomStream(1, 'moments');
  const many = (draw: () => number) => moments(Array.from({ length: 20_000 }, draw));
  expect(many(random.uniform).mean).toBeCloseTo(0.5, 1.5);
  expect(many(random.exponential).mean).toBeCloseTo(1, 1.5);
  expect(many(random.gaussian).variance).toBeCloseTo(1, 1.3);
});

describe('smooth noise', () => {
  const smooth = (start: number, step: number, count: number) => {
    const values = new Float32Array(count);
    addSmoothNoise(values, count, start, step, key, 1);
    return values;
  };

  test('is a function of time: any stretch, any step', () => {
    expect(smooth(1000.25, 0.25, 4)).toEqual(smooth(1000, 0.25, 5).subarray(1));
    expect(smooth(2 ** 31, 1, 1)[0]).toBe(smooth(2 ** 31 - 3, 1, 4)[3]);
  });

  test('has variance 1 and no jumps', () => {
    const values = smooth(0, 0.01, 200_000);
    expect(moments(values).variance).toBeCloseTo(1, 0.8);
    const steepest = values.reduce((most, value, index) => Math.max(most, index > 0 ? Math.abs(value - values[index - 1]!) : 0), 0);
    expect(steepest).toBeLessThan(0.06);
  });
});

test('lattice values do not repeat over long runs', () => {
  expect(gaussianAt(key, 5)).toBe(gaussianAt(key, 5));
  const run = (from: number) => Array.from({ length: 32 }, (_, index) => gaussianAt(key, from + index));
  const starts = [0, 1024, 65536, 2 ** 24, 2 ** 31, 2 ** 31 + 65536];
  expect(new Set(starts.map((start) => run(start).join())).size).toBe(starts.length);
});
