import { describe, expect, it } from 'vitest';
import { fittedSlope, oracleInterpolated } from './alignment.ts';

describe('times along lines', () => {
  const bent = [{ from: 0, to: 10 }, { from: 2, to: 14 }, { from: 4, to: 15 }];

  it('are halfway between two moments where the time is', () => {
    expect(oracleInterpolated(bent, 1)).toBe(12);
    expect(oracleInterpolated(bent, 3)).toBe(14.5);
    expect(oracleInterpolated(bent, 2)).toBe(14);
  });

  it('go on beyond the ends with the slope of the fitted line', () => {
    expect(fittedSlope(bent)).toBe(1.25);
    expect(oracleInterpolated(bent, -2)).toBe(7.5);
    expect(oracleInterpolated(bent, 6)).toBe(17.5);
  });

  it('keep their distance from a lone moment', () => {
    expect(oracleInterpolated([{ from: 1, to: 5 }], 3)).toBe(7);
  });
});
