// Medians and places in sorted numbers.

import { describe, expect, test } from 'vitest';
import { lowerBound, median } from '../../../core/common/sorted/index.ts';

describe('median', () => {
  test('sorts by value, means the middle two, and is NaN for nothing', () => {
    expect(median([10, 9, 100])).toBe(10);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([])).toBeNaN();
  });
});

describe('lowerBound', () => {
  const times = Float64Array.from([1, 2, 2, 5]);
  test.each([
    [0, 0],
    [2, 1],
    [3, 3],
    [6, 4],
  ])('of %d is place %d', (value, place) => {
    expect(lowerBound(times, value)).toBe(place);
  });
});
