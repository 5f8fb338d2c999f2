// Bounds in a filter: what the sliders read and write; and what a word being typed can become.

import { describe, expect, test } from 'vitest';
import type { UnitTable } from '../../../core/service/contract/index.ts';
import { boundsOf, joined, withBound } from '../../../renderer/screens/units/bounds.ts';
import { completions } from '../../../renderer/screens/units/completions.ts';
import { histogram, placeOf, valueAt } from '../../../renderer/screens/units/histogram.ts';
import { readSorts, shownRows, sortText, tsv } from '../../../renderer/screens/units/unitRows.ts';

describe('bounds', () => {
  test('are read from comparisons with a number, whole names only', () => {
    expect(boundsOf('snr > 3 && isi_viol < 0.1', 'snr')).toEqual({ least: 3, most: null });
    expect(boundsOf('(snr >= 3 and snr < 1e2) || x > 1', 'snr')).toEqual({ least: 3, most: 100 });
    expect(boundsOf('nsnr > 3 && snr + 1 > 3 && snr > depth', 'snr')).toEqual({ least: null, most: null });
  });

  test.each([
    ['', 3, 'snr > 3'],
    ['label == "good"', 3, 'label == "good" && snr > 3'],
    ['a > 1 || b > 2', 3, '(a > 1 || b > 2) && snr > 3'],
    ['snr >= 5 && isi_viol < 0.1', 3, 'snr >= 3 && isi_viol < 0.1'],
    ['snr > 5 && isi_viol < 0.1', null, 'isi_viol < 0.1'],
    ['isi_viol < 0.1 && snr > 5', null, 'isi_viol < 0.1'],
    ['snr > 5', null, ''],
    ['(snr > 5) || isi_viol < 0.1', null, '(1) || isi_viol < 0.1'],
    ['isi_viol < 0.1', null, 'isi_viol < 0.1'],
  ])('of %j set to %j become %j', (text, value, expected) => {
    expect(withBound(text, 'snr', 'least', value)).toBe(expected);
  });

  test('both sides of one metric stand beside each other', () => {
    expect(withBound(withBound('', 'snr', 'least', 3), 'snr', 'most', 20)).toBe('snr > 3 && snr < 20');
    expect(joined(' ', 'a > 1')).toBe('a > 1');
  });

  test('a place on the axis of a histogram and its value are the same, on a logarithmic axis too', () => {
    for (const isLog of [false, true]) {
      const drawn = histogram(Float64Array.from({ length: 200 }, (_, index) => 1 + index), [], isLog);
      for (const value of [1, 20, 150, 200]) expect(valueAt(drawn, placeOf(drawn, value))).toBe(value);
      expect(placeOf(drawn, -5)).toBe(0);
    }
  });
});

const column = (key: string, title: string, aliases: readonly string[] = []) => ({ key, title, unit: '', help: 'Help.', good: '', log: false, version: 1, aliases, undefinedBecause: '' });
const table: UnitTable = {
  ids: Int32Array.of(3, 7, 9), columns: [column('snr', 'Signal-to-noise ratio'), column('isi_viol', 'ISI violations', ['rpv'])],
  values: { snr: Float64Array.of(5, 5, NaN), isi_viol: Float64Array.of(0.2, 0.1, 0) }, labels: { group: ['good', '', ''], bombcell: ['', 'noise', ''] }, labelsAt: '',
};

test('a word is completed by key, alias and title, the rest of the line stays', () => {
  expect(completions(table, 'isi_viol < 0.1 && s')).toMatchObject([{ name: 'snr', text: 'isi_viol < 0.1 && snr', range: [5, 5] }]);
  expect(completions(table, 'rp').map(({ text }) => text)).toEqual(['isi_viol']);
  expect(completions(table, 'label').map(({ name }) => name)).toEqual(['label.group', 'label.bombcell']);
  expect([completions(table, "label == 's"), completions(table, 'snr > '), completions(table, 'snr')].map((list) => list.length)).toEqual([0, 0, 0]);
});

test('sets of labels have names with a point, sorting goes by several columns, undefined values last', () => {
  const rows = (filter: string, sort: string) => shownRows(table, filter, readSorts(sort)).rows;
  expect(rows("label.bombcell == 'noise'", 'id')).toEqual([1]);
  expect(rows('', 'snr,isi_viol')).toEqual([1, 0, 2]);
  expect(rows('', '-snr,-isi_viol')).toEqual([0, 1, 2]);
  expect(sortText(readSorts('snr'), { key: 'id', descending: true }, true)).toBe('snr,-id');
  expect(sortText(readSorts('snr,-id'), { key: 'id', descending: false }, false)).toBe('id');
});

test('what is shown can be pasted into a spreadsheet', () => {
  expect(tsv(table, table.columns.slice(0, 1), [2, 0])).toBe('unit\tlabel\tSignal-to-noise ratio\n9\t\t\n3\tgood\t5');
});

test('of two thousand units with sixty columns as many pass as counted by hand', () => {
  const count = 2000;
  const keys = Array.from({ length: 60 }, (_, index) => `m${index}`);
  const big: UnitTable = { ids: Int32Array.from({ length: count }, (_, index) => index), columns: keys.map((key) => column(key, key)), values: Object.fromEntries(keys.map((key, k) => [key, Float64Array.from({ length: count }, (_, index) => ((index * 7919 + k * 31) % 1000) / 10)])), labels: { group: Array<string>(count).fill('') }, labelsAt: '' };
  const { rows } = shownRows(big, 'm1 > 20 && m2 < 80 && (m3 > 10 || m4 < 5)', readSorts('-m5,m6'));
  expect(rows.length).toBe(Array.from(big.ids.keys()).filter((row) => big.values.m1[row] > 20 && big.values.m2[row] < 80 && (big.values.m3[row] > 10 || big.values.m4[row] < 5)).length);
});
