// The parts of the world that cannot be seen in a short file: cells, trains, drift, presets.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeRun, lowestChannels, presetRun, presets } from '../../../core/simulate/index.ts';
import type { PresetName, RunInput } from '../../../core/simulate/index.ts';
import { displacement, largestDisplacement } from '../../../core/simulate/drift.ts';
import type { DriftPart } from '../../../core/simulate/probeDescription.ts';
import { familyNames } from '../../../core/simulate/probeDescription.ts';
import { factsOfPart, probeSites } from '../../../core/simulate/sites.ts';
import { spikesInChunk } from '../../../core/simulate/trains.ts';
import { shapeAfter, shapeBefore, shapePoints, shapeTable, siteResponse } from '../../../core/simulate/waveforms.ts';
import { makeWorld } from '../../../core/simulate/world.ts';

const probeOf = (probe: NonNullable<RunInput['probes']>[number], run: RunInput = {}) => makeWorld(describeRun({ ...run, probes: [probe] }));

describe('cells', () => {
  test('lie beside the saved sites, on the shanks that have some', () => {
    const world = probeOf({ partNumber: 'NP2013', savedChannels: '0:23,192:215', units: { count: 40 } });
    const { units } = world.probe(0);
    expect(new Set(units.map(({ shank }) => shank))).toEqual(new Set([0, 2]));
    for (const { y, bestSite } of units) {
      expect(y).toBeGreaterThan(-6);
      expect(y).toBeLessThan(11 * 15 + 6);
      expect(bestSite).toBeLessThan(48);
    }
  });

  test('have log-normal rates and amplitudes around the stated medians', () => {
    const { units } = probeOf({ units: { count: 2000, rateHz: 5, amplitudeUv: 100 } }).probe(0);
    const median = (values: number[]) => values.sort((a, b) => a - b)[1000]!;
    expect(median(units.map(({ rateHz }) => rateHz))).toBeCloseTo(5, 0);
    expect(median(units.map(({ amplitudeUv }) => amplitudeUv)) / 100).toBeCloseTo(1, 1);
  });

  test('are of the families asked for', () => {
    const { units } = probeOf({ units: { count: 30, families: { wide: 0, narrow: 0, dendritic: 1, axonal: 0 } } }).probe(0);
    expect(units.every(({ family }) => family === 'dendritic')).toBe(true);
  });

  test('may stay below the surface, start late or stop early', () => {
    const world = probeOf({ surfaceUm: 500, units: { count: 50, halfway: 1 } });
    const { units } = world.probe(0);
    expect(Math.max(...units.map(({ y }) => y))).toBeLessThan(510);
    expect(units.every(({ fromS, toS }) => (fromS > 0) !== (toS < Infinity))).toBe(true);
  });
});

describe('waveforms', () => {
  test.each(familyNames)('%s has its trough of -1 at time 0 and ends in silence', (name) => {
    const table = shapeTable(name);
    const lowest = table.indexOf(Math.min(...table));
    expect(Math.abs(lowest - shapeBefore * shapePoints)).toBeLessThanOrEqual(1);
    expect(table[shapeBefore * shapePoints]).toBeCloseTo(-1, 4);
    expect(Math.abs(table[0]!)).toBeLessThan(1e-4);
    expect(Math.abs(table[(shapeBefore + shapeAfter) * shapePoints]!)).toBeLessThan(1e-4);
  });

  test('decay with distance; dendritic ones travel up the shank', () => {
    const at = (name: (typeof familyNames)[number], dx: number, dy: number) => {
      const response = { amplitude: 0, delay: 0, stretch: 1 };
      siteResponse(name, dx, dy, 10, response);
      return response;
    };
    for (const name of familyNames) expect(at(name, 0, 0).amplitude).toBeGreaterThan(at(name, 30, 0).amplitude);
    expect(at('dendritic', 0, 120).amplitude).toBeGreaterThan(2 * at('dendritic', 0, -120).amplitude);
    expect(at('dendritic', 0, 120)).toMatchObject({ delay: 6 });
    expect(at('dendritic', 0, 120).stretch).toBeGreaterThan(1.2);
    expect(at('wide', 0, 160).amplitude).toBe(0);
  });
});

describe('trains', () => {
  const chunkOf = (units: NonNullable<NonNullable<RunInput['probes']>[number]['units']>, chunk: number) => {
    const world = probeOf({ units });
    const { run, seconds } = world.surroundings;
    return spikesInChunk(world.probe(0).units, { seed: run.seed, probeIndex: 0, probe: run.probes[0]!, seconds, onsets: new Float64Array(0) }, chunk);
  };

  test('of a chunk are the same whenever they are asked for', () => {
    expect(chunkOf({ count: 5 }, 7)).toEqual(chunkOf({ count: 5 }, 7));
    expect(chunkOf({ count: 5 }, 8).times[0]).toBeGreaterThanOrEqual(80);
  });

  test('fire at about the stated rate', () => {
    const spikes = [0, 1, 2, 3, 4].reduce((sum, chunk) => sum + chunkOf({ count: 20, rateHz: 10, rateSpread: 0, bursting: 0 }, chunk).times.length, 0);
    expect(spikes / (20 * 50)).toBeGreaterThan(9);
    expect(spikes / (20 * 50)).toBeLessThan(10.5);
  });

  test('burst: amplitudes fall within 3 to 8 ms', () => {
    const { times, factors } = chunkOf({ count: 1, bursting: 1, rateHz: 8, rateSpread: 0, amplitudeNoise: 0 }, 0);
    const inBurst = [...times].flatMap((time, index) => (index > 0 && time - times[index - 1]! < 0.008 && factors[index]! < 0.95 ? [factors[index]! / factors[index - 1]!] : []));
    expect(inBurst.length).toBeGreaterThan(5);
    expect(inBurst.filter((ratio) => Math.abs(ratio - 0.9) < 1e-6).length).toBeGreaterThan(0.9 * inBurst.length);
  });

  test('of synchronous cells share moments', () => {
    const together = ({ times, units }: ReturnType<typeof chunkOf>) => [...times].filter((time, index) => index > 0 && time - times[index - 1]! < 0.0005 && units[index] !== units[index - 1]).length;
    const setting = { count: 10, rateHz: 5, rateSpread: 0, bursting: 0 };
    expect(together(chunkOf({ ...setting, synchrony: 0.4 }, 1))).toBeGreaterThan(4 * together(chunkOf(setting, 1)));
  });
});

describe('drift', () => {
  const parts: DriftPart[] = [
    { kind: 'zigzag', um: 30, periodS: 10, fromS: 5, nonRigid: 0 },
    { kind: 'ramp', um: -20, fromS: 0, toS: 100, nonRigid: 0 },
    { kind: 'steps', um: [10, 25], atS: [20, 40], fromS: 0, nonRigid: 0 },
  ];

  test('adds its parts', () => {
    expect(displacement(parts.slice(0, 1), 10, 0.5)).toBe(30);
    expect(displacement(parts.slice(0, 1), 4, 0.5)).toBe(0);
    expect(displacement(parts.slice(1, 2), 50, 0.5)).toBe(-10);
    expect(displacement(parts.slice(2), 45, 0.5)).toBe(35);
    expect(displacement(parts, 15, 0.5)).toBeCloseTo(-3, 9);
  });

  test('may differ along the shank, even in sign', () => {
    const part: DriftPart[] = [{ kind: 'ramp', um: 10, fromS: 0, toS: 1, nonRigid: 2 }];
    expect([0, 0.5, 1].map((depth) => displacement(part, 1, depth))).toEqual([-10, 10, 30]);
  });

  test('never exceeds its bound', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 200, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (time, depth) => {
      expect(Math.abs(displacement(parts, time, depth))).toBeLessThanOrEqual(largestDisplacement(parts) + 1e-9);
    }));
  });
});

describe('presets', () => {
  test.each(Object.keys(presets) as PresetName[])('%s is a whole description, of the length and channels asked for', (name) => {
    const run = describeRun(presetRun(name, { seconds: 10, channels: 32, seed: 5 }));
    const recorded = run.spans.reduce((sum, { fromS, toS }) => sum + toS - fromS, 0);
    expect(recorded).toBeGreaterThan(9.9);
    expect(recorded).toBeLessThan(10.3);
    expect(run.seed).toBe(5);
    for (const stream of makeWorld(run).streams.filter(({ id }) => id.kind === 'ap')) expect(stream.columns).toBe(33);
  });

  test('the demo has two probes, two gates, an overlap and a gap', () => {
    const { streams } = makeWorld(describeRun(presetRun('demo')));
    expect(streams.map(({ label }) => label)).toEqual(['imec0.ap', 'imec0.lf', 'imec1.ap', 'nidq']);
    for (const stream of streams) expect(stream.files.map(({ span, join }) => `g${span.gate} ${join.kind}`)).toEqual(['g0 first', 'g0 overlap', 'g0 gap', 'g1 gap']);
  });

  test('the lowest channels are taken from all shanks alike', () => {
    expect(lowestChannels('NP1010', 96)).toBe('0:95');
    expect(lowestChannels('NP2013', 16)).toBe('0:3,48:51,192:195,240:243');
    expect(lowestChannels('NP2013', 384)).toBe('all');
  });

  test('an unknown one is refused with those there are', () => {
    expect(() => presetRun('nope')).toThrow("there is no preset 'nope'");
    expect(() => presetRun('demo', { channels: 3 })).toThrow('--channels must be a whole number from 4 to 384, not 3');
    expect(() => presetRun('demo', { seconds: 0 })).toThrow('--seconds must be at least 0.5');
  });
});

test('the switchable ultra-dense probe is read as SpikeGLX reads its bank 0', () => {
  // Columns and rows of some channels, from a recording of a NP1110 at bank 0: ~snsGeomMap of SpikeGLX 20251218.
  const known: [channel: number, column: number, row: number][] = [[0, 0, 0], [1, 7, 7], [2, 1, 0], [3, 6, 7], [5, 7, 6], [31, 6, 0], [32, 2, 0], [33, 5, 7], [35, 4, 7], [64, 0, 8]];
  const sites = probeSites(factsOfPart('NP1110'), 'stripe');
  expect(known.map(([channel]) => [channel, sites[channel]!.column, sites[channel]!.row])).toEqual(known);
});
