// Values to pixels: the tip is the lowest row, blue is negative, a pixel shows the sample farthest from zero.

import { expect, test } from 'vitest';
import { heatPixels, lineChannels, nextRange, ramp, rangeOf } from '../../../../../../renderer/screens/session/steps/preprocess/pixels.ts';
import { countBeyond, logRange } from '../../../../../../renderer/screens/session/steps/preprocess/tune.ts';
import { ticksBetween } from '../../../../../../renderer/screens/session/steps/preprocess/drawScatter.ts';

const ground = { negative: [0, 0, 255], ground: [0, 0, 0], positive: [255, 128, 0], unused: [90, 90, 90] } as const;

test('colours are symmetric about the ground', () => {
  const colors = ramp(ground);
  expect([...colors.subarray(0, 3)]).toEqual([0, 0, 255]);
  expect([...colors.subarray(255 * 3, 255 * 3 + 3)]).toEqual([0, 0, 0]);
  expect([...colors.subarray(510 * 3)]).toEqual([255, 128, 0]);
});

test('the first channel is the lowest row; beyond the range colours stay at their ends; unused channels are grey', () => {
  const plane = { min: Float32Array.from([-200, -10, 0, -5]), max: Float32Array.from([50, 20, 0, 5]) };
  const pixels = heatPixels(plane, Uint8Array.from([1, 0]), 2, 100, ground);
  const at = (row: number, column: number) => [...pixels.subarray((row * 2 + column) * 4, (row * 2 + column) * 4 + 4)];
  expect(at(1, 0)).toEqual([0, 0, 255, 255]);
  expect(at(1, 1)).toEqual([51, 26, 0, 255]);
  expect(at(0, 0)).toEqual([60, 60, 60, 255]);
});

test('the range shows most of what used channels have, in steps that read well', () => {
  const plane = { min: new Float32Array(200).fill(-40), max: new Float32Array(200).fill(42) };
  plane.max.fill(4000, 100);
  expect(rangeOf(plane, Uint8Array.from([1, 0]), 100)).toBe(50);
  expect([nextRange(50, 1), nextRange(50, -1), nextRange(5000, 1)]).toEqual([75, 30, 5000]);
});

test('lines thin out evenly where there is no room for all', () => {
  expect(lineChannels(8, 100)).toHaveLength(8);
  expect(lineChannels(8, 3)).toEqual([0, 3, 6]);
});

test('candidates beyond both thresholds are counted', () => {
  const scan = { at_s: Float64Array.from([1, 2, 3]), amp_mV: Float32Array.from([0.5, 0.5, 0.2]), slope_mV: Float32Array.from([0.2, 0.05, 0.2]), len_ms: new Float32Array(3), spans: { count: 1, perSecond: 0.1, share_pct: 0, longest_ms: 1 }, seconds: 10, whole_s: 10, worst_s: 0 };
  expect(countBeyond(scan, { amp_mV: 0.4, slope_mV: 0.1 })).toEqual({ accepted: 1, candidates: 3, perSecond: 0.1 });
  const [low, high] = logRange(scan.amp_mV, 0.1, 0.4);
  expect(10 ** low).toBeLessThan(0.1);
  expect(10 ** high).toBeGreaterThan(0.75);
  expect(ticksBetween(-1, 0)).toEqual([0.1, 0.2, 0.5, 1]);
});
