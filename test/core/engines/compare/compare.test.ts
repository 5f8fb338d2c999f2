// The ground-truth comparison on examples that can be counted by hand.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assign, compareSortings, countMatches, sortingFrom } from '../../../../core/engines/compare/index.ts';

const rate = 30000;
const every = (step: number, count: number, first = 1000) => Array.from({ length: count }, (_, k) => first + k * step);
const unit = (id: number, times: readonly number[]) => times.map((time) => ({ time, id }));
const sorting = (...units: { time: number; id: number }[][]) => ({ times: units.flat().map((spike) => spike.time), units: units.flat().map((spike) => spike.id) });

describe('matches', () => {
  test('spikes up to 12 samples apart match, 13 apart do not', () => {
    const train = (time: number) => ({ times: [time], units: [0], unitCount: 1 });
    expect(countMatches(train(100), train(112), 12)[0]).toBe(1);
    expect(countMatches(train(100), train(113), 12)[0]).toBe(0);
  });

  test('a burst of found spikes around one true spike counts once', () => {
    const matches = countMatches({ times: [100], units: [0], unitCount: 1 }, { times: [95, 100, 105], units: [0, 0, 0], unitCount: 1 }, 12);
    expect(matches[0]).toBe(1);
  });
});

describe('assignment', () => {
  test('takes the best total, not the best single pair', () => {
    expect([...assign(Float64Array.of(0.9, 0.8, 0.8, 0.1), 2, 2)]).toEqual([1, 0]);
  });

  test('more rows than columns: one row goes without', () => {
    expect([...assign(Float64Array.of(0.2, 0.9, 0.5), 3, 1)]).toEqual([-1, 0, -1]);
  });

  test('is as good as trying all permutations', () => {
    const permutations = (items: number[]): number[][] => (items.length < 2 ? [items] : items.flatMap((item, k) => permutations([...items.slice(0, k), ...items.slice(k + 1)]).map((rest) => [item, ...rest])));
    fc.assert(fc.property(fc.integer({ min: 1, max: 5 }).chain((n) => fc.array(fc.integer({ min: 0, max: 100 }), { minLength: n * n, maxLength: n * n })), (scores) => {
      const n = Math.sqrt(scores.length);
      const total = (columns: ArrayLike<number>) => Array.from(columns).reduce((sum, column, row) => sum + scores[row * n + column], 0);
      const best = Math.max(...permutations(Array.from({ length: n }, (_, k) => k)).map(total));
      expect(total(assign(Float64Array.from(scores), n, n))).toBe(best);
    }));
  });
});

describe('comparison', () => {
  const a = every(900, 100);
  const b = every(1100, 80, 1400);

  test('a perfect sorting under other ids', () => {
    const result = compareSortings(sorting(unit(3, a), unit(7, b)), sorting(unit(1, b), unit(0, a)), rate);
    expect(result).toMatchObject({ well: 2, found: 2, redundant: 0, overmerged: 0, false_positive: 0, mean_accuracy: 1 });
    expect(result.units.map((score) => [score.unit, score.match])).toEqual([[3, 0], [7, 1]]);
  });

  test('half of the spikes found, none of them wrong', () => {
    const [score] = compareSortings(sorting(unit(0, a)), sorting(unit(0, a.filter((_, k) => k % 10 < 6))), rate).units;
    expect(score).toMatchObject({ accuracy: 0.6, recall: 0.6, precision: 1 });
  });

  test('a unit in two pieces leaves a redundant one, spikes of nobody a false one', () => {
    const pieces = sorting(unit(0, a.slice(0, 60)), unit(1, a.slice(60)), unit(2, every(777, 50, 1_000_000)));
    expect(compareSortings(sorting(unit(0, a)), pieces, rate)).toMatchObject({ found: 3, redundant: 1, false_positive: 1 });
  });

  test('two units in one is over-merged', () => {
    expect(compareSortings(sorting(unit(0, a), unit(1, b)), sorting(unit(0, [...a, ...b])), rate)).toMatchObject({ overmerged: 1, found: 1 });
  });

  test('nothing found: all accuracies are zero', () => {
    const result = compareSortings(sorting(unit(0, a)), { times: [], units: [] }, rate);
    expect(result).toMatchObject({ well: 0, found: 0, mean_accuracy: 0 });
    expect(result.units[0].match).toBeNull();
  });

  test('a sorting can be limited to some units', () => {
    expect(sortingFrom(sorting(unit(0, a), unit(1, b)), new Set([1])).times).toEqual(b);
  });
});
