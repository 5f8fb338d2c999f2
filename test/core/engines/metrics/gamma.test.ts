import { expect, it } from 'vitest';
import { chiSquareTail, logGamma, upperGamma } from '../../../../core/engines/metrics/gamma.ts';

it.each([
  // scipy.special.gammaincc(a, x)
  [0.5, 0.2, 0.5270892568655381], [3, 5, 0.12465201948308108], [21, 60, 1.951117860772065e-9], [100, 80, 0.9828916869648668],
  [100, 130, 0.002750408367306518], [50000, 50200, 0.185466357061914], [7.5, 150, 5.5897493231246435e-55], [4, 0, 1],
])('Q(%d, %d)', (a, x, expected) => {
  expect(Math.abs(upperGamma(a, x) / expected - 1)).toBeLessThan(1e-9);
});

it('is the Poisson distribution for whole numbers', () => {
  const none = Math.exp(-3);
  expect(upperGamma(1, 3)).toBeCloseTo(none, 14);
  expect(upperGamma(3, 3)).toBeCloseTo(none * (1 + 3 + 4.5), 14);
});

it('gives the tail of chi-square with two degrees of freedom, an exponential', () => {
  expect(chiSquareTail(5, 2)).toBeCloseTo(Math.exp(-2.5), 14);
});

it('knows factorials', () => {
  expect(logGamma(1)).toBeCloseTo(0, 13);
  expect(logGamma(11)).toBeCloseTo(Math.log(3628800), 12);
});
