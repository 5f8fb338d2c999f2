// Power density by Welch's method, against what is known of sines and of white noise.

import { expect, test } from 'vitest';
import { createWelch, middleOf, welchFrequencies } from '../../../core/signal/index.ts';
import { randomStream } from '../../../core/simulate/random.ts';

const RATE = 1000;
const POINTS = 256;
const width = RATE / POINTS;

function densityOf(values: readonly number[]) {
  const welch = createWelch(POINTS, RATE);
  welch.add(values);
  return welch.density();
}

test('the power of a sine is half the square of its amplitude, at its frequency', () => {
  const density = densityOf(Array.from({ length: 4000 }, (_, i) => 5 + 3 * Math.sin((2 * Math.PI * 125 * i) / RATE)));
  expect(density.reduce((sum, value) => sum + value * width, 0)).toBeCloseTo(9 / 2, 2);
  expect(welchFrequencies(POINTS, RATE)[density.indexOf(Math.max(...density))]).toBe(125);
});

test.each([1, 2, 3, 20])('%i windows: white noise of variance 4 has 4 over half the rate everywhere', (windows) => {
  const { gaussian } = randomStream(1, 'white');
  const welch = createWelch(POINTS, RATE);
  for (let time = 0; time < 40; time++) welch.add(Array.from({ length: (POINTS * (windows + 1)) / 2 }, () => 2 * gaussian()));
  const density = welch.density();
  expect(density.reduce((sum, value) => sum + value, 0) / density.length / (4 / (RATE / 2))).toBeCloseTo(1, 1);
});

test('what is shorter than a window adds nothing; clearing forgets', () => {
  const welch = createWelch(POINTS, RATE);
  welch.add([1, 2, 3]);
  expect(Math.max(...welch.density())).toBe(0);
  welch.add(Array.from({ length: POINTS }, (_, i) => i % 7));
  expect(Math.max(...welch.density())).toBeGreaterThan(0);
  welch.clear();
  expect(Math.max(...welch.density())).toBe(0);
});

test('the middle value is that of the sorted list, the upper one of two', () => {
  expect(middleOf(Float64Array.from([5, 1, 4, 2, 3]))).toBe(3);
  expect(middleOf(Float64Array.from([4, 1, 3, 2]))).toBe(3);
  expect(middleOf(Float64Array.from([2, 2, 2, 1]))).toBe(2);
});
