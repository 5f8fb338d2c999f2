// Finding the rows of a block that reach a limit, against a plain loop.

import { describe, expect, it } from 'vitest';
import { createChain, FFT_POINTS } from '../../../core/signal/index.ts';
import { specOf } from './blocks.ts';

describe.each(['best', 'plain'] as const)('the %s kernels', (variant) => {
  it.each([1, 7, 8, 9, 16, 31])('find the rows in which one of the first %i columns reaches a limit', (columns) => {
    const spec = { ...specOf(31), columns: 33 };
    const chain = createChain(spec, variant);
    let state = 7;
    for (let i = 0; i < chain.input.length; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      chain.input[i] = state >> 20; // -2048 to 2047
    }
    const [first, rows, low, high] = [500, FFT_POINTS - 501, -2044, 2045];
    const expected = Array.from({ length: rows }, (_, row) => row).filter((row) => {
      const values = chain.input.subarray((first + row) * 33, (first + row) * 33 + columns);
      return values.some((value) => value <= low || value >= high);
    });
    expect(expected.length).toBeGreaterThan(0);
    expect([...chain.inputRowsBeyond(first, rows, columns, low, high)]).toEqual(expected);
  });

  it('find the ends of int16, in the first and the last row', () => {
    const chain = createChain(specOf(8), variant);
    const stride = specOf(8).columns;
    chain.input[3] = 32767;
    chain.input[(FFT_POINTS - 1) * stride + 7] = -32768;
    expect([...chain.inputRowsBeyond(0, FFT_POINTS, 8, -32768, 32767)]).toEqual([0, FFT_POINTS - 1]);
    expect(() => chain.inputRowsBeyond(1, FFT_POINTS, 8, -1, 1)).toThrow(RangeError);
  });
});
