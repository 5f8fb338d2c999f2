import { expect, it } from 'vitest';
import type { BitSurvey, LineSurvey, WordSurvey } from '../../../core/service/contract/index.ts';
import { lineRows } from '../../../renderer/screens/run/lineRows.ts';

const quiet = { edges: 0, rate_Hz: null, period_ms: null, width_ms: null, widths_ms: null, duty_pct: null };
const word: WordSurvey = {
  word: 2, name: 'XA2', acquired: 2, kind: 'analog', volts_per_count: 1, range_V: 5, gain: 1, min_V: -0.01, max_V: 4.81, median_V: 0, noise_V: 0.0029, levels_V: [0, 4.8], threshold_V: 2.4,
  train: { ...quiet, edges: 412, rate_Hz: 0.33, width_ms: 25, duty_pct: 0.8 }, sync: false, bits: [], text: '412 pulses of 25 ms',
};
const bit = (number: number, more: Partial<BitSurvey>): BitSurvey => ({ ...quiet, bit: number, constant: null, sync: false, ...more });

it('tells each analog line and each bit that changes in a row', () => {
  const digital: WordSurvey = { ...word, word: 3, name: 'DW', kind: 'digital', train: null, text: '1 of 3 bits changes', bits: [bit(0, { edges: 60, rate_Hz: 1, width_ms: 500, duty_pct: 50, sync: true }), bit(1, { constant: 0 }), bit(2, { constant: 1 })] };
  const survey: LineSurvey = { rate_Hz: 25000, length_s: 60, covered_s: 60, gaps: [], files: [], words: [word, digital], proposals: [] };
  expect(lineRows(survey)).toEqual([
    { line: '2', name: 'XA2', levels: '-0.01 to 4.81 V, median 0.00 V, noise 2.9 mV', pulses: '412', rate: '0.33 Hz', width: '25 ms', duty: '0.8 %', says: '412 pulses of 25 ms' },
    { line: '3', name: 'DW, 3 bits', levels: '', pulses: '', rate: '', width: '', duty: '', says: '1 of 3 bits changes; 2 never change' },
    { line: '3.0', name: 'DW bit 0', levels: '', pulses: '60', rate: '1 Hz', width: '500 ms', duty: '50 %', says: 'sync: CatGT takes it by itself' },
  ]);
});

it('leaves empty what was never recorded', () => {
  const [row] = lineRows({ rate_Hz: 25000, length_s: 0, covered_s: 0, gaps: [], files: [], words: [{ ...word, min_V: null, train: null, text: 'no data' }], proposals: [] });
  expect(row).toMatchObject({ levels: '', pulses: '', rate: '', says: 'no data' });
});
