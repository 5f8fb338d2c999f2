// What people type into fields, as parameters take it.

import { describe, expect, test } from 'vitest';
import type { ParameterSpec } from '../../../core/service/contract/index.ts';
import { pairText, parseNumber, rangeText, readNumber, readPair, readValue, valueText } from '../../../renderer/components/typedValues.ts';

const spec = (kind: ParameterSpec['kind'], more: Partial<ParameterSpec> = {}): ParameterSpec => ({ name: `s.${kind}`, key: 'key', kind, help: '', group: '', ...more });

describe('numbers', () => {
  test('have a decimal point or comma', () => {
    expect([parseNumber('0.5'), parseNumber(' 0,5 '), parseNumber('.5'), parseNumber('-2'), parseNumber('1e-3')]).toEqual([0.5, 0.5, 0.5, -2, 0.001]);
    expect([parseNumber('1.000,5'), parseNumber('2 ms'), parseNumber(''), parseNumber('1,2,3')]).toEqual([undefined, undefined, undefined, undefined]);
  });

  test('out of range are told the range with its unit', () => {
    expect(readNumber('isi_threshold', '0,5', { min: 0.0005, max: 0.01, unit: 's' })).toEqual({ problem: 'isi_threshold: 0.0005 to 0.01 s.' });
    expect(readNumber('seed', '1,5', { whole: true })).toEqual({ problem: 'seed: \'1,5\' is not a whole number.' });
    expect(readNumber('radius', '20', { min: 20 })).toEqual({ value: 20 });
    expect([rangeText({ min: 0, unit: 'um' }), rangeText({ max: 3 }), rangeText({})]).toEqual(['at least 0 um', 'at most 3', '']);
  });

  test('are printed without the dust of binary fractions', () => {
    expect([valueText(0.1 + 0.2), valueText(1e-7), valueText([0, 10]), valueText(undefined)]).toEqual(['0.3', '1e-7', '0, 10', '']);
  });
});

describe('thresholds', () => {
  test.each([['8,9', '[8,9]'], ['[8, 9]', '[8,9]'], ['8 9', '[8,9]'], ['8;9', '[8,9]'], ['8,5; 9', '[8.5,9]'], ['8,5 9,5', '[8.5,9.5]'], ['10.5,4', '[10.5,4]']])('%s is read as %s', (text, pair) => {
    expect(readPair('Thresholds', text)).toEqual({ value: pair });
  });

  test.each(['8', '8,9,10', 'a,b', ''])('%s is not a pair', (text) => {
    expect(readPair('Thresholds', text)).toEqual({ problem: 'Thresholds: two thresholds, such as 8,9.' });
  });

  test('stand in fields without brackets', () => {
    expect(pairText('[10, 4]')).toBe('10,4');
  });
});

test('lists and texts', () => {
  expect(readValue(spec('numbers'), '0, 3 7;9')).toEqual({ value: [0, 3, 7, 9] });
  expect(readValue(spec('numbers'), '0, x')).toEqual({ problem: 'key: \'x\' is not a number.' });
  expect(readValue(spec('texts'), '')).toEqual({ value: [] });
  expect(readValue(spec('text'), ' [0 Inf] ')).toEqual({ value: '[0 Inf]' });
});
