import { describe, expect, it } from 'vitest';
import { neural, writeSmallFiles } from './fixture.ts';
import { oracleHealth, oracleSpans } from './health.ts';

const rule = { maxInt: 512, analog: neural, crowded: true, words: 1 };

describe('the health oracle', () => {
  it('counts rails by column, crowds by sample and bits by row, and leaves gaps out', () => {
    const files = writeSmallFiles([
      { firstSample: 0, samples: 10, value: (t, c) => (c === neural ? (t === 2 ? 0x08 | 0x40 : 0) : c === 0 && t === 4 ? 511 : 0) },
      { firstSample: 15, samples: 10, value: (t, c) => (c === neural ? (t === 9 ? 0x800 : 0) : c === 1 && t < 2 ? -503 : 0) },
    ]);
    const health = oracleHealth({ ...rule, files, trimmedSamples: [10, 10] });
    expect(health).toEqual({
      samples: 20, touched: new Map([[0, 1]]), saturated: [4, 15, 16],
      errors: new Map([[2, 0], [3, 1], [4, 0], [5, 0], [7, 0]]), erroneous: [2], missed: [24],
    });
  });

  it('takes a row of a decimated stream for the samples up to the next', () => {
    const files = writeSmallFiles([{ firstSample: 0, samples: 30, value: (t, c) => (c === 0 && t >= 11 && t < 14 ? 511 : 0) }]);
    expect(oracleHealth({ ...rule, files, trimmedSamples: [30], every: 12 })).toMatchObject({ samples: 3, touched: new Map([[0, 2]]), saturated: [0, 1] });
  });

  it('joins what lies less than a millisecond apart', () => {
    expect(oracleSpans([1, 2, 32, 62, 93], 30000)).toEqual([{ start: 1, end: 63 }, { start: 93, end: 94 }]);
  });
});
