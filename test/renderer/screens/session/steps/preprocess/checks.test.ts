// Mistakes in a chain are said where it is set, with a way out.

import { expect, test } from 'vitest';
import { chainOf } from '../../../../../../renderer/screens/session/steps/preprocess/chain.ts';
import { type ChainFacts, chainFindings } from '../../../../../../renderer/screens/session/steps/preprocess/checks.ts';

const facts: ChainFacts = { rate_Hz: 30000, hasMicrons: true, scan: null };

function findings(cmd: string, more: Record<string, unknown> = {}, given: Partial<ChainFacts> = {}) {
  const session = { catGT_cmd_string: cmd, car_mode: 'None', ...more };
  return chainFindings(session, chainOf(session), { ...facts, ...given });
}
const ids = (...args: Parameters<typeof findings>) => findings(...args).map(({ id, severity }) => `${severity} ${id}`);

test('a usual chain has none', () => {
  expect(ids('-apfilter=butter,12,300,10000 -gfix=0.4,0.1,0.02', { car_mode: 'gblcar' })).toEqual([]);
});

test.each([
  ['-apfilter=butter,12,9000,300', 'the upper corner 300 Hz must lie above the lower corner 9,000 Hz'],
  ['-apfilter=butter,12,300,16000', 'must lie below 15,000 Hz'],
  ['-apfilter=butter,0,300,10000', 'The order is a whole number from 1 on, not 0'],
  ['-apfilter=butter,12,0,0', 'neither a high-pass nor a low-pass corner'],
])('corners and order: %s', (cmd, text) => {
  expect(findings(cmd)[0]).toMatchObject({ severity: 'stop' });
  expect(findings(cmd)[0].text).toContain(text);
});

test('a high-pass alone is noted: the native CatGT refuses it', () => {
  expect(ids('-apfilter=butter,12,300,0')).toEqual(['note filter-open']);
});

test('CAR without a high-pass offers one', () => {
  const [found] = findings('-prb_fld', { car_mode: 'gblcar' });
  expect(found).toMatchObject({ id: 'car-no-highpass', next: [{ patch: { catGT_cmd_string: '-prb_fld -apfilter=butter,12,300,10000' } }] });
});

test('the ring of loccar', () => {
  const cmd = '-apfilter=butter,12,300,10000';
  expect(ids(cmd, { car_mode: 'loccar', loccar_min: 5, loccar_max: 140 })).toEqual(['stop loccar-radii']);
  expect(ids(cmd, { car_mode: 'loccar', loccar_min: 140, loccar_max: 140 })).toEqual(['stop loccar-radii']);
  expect(ids(cmd, { car_mode: 'loccar', loccar_min: 40, loccar_max: 140 }, { hasMicrons: false })).toEqual(['stop loccar-geometry']);
});

test('too much replaced by gfix', () => {
  const scan = { at_s: new Float64Array(0), amp_mV: new Float32Array(0), slope_mV: new Float32Array(0), len_ms: new Float32Array(0), spans: { count: 186, perSecond: 3.1, share_pct: 1.8, longest_ms: 8 }, seconds: 60, whole_s: 600, worst_s: 0 };
  const [found] = findings('-apfilter=butter,12,300,10000 -gfix=0.4,0.1,0.02', {}, { scan });
  expect(found).toMatchObject({ id: 'gfix-often', text: 'gfix would replace 3.1 spans per second, 1.8 % of the recording. That is more than artefacts: raise the slope threshold.' });
});

test('gfix needs a high-pass', () => {
  expect(ids('-gfix=0.4,0.1,0.02')).toEqual(['warn gfix-no-highpass']);
});

test('LF from AP keeps one sample in a divisor of 30,000', () => {
  expect(ids('-ap2lf_dwnsmp=7', { process_lf: true })).toEqual(['stop downsample']);
  expect(ids('-ap2lf_dwnsmp=7')).toEqual([]);
});
