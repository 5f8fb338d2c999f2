// The truth says what is in the data: spikes where it says, as strong as it says, on each channel's own moment of
// conversion.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { npyNumbers, readNpy } from '../../../core/formats/index.ts';
import { microvoltsPerCount, muxRow, probeFacts } from '../../../core/spikeglx/index.ts';
import { quickRun } from '../../../core/simulate/index.ts';
import type { QuickOverrides, SimulatedFile, SimulatedRun } from '../../../core/simulate/index.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { columnOf, fileOf, metaOf } from './read.ts';

const silence = { whiteUv: 0, backgroundUv: 0, commonUv: 0, lineUv: 0, lfpUv: 0 };

function microvolts(file: SimulatedFile, column: number): Float64Array {
  const scale = microvoltsPerCount(metaOf(file), file.stream)[column]!;
  return Float64Array.from(columnOf(file, column), (count) => count * scale);
}

/** The mean of `signal` at offsets -20 .. 40 from each sample. */
function meanAround(signal: Float64Array, samples: readonly number[]): Float64Array {
  const inside = samples.filter((sample) => sample >= 20 && sample + 40 < signal.length);
  return Float64Array.from({ length: 61 }, (_, offset) => inside.reduce((sum, sample) => sum + signal[sample + offset - 20]!, 0) / inside.length);
}

function spikesOf(run: SimulatedRun, unit: number, file: SimulatedFile): number[] {
  const { samples, units } = run.truth.probes[0]!.gates[0]!;
  return [...samples].filter((_, index) => units[index] === unit).map((sample) => sample - file.firstSample);
}

/** Where the lowest point lies, by a parabola through three samples, relative to offset 0. */
function trough(mean: Float64Array): number {
  const at = mean.indexOf(Math.min(...mean));
  const [left, middle, right] = [mean[at - 1]!, mean[at]!, mean[at + 1]!];
  return at - 20 + (0.5 * (left - right)) / (left - 2 * middle + right);
}

describe('spikes', () => {
  const alone = (overrides: QuickOverrides = {}) => quickRun(temporaryFolder(), {
    seconds: 8, ni: null, savedChannels: '0:23', ...overrides,
    probe: { noise: silence, lf: false, ...overrides.probe, units: { count: 1, rateHz: 30, rateSpread: 0, amplitudeUv: 300, amplitudeSpread: 0, bursting: 0, ...overrides.probe?.units } },
  });

  test('lie at the true times, with the true amplitude on the best channel', async () => {
    const run = await quickRun(temporaryFolder(), { seconds: 10, ni: null, probe: { lf: false, units: { count: 3, rateHz: 15 } } });
    const file = fileOf(run, 'imec0.ap');
    const { units } = run.truth.probes[0]!;
    for (const { unit, column, amplitudeUv, spikes } of units) {
      const mean = meanAround(microvolts(file, column), spikesOf(run, unit, file));
      const at = mean.indexOf(Math.min(...mean)) - 20;
      expect(spikes).toBeGreaterThan(20);
      expect([-1, 0]).toContain(at);
      expect(-mean[at + 20]! / amplitudeUv).toBeGreaterThan(0.75);
      expect(-mean[at + 20]! / amplitudeUv).toBeLessThan(1.15);
    }
  });

  test('come earlier in the columns that are converted later', async () => {
    const run = await alone({ probe: { units: { families: { wide: 1, narrow: 0, dendritic: 0, axonal: 0 } } } });
    const file = fileOf(run, 'imec0.ap');
    const facts = probeFacts(metaOf(file));
    const spikes = spikesOf(run, 0, file);
    const best = run.truth.probes[0]!.units[0]!.column;
    const near = [-4, -2, -1, 0, 1, 2, 4].map((step) => best + step).filter((column) => column >= 0 && column < 24);
    const positions = near.map((column) => trough(meanAround(microvolts(file, column), spikes)) + muxRow(facts, column) / 13);
    // After tshift all columns agree; what is left is common: times are rounded to whole samples.
    for (const position of positions) expect(position).toBeCloseTo(positions[0]!, 1);
    expect(Math.abs(positions[0]!)).toBeLessThan(0.15);
  });

  test('keep the refractory period, also across the chunks they are made in', async () => {
    const run = await alone({ seconds: 24, savedChannels: '0:3', probe: { units: { refractoryMs: 4, rateHz: 60, count: 2, bursting: 1 } } });
    const { samples, units } = run.truth.probes[0]!.gates[0]!;
    for (const unit of [0, 1]) {
      const own = [...samples].filter((_, index) => units[index] === unit);
      const shortest = own.reduce((least, sample, index) => (index > 0 ? Math.min(least, sample - own[index - 1]!) : least), Infinity);
      expect(shortest).toBeGreaterThanOrEqual(119);
      expect(own.length).toBeGreaterThan(400);
    }
  });

  test('move with the tissue', async () => {
    // Up by four rows (80 um) in the middle of the run: the best channel moves by eight.
    const run = await alone({ seconds: 6, savedChannels: '0:31', probe: { drift: [{ kind: 'steps', um: [80], atS: [4.1] }], units: { families: { wide: 1, narrow: 0, dendritic: 0, axonal: 0 } } } });
    const file = fileOf(run, 'imec0.ap');
    const spikes = spikesOf(run, 0, file);
    const bestOf = (some: readonly number[]) => {
      const depths = Array.from({ length: 32 }, (_, column) => Math.min(...meanAround(microvolts(file, column), some)));
      return depths.indexOf(Math.min(...depths));
    };
    const before = bestOf(spikes.filter((sample) => sample < 80_000));
    const after = bestOf(spikes.filter((sample) => sample > 100_000));
    expect(before).toBe(run.truth.probes[0]!.units[0]!.column);
    expect(Math.abs(after - Math.min(before + 8, 31))).toBeLessThanOrEqual(1);
  });

  test('answer to events when they are said to', async () => {
    const events = [{ name: 'tone', widthsMs: [20], intervalS: 1, outlets: [{ stream: 'imec0', line: 1 }] }];
    const run = await alone({ seconds: 20, savedChannels: '0:3', events, probe: { units: { count: 4, rateHz: 8, responsive: { to: 'tone', share: 1, gain: 6, latencyS: 0.05, durationS: 0.2 } } } });
    const file = fileOf(run, 'imec0.ap');
    const times = [0, 1, 2, 3].flatMap((unit) => spikesOf(run, unit, file)).map((sample) => (sample + file.firstSample) / run.truth.streams[0]!.rate);
    const onsets = [...run.truth.events[0]!.onsets];
    const counted = (from: number, to: number) => times.filter((time) => onsets.some((onset) => time >= onset + from && time < onset + to)).length / (to - from);
    expect(counted(0.05, 0.25)).toBeGreaterThan(3 * counted(-0.25, 0));
  });
});

test('what is common reaches the rows of the multiplex table one after the other', async () => {
  const hz = 1000;
  const run = await quickRun(temporaryFolder(), {
    seconds: 0.5, ni: null, savedChannels: '0:23', probe: { clock: { ppm: 0 }, units: { count: 0 }, noise: { ...silence, lineUv: 3000, lineHz: hz } },
  });
  const file = fileOf(run, 'imec0.ap');
  const phaseOf = (column: number) => {
    const signal = columnOf(file, column).subarray(0, 3000);
    const sum = (wave: (angle: number) => number) => signal.reduce((total, value, sample) => total + value * wave((2 * Math.PI * hz * (sample + file.firstSample)) / 30000), 0);
    return Math.atan2(sum(Math.cos), sum(Math.sin));
  };
  for (let column = 0; column < 24; column++) {
    const samplesLate = ((phaseOf(column) - phaseOf(0)) * 30000) / (2 * Math.PI * hz);
    expect(samplesLate).toBeCloseTo((column >> 1) / 13, 2);
  }
});

describe('artefacts', () => {
  test('saturate the 1.0 probe at the stated times, on all channels', async () => {
    const run = await quickRun(temporaryFolder(), { artefacts: [1.5, 2.25] });
    const file = fileOf(run, 'imec0.ap');
    for (const column of [0, 7, 15]) {
      const counts = columnOf(file, column);
      for (const { time, microvolts } of run.truth.artefacts) {
        const at = Math.round(time * 30000) - file.firstSample;
        const peak = microvolts > 0 ? Math.max(...counts.subarray(at, at + 20)) : Math.min(...counts.subarray(at, at + 20));
        expect(peak).toBe(microvolts > 0 ? 511 : -512);
      }
    }
    expect(run.truth.artefacts.map(({ time }) => time)).toEqual([1.5, 2.25]);
  });
});

describe('channels', () => {
  test('dead ones hear next to nothing, noisy ones too much', async () => {
    const run = await quickRun(temporaryFolder(), { ni: null, probe: { lf: false, dead: '3', noisy: '5' } });
    const file = fileOf(run, 'imec0.ap');
    const spread = (column: number) => {
      const sorted = microvolts(file, column).map(Math.abs).sort();
      return sorted[Math.floor(sorted.length / 2)]! / 0.6745;
    };
    expect(spread(3)).toBeLessThan(1.5);
    expect(spread(5)).toBeGreaterThan(20);
    for (const column of [2, 4, 6]) expect(spread(column)).toBeGreaterThan(4);
    for (const column of [2, 4, 6]) expect(spread(column)).toBeLessThan(12);
  });

  test('neighbours share the background, far ones do not', async () => {
    const run = await quickRun(temporaryFolder(), { ni: null, savedChannels: '0:39', probe: { lf: false, units: { count: 0 }, noise: { ...silence, backgroundUv: 20 } } });
    const file = fileOf(run, 'imec0.ap');
    const correlation = (a: Float64Array, b: Float64Array) => {
      const product = (x: Float64Array, y: Float64Array) => x.reduce((sum, value, index) => sum + value * y[index]!, 0);
      return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
    };
    const first = microvolts(file, 0);
    expect(correlation(first, microvolts(file, 2))).toBeGreaterThan(0.5);
    expect(Math.abs(correlation(first, microvolts(file, 30)))).toBeLessThan(0.05);
  });

  test('full-band probes hold the field potential in AP, 1.0 probes in LF', async () => {
    const strong = { ...silence, lfpUv: 200 };
    const spread = (values: Float64Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
    const two = await quickRun(temporaryFolder(), { ni: null, partNumber: 'NP2003', probe: { units: { count: 0 }, noise: strong } });
    expect(spread(microvolts(fileOf(two, 'imec0.ap'), 3))).toBeGreaterThan(40);
    const one = await quickRun(temporaryFolder(), { ni: null, probe: { units: { count: 0 }, noise: strong } });
    expect(spread(microvolts(fileOf(one, 'imec0.ap'), 3))).toBeLessThan(2);
    expect(spread(microvolts(fileOf(one, 'imec0.lf'), 3))).toBeGreaterThan(40);
    const open = await quickRun(temporaryFolder(), { ni: null, probe: { fullBand: true, units: { count: 0 }, noise: strong } });
    const [ap, lf] = [microvolts(fileOf(open, 'imec0.ap'), 2), microvolts(fileOf(open, 'imec0.lf'), 2)];
    // The LF sample of mux row 1 is taken one AP sample after the tick.
    for (const index of [5, 100, 4000]) expect(Math.abs(ap[12 * index + 1]! - lf[index]!)).toBeLessThan(6);
  });
});

describe('the truth folder', () => {
  test('of a run of one probe is that of one sorter: samples from the start of the file', async () => {
    const run = await quickRun(temporaryFolder(), { seconds: 10, ni: null });
    const file = fileOf(run, 'imec0.ap');
    const read = async (name: string) => readNpy(path.join(run.truthFolder, name));
    const [times, units, positions, onClock] = [await read('truth_spike_times.npy'), await read('truth_spike_units.npy'), await read('truth_unit_positions_um.npy'), await read('imec0.ap_spike_times.npy')];
    expect([times.dtype, units.dtype, positions.dtype]).toEqual(['<i8', '<i4', '<f4']);
    expect(npyNumbers(onClock)).toEqual(npyNumbers(times).map((sample) => sample + file.firstSample));
    expect(units.shape).toEqual(times.shape);
    const json = JSON.parse(readFileSync(path.join(run.truthFolder, 'truth.json'), 'utf8')) as { units: number[]; probes: { units: unknown[] }[] };
    expect(positions.shape).toEqual([json.units.length, 3]);
    expect(json.probes[0]!.units.length).toBe(6);
  });

  test('has one folder per probe and gate', async () => {
    const spans = [{ gate: 0, trigger: 0, fromS: 1, toS: 3 }, { gate: 1, trigger: 0, fromS: 4, toS: 6 }];
    const probe = (partNumber: string) => ({ partNumber, savedChannels: '0:7', units: { count: 3, rateHz: 20 } });
    const run = await quickRun(temporaryFolder(), { spans, ni: null, probes: [probe('NP1010'), probe('NP2013')] });
    for (const folder of ['imec0_g0', 'imec0_g1', 'imec1_g0', 'imec1_g1']) {
      const times = npyNumbers(await readNpy(path.join(run.truthFolder, folder, 'truth_spike_times.npy')));
      expect(times.length).toBeGreaterThan(20);
      expect(Math.min(...times)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...times)).toBeLessThan(60_100);
    }
  });

  test('tells spikes in overlapping files once and those in gaps not at all', async () => {
    const spans = [{ gate: 0, trigger: 0, fromS: 1, toS: 3 }, { gate: 0, trigger: 1, fromS: 2.5, toS: 4 }, { gate: 0, trigger: 2, fromS: 5, toS: 6 }];
    const pieces = await quickRun(temporaryFolder(), { spans, ni: null, raggedSamples: 0 });
    const whole = await quickRun(temporaryFolder(), { spans: [{ gate: 0, trigger: 0, fromS: 1, toS: 6 }], ni: null, raggedSamples: 0 });
    const samples = (run: SimulatedRun) => [...run.truth.probes[0]!.gates[0]!.samples];
    const rate = whole.truth.streams[0]!.rate;
    expect(samples(pieces)).toEqual(samples(whole).filter((sample) => sample < 4 * rate || sample >= 12 * Math.round((5 * rate) / 12)));
  });
});
