import { describe, expect, it } from 'vitest';
import { biquad } from './biquad.ts';

const through = (counts: readonly number[], high: number, low: number, rate: number): number[] => {
  const highPass = biquad('high', high, rate, 512);
  const lowPass = biquad('low', low, rate, 512);
  return counts.map((count) => lowPass.next(highPass.next(count)) || 0);
};

describe('biquad', () => {
  it('gives what CatGT 5.3 wrote for a column of an AP file, 300 to 9000 Hz', () => {
    const read = [5, 0, -6, -6, -6, 0, -1, -2, -4, -5, -7, 5, 11, 1, -5, -6, -3, -4, -3, 1, 3, 4, -5, -9];
    const written = [1, 2, -2, -6, -5, -2, 0, 0, -1, -2, -3, 0, 9, 9, -1, -5, -2, -1, -1, 0, 3, 4, 1, -4];
    expect(through(read, 300, 9000, 30000.0732)).toEqual(written);
  });

  it('gives what CatGT 5.3 wrote for a column of an LF file, 1 to 300 Hz', () => {
    const read = [3, 1, 3, 6, 8, 8, 7, 5, 4, 4, 6, 10, 11, 14, 14, 15, 16, 13, 12, 12, 15, 16, 16, 17];
    const written = [0, 0, 0, 1, 2, 4, 6, 6, 5, 4, 3, 4, 5, 8, 10, 12, 13, 14, 13, 12, 11, 12, 13, 14];
    expect(through(read, 1, 300, 2500.0061)).toEqual(written);
  });

  it('stays within the range of the converter', () => {
    const highPass = biquad('high', 300, 30000, 512);
    expect(highPass.next(30000)).toBe(511);
    expect(highPass.next(-30000)).toBe(-512);
  });
});
