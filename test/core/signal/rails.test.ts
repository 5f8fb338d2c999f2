// Values at the rails and near them, in a block as it was read, against a plain loop.

import { describe, expect, it } from 'vitest';
import { createChain, FFT_POINTS } from '../../../core/signal/index.ts';
import { specOf } from './blocks.ts';

const limits = { rails: { low: -2046, high: 2046 }, near: { low: -2040, high: 2042 } };

describe.each(['best', 'plain'] as const)('the %s kernels', (variant) => {
  it.each([[1, 1], [7, 1], [8, 1], [9, 12], [16, 5], [31, 1], [31, 12]])('scan the first %i columns, %i rows as one', (columns, every) => {
    const used = Array.from({ length: 31 }, (_, column) => column % 3 > 0);
    const chain = createChain({ ...specOf(31, { used }), columns: 33 }, variant);
    let state = 7;
    for (let i = 0; i < chain.input.length; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      chain.input[i] = state >> 20; // -2048 to 2047
    }
    const [first, rows] = [500, FFT_POINTS - 501];
    const expected: number[] = [];
    const touched = Array.from({ length: columns }, () => new Set<number>());
    for (let row = 0; row < rows; row++) {
      const values = [...chain.input.subarray((first + row) * 33, (first + row) * 33 + columns)];
      const near = values.flatMap((value, column) => (value <= -2040 || value >= 2042 ? [column] : []));
      if (near.length > 0) expected.push(row, near.filter((column) => used[column]).length);
      values.forEach((value, column) => (value <= -2046 || value >= 2046) && touched[column].add(Math.floor(row / every)));
    }
    for (let again = 0; again < 2; again++) {
      const scan = chain.scanRails(first, rows, every, { ...limits, columns });
      expect([...scan.near]).toEqual(expected);
      expect([...scan.touched]).toEqual(touched.map((groups) => groups.size));
    }
  });

  it('find the ends of int16, in the first and the last row', () => {
    const chain = createChain(specOf(8), variant);
    chain.input[3] = 32767;
    chain.input[(FFT_POINTS - 1) * 9 + 7] = -32768;
    const ends = { low: -32768, high: 32767 };
    const scan = chain.scanRails(0, FFT_POINTS, 1, { columns: 8, rails: ends, near: ends });
    expect([...scan.near]).toEqual([0, 1, FFT_POINTS - 1, 1]);
    expect([...scan.touched]).toEqual([0, 0, 0, 1, 0, 0, 0, 1]);
    expect(() => chain.scanRails(1, FFT_POINTS, 1, { columns: 8, rails: ends, near: ends })).toThrow(RangeError);
  });
});
