import { describe, expect, test } from 'vitest';
import { formatFixed6, formatG, parseDecimal } from '../../../core/common/index.ts';

describe('numbers as the reference tools print them', () => {
  test.each([
    [0.4, '0.4'],
    [12, '12'],
    [0.1, '0.1'],
    [10000, '10000'],
    [1234567, '1.23457e+06'],
    [0.00001, '1e-05'],
    [-0.5, '-0.5'],
    [0, '0'],
    [30000.0732, '30000.1'],
    [999999.5, '1e+06'],
    [1000.125, '1000.12'],
    [1000.375, '1000.38'],
  ])('%%g of %d is %s', (value, text) => expect(formatG(value)).toBe(text));

  test('fewer digits: %.3g', () => {
    expect(formatG(1.0162, 3)).toBe('1.02');
    expect(formatG(0.000987654, 3)).toBe('0.000988');
    expect(formatG(1234, 3)).toBe('1.23e+03');
    expect(formatG(1.125, 3)).toBe('1.12'); // nine gfix edits in eight seconds
    expect(formatG(2.5, 1)).toBe('2');
    expect(formatG(-0.15, 1)).toBe('-0.1'); // a little less in binary
  });

  test('six decimals', () => {
    expect(formatFixed6(2.5699937)).toBe('2.569994');
    expect(formatFixed6(0)).toBe('0.000000');
  });

  test('six decimals of odd multiples of 1/128 end evenly', () => {
    expect([125, 375, 625].map((sample) => formatFixed6(sample / 16000))).toEqual(['0.007812', '0.023438', '0.039062']);
    expect(formatFixed6(-7 / 128)).toBe('-0.054688');
    expect(formatFixed6(100_000 + 1 / 128)).toBe('100000.007812');
  });

  test('a decimal comma is read, nonsense is not', () => {
    expect(parseDecimal(' 1,5 ')).toBe(1.5);
    expect(parseDecimal('-.5e2')).toBe(-50);
    for (const text of ['', '1.2.3', '5 ms', '0x10', '.', 'NaN']) expect(parseDecimal(text)).toBeUndefined();
  });
});
