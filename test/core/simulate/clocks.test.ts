// Everything happens in true time; every stream sees it at its own samples.

import { describe, expect, test } from 'vitest';
import { quickRun } from '../../../core/simulate/index.ts';
import type { SimulatedFile } from '../../../core/simulate/index.ts';
import { dividedClock, firstSampleFrom, makeClock } from '../../../core/simulate/clock.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { columnOf, fileOf, metaOf, risingEdges } from './read.ts';

/** File samples at which times (s) are first seen, by a clock of `rate` that starts with the acquisition. */
function seenAt(times: readonly number[], rate: number, file: SimulatedFile): number[] {
  return times.map((time) => Math.ceil(time * rate) - file.firstSample).filter((sample) => sample > 0 && sample < file.samples);
}

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('the sync wave', () => {
  test('rises on every stream at the samples of its own clock', async () => {
    const run = await quickRun(temporaryFolder(), {
      seconds: 6,
      sync: { periodS: 1, firstS: 0.3 },
      probes: [
        { savedChannels: '0:1', clock: { ppm: 40 }, units: { count: 0 } },
        { partNumber: 'NP2013', savedChannels: '5', clock: { ppm: -75 }, units: { count: 0 } },
      ],
      ni: { xa: 1, xd: 1, clock: { ppm: 12.5 }, sync: { line: 3 } },
      oneBoxes: [{ clock: { ppm: -30 } }],
    });
    const onsets = range(9).map((index) => 0.3 + index);
    const cases: [string, number, number, number][] = [
      ['imec0.ap', 30000 * (1 + 40e-6), -1, 6],
      ['imec0.lf', 2500 * (1 + 40e-6), -1, 6],
      ['imec1.ap', 30000 * (1 - 75e-6), -1, 6],
      ['nidq', 25000 * (1 + 12.5e-6), 1, 3],
      ['obx0', 30303 * (1 - 30e-6), -1, 6],
    ];
    for (const [label, rate, column, bit] of cases) {
      const file = fileOf(run, label);
      expect(risingEdges(columnOf(file, column), bit), label).toEqual(seenAt(onsets, rate, file));
      expect(file.rate, label).toBeCloseTo(rate, 3);
    }
  });

  test('can be an analog input of NI, above the threshold the meta tells', async () => {
    const run = await quickRun(temporaryFolder(), { seconds: 3, ni: { xa: 3, clock: { ppm: 0 }, sync: { channel: 2, volts: 4.5, threshold: 2 } } });
    const file = fileOf(run, 'nidq');
    const meta = metaOf(file).values;
    expect([meta.get('syncNiChanType'), meta.get('syncNiChan'), meta.get('syncNiThresh')]).toEqual(['1', '2', '2']);
    const threshold = Math.trunc((32767 * 2) / 5);
    const high = columnOf(file, 2).map((value) => Number(value >= threshold));
    expect(risingEdges(high, 0)).toEqual(seenAt(range(5).map((index) => 0.25 + index), 25000, file));
  });

  test('an uncalibrated stream tells its nominal rate', async () => {
    const run = await quickRun(temporaryFolder(), { seconds: 0.1, probe: { clock: { ppm: 100, calibrated: false } } });
    expect(metaOf(fileOf(run, 'imec0.ap')).values.get('imSampRate')).toBe('30000');
    expect(run.truth.streams[0]!.rate).toBeCloseTo(30003, 6);
  });
});

test('a short file may lie a day into the acquisition, beyond 2^31 samples', async () => {
  const run = await quickRun(temporaryFolder(), { spans: [{ gate: 0, trigger: 0, fromS: 100_000, toS: 100_002 }], probe: { clock: { ppm: 10 }, units: { rateHz: 30 } }, ni: null });
  const file = fileOf(run, 'imec0.ap');
  expect(file.firstSample).toBe(12 * Math.round((100_000 * 30000 * (1 + 10e-6)) / 12));
  expect(risingEdges(columnOf(file, -1), 6)).toEqual(seenAt([100_000.25, 100_001.25], 30000 * (1 + 10e-6), file));
  const { samples } = run.truth.probes[0]!.gates[0]!;
  expect(samples.length).toBeGreaterThan(100);
  expect(samples.every((sample) => sample >= file.firstSample && sample < file.firstSample + file.samples)).toBe(true);
});

describe('events', () => {
  test('stand on their lines for as long as they last', async () => {
    const events = [
      { name: 'lick', widthsMs: [5], atS: [1.2, 1.5, 2.25], outlets: [{ stream: 'nidq', line: 17 }, { stream: 'imec0', line: 2 }] },
      { name: 'reward', widthsMs: [25], atS: [1.75], outlets: [{ stream: 'nidq', line: 1 }] },
    ];
    const run = await quickRun(temporaryFolder(), { events, ni: { xa: 0, xd: 2, clock: { ppm: 0 } }, probe: { clock: { ppm: 0 } } });
    const ni = fileOf(run, 'nidq');
    const [low, high] = [columnOf(ni, 0), columnOf(ni, 1)];
    expect(risingEdges(high, 1)).toEqual(seenAt([1.2, 1.5, 2.25], 25000, ni));
    expect(high.filter((word) => (word >> 1) & 1).length).toBe(3 * 125);
    expect(risingEdges(low, 1)).toEqual(seenAt([1.75], 25000, ni));
    expect(low.filter((word) => (word >> 1) & 1).length).toBe(625);
    const ap = fileOf(run, 'imec0.ap');
    expect(risingEdges(columnOf(ap, -1), 2)).toEqual(seenAt([1.2, 1.5, 2.25], 30000, ap));
    expect(run.truth.events.map(({ name, onsets }) => [name, [...onsets]])).toEqual([['lick', [1.2, 1.5, 2.25]], ['reward', [1.75]]]);
  });

  test('a photodiode follows them within a few milliseconds, up to its volts', async () => {
    const events = [{ name: 'flash', widthsMs: [100], atS: [1.5], outlets: [{ stream: 'nidq', channel: 0, volts: 4, shape: 'photodiode' as const }] }];
    const run = await quickRun(temporaryFolder(), { events, ni: { clock: { ppm: 0 } } });
    const file = fileOf(run, 'nidq');
    const volts = Array.from(columnOf(file, 0), (count) => (5 * count) / 32768);
    const at = (time: number) => volts[Math.round(time * 25000) - file.firstSample]!;
    expect(Math.abs(at(1.49))).toBeLessThan(0.05);
    expect(at(1.501)).toBeGreaterThan(1.5);
    expect(at(1.55)).toBeGreaterThan(3.6);
    expect(at(1.55)).toBeLessThan(4.1);
    expect(at(1.605)).toBeLessThan(0.3);
  });

  test('a counter counts on its lines', async () => {
    const run = await quickRun(temporaryFolder(), { seconds: 3, counters: [{ stream: 'nidq', firstLine: 4, bits: 3, periodS: 0.25 }], ni: { clock: { ppm: 0 } }, sync: null });
    const file = fileOf(run, 'nidq');
    const values = columnOf(file, 2).map((word) => (word >> 4) & 7);
    const expected = values.map((_, sample) => Math.floor((sample + file.firstSample) / 6250) % 8);
    expect(values).toEqual(expected);
  });
});

describe('a clock', () => {
  const wandering = makeClock(30000, { ppm: 20, wanderPpm: 8, wanderPeriodS: 300, startS: 0.002 });

  test('finds the time of a position and back', () => {
    for (const time of [0.1, 77.7, 1234.5, 108_000]) expect(wandering.timeAt(wandering.positionAt(time))).toBeCloseTo(time, 9);
  });

  test('runs fast and slow around its mean rate', () => {
    const rateAt = (time: number) => (wandering.positionAt(time + 0.5) - wandering.positionAt(time - 0.5)) / 30000;
    expect(rateAt(75)).toBeCloseTo(1 + 28e-6, 8);
    expect(rateAt(225)).toBeCloseTo(1 + 12e-6, 8);
    expect(wandering.rate).toBeCloseTo(30000.6, 9);
  });

  test('divided by twelve, ticks with every twelfth sample', () => {
    expect(dividedClock(wandering, 12).positionAt(3)).toBe(wandering.positionAt(3) / 12);
  });

  test('an edge exactly on a sample is seen by that sample', () => {
    const exact = makeClock(30000, { ppm: 0, wanderPpm: 0, wanderPeriodS: 1, startS: 0 });
    for (const sample of [1, 33, 1_000_001, 2 ** 31 + 1]) expect(firstSampleFrom(exact, sample / 30000)).toBe(sample);
  });
});
