import { describe, expect, it } from 'vitest';
import { blocksOf, filterColumn, gainAt } from './blocks.ts';
import { toCount } from './count.ts';

describe('blocks of the Fourier stage', () => {
  it('are one short block for a short stretch', () => {
    expect(blocksOf(100)).toEqual([{ start: 0, count: 100, inputEnd: 100 }]);
  });

  it('leave a last block that may be longer than the middle', () => {
    expect(blocksOf(32267)).toEqual([{ start: 0, count: 32267, inputEnd: 32267 }]);
    expect(blocksOf(32268)).toEqual([
      { start: 0, count: 31768, inputEnd: 32268 },
      { start: 31768, count: 500, inputEnd: 32268 },
    ]);
  });
});

describe('a filtered column', () => {
  const tone = (t: number): number => Math.round(3000 * Math.sin((2 * Math.PI * 1000 * t) / 30000));

  it('is delayed by the fraction asked for', () => {
    const input = { values: Int16Array.from({ length: 33000 }, (_, t) => tone(t)), before: 0 };
    const delayed = filterColumn(input, { delay: 5 / 13, band: undefined }, 30000, 'exact');
    for (let t = 600; t < 32400; t++) expect(Math.abs(delayed[t] - tone(t - 5 / 13))).toBeLessThanOrEqual(2);
  });

  it('is only copied where there is nothing to do', () => {
    const input = { values: Int16Array.of(3, -2, 7), before: 3 };
    expect(filterColumn(input, { delay: 0, band: undefined }, 30000, 'native')).toEqual(Int16Array.of(3, -2, 7));
  });

  it('loses half its power at a corner and all of its mean', () => {
    const band = { order: 12, high: 300, low: 10000 };
    expect(gainAt(300, band)).toBeCloseTo(Math.SQRT1_2, 6);
    expect(gainAt(10000, band)).toBeCloseTo(Math.SQRT1_2, 6);
    expect(gainAt(0, band)).toBe(0);
    expect(gainAt(0, { ...band, high: 0 })).toBe(1);
  });
});

describe('from numbers to counts', () => {
  it('native cuts and wraps, exact rounds and saturates', () => {
    expect([1.9, -1.9, 40000].map((x) => toCount(x, 'native'))).toEqual([1, -1, -25536]);
    expect([1.9, -1.9, 40000].map((x) => toCount(x, 'exact'))).toEqual([2, -2, 32767]);
  });
});
