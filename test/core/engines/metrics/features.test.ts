import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dPrime } from '../../../../core/engines/metrics/features/discriminant.ts';
import { type Comparison, gatherComparison } from '../../../../core/engines/metrics/features/gather.ts';
import { mahalanobisMetrics } from '../../../../core/engines/metrics/features/mahalanobis.ts';
import { nearestMetrics } from '../../../../core/engines/metrics/features/nearest.ts';
import { neighbourhood } from '../../../../core/engines/metrics/features/neighbours.ts';

/** 30 own spikes, neighbours of 30 each, 5 features. The expected numbers were computed with numpy from the same values. */
const comparison: Comparison = { values: new Float64Array(90 * 5), width: 5, own: 30, total: 90, thinning: 1, groups: [30, 60, 90] };
for (let row = 0; row < 90; row++) {
  for (let k = 0; k < 5; k++) {
    const shift = k === 0 && row >= 30 ? 2.5 : k === 1 && row >= 60 ? -3 : 0;
    comparison.values[row * 5 + k] = Math.sin(row * (k + 1) * 0.71 + k) + 0.3 * Math.sin(row * row * (k + 1) * 0.037) + shift;
  }
}

describe('a unit among its neighbours', () => {
  it('has numpy\'s isolation distance, L-ratio and d-prime', () => {
    const { isolationDistance, lRatio } = mahalanobisMetrics(comparison, false);
    expect(isolationDistance).toBeCloseTo(23.66866434620359, 10);
    expect(lRatio).toBeCloseTo(0.023007010023996625, 13);
    expect(dPrime(comparison)).toBeCloseTo(3.6080880860234648, 12);
  });

  it('has no isolation distance with fewer spikes than features', () => {
    const few = { ...comparison, values: comparison.values.subarray(25 * 5), own: 5, total: 65, groups: [5, 35, 65] };
    expect(mahalanobisMetrics(few, false).isolationDistance).toBe('no more spikes (5) than features (5)');
  });

  it('has a d-prime even when one feature repeats another', () => {
    const doubled = new Float64Array(90 * 6);
    for (let row = 0; row < 90; row++) {
      for (let k = 0; k < 6; k++) doubled[row * 6 + k] = comparison.values[row * 5 + (k % 5)];
    }
    expect(dPrime({ ...comparison, values: doubled, width: 6 })).toBeCloseTo(3.6080880860234648, 8);
  });

  it('has the nearest neighbours that numpy finds', () => {
    expect(nearestMetrics(comparison, { neighbours: 4, mostSpikes: 10000 })).toEqual({ hitRate: 89 / 90, missRate: 1 / 180 });
  });
});

/** Compares every spike with every other. */
function nearestByHand({ values, width, own, total }: Comparison, count: number): { hits: number; misses: number } {
  let [hits, misses] = [0, 0];
  for (let a = 0; a < total; a++) {
    const gaps = Array.from({ length: total }, (_, b) => ({ b, gap: values.subarray(a * width, (a + 1) * width).reduce((sum, value, i) => sum + (value - values[b * width + i]) ** 2, 0) }));
    const nearest = gaps.filter(({ b }) => b !== a).sort((p, q) => p.gap - q.gap).slice(0, count).filter(({ b }) => b < own).length;
    if (a < own) hits += nearest;
    else misses += nearest;
  }
  return { hits, misses };
}

describe('nearest neighbours', () => {
  it('are exactly those of comparing all with all, near and far groups alike', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 2, maxLength: 4 });
    fc.assert(fc.property(sizes, fc.integer({ min: 1, max: 6 }), fc.double({ min: 0, max: 12, noNaN: true }), fc.integer({ min: 0, max: 1e6 }), (counts, width, distance, seed) => {
      let state = seed * 2 + 1;
      const random = () => ((state = (state * 48271) % 2147483647) / 2147483647);
      const total = counts.reduce((sum, count) => sum + count, 0);
      const groups = counts.map((_, g) => counts.slice(0, g + 1).reduce((sum, count) => sum + count, 0));
      const groupOf = (row: number) => groups.findIndex((end) => row < end);
      const values = Float64Array.from({ length: total * width }, (_, i) => random() + random() + random() + distance * groupOf(Math.floor(i / width)) * ((i % 3) - 1));
      const cloud: Comparison = { values, width, own: counts[0], total, thinning: 1, groups };
      fc.pre(total > 4);
      const { hits, misses } = nearestByHand(cloud, 3);
      expect(nearestMetrics(cloud, { neighbours: 4, mostSpikes: 10000 })).toEqual({ hitRate: hits / (counts[0] * 3), missRate: misses / ((total - counts[0]) * 3) });
    }), { numRuns: 150 });
  });

  it('thins out evenly what is too much', () => {
    const { hitRate, missRate } = nearestMetrics(comparison, { neighbours: 4, mostSpikes: 45 });
    expect(hitRate).toBeGreaterThan(0.7);
    expect(missRate).toBeLessThan(0.2);
  });
});

describe('the neighbourhood', () => {
  // ten channels 20 um apart; three templates at channels 2, 4 and 8, with features of the four nearest channels
  const positions = Float64Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 0 : 10 * (i - 1)));
  const channels = Int32Array.from([2, 1, 3, 4, 4, 3, 5, 2, 8, 7, 9, 6]);
  const file = { path: 'pc_features.npy', dtype: '<f4', shape: [0, 3, 4], fortranOrder: false, dataStart: 128, valueBytes: 4 };
  const source = { file, components: 3, features: 4, channels };
  const units = { ids: Int32Array.from([10, 11, 12]), templates: Int32Array.from([0, 1, 2]) };
  const sites = { positions, peaks: Int32Array.from([2, 4, 8]) };

  it('compares on the channels that the units share', () => {
    expect(neighbourhood(0, units, source, sites, { radius: 68, compat: false })).toEqual({ neighbours: [], channels: [1, 2, 3, 4] });
    const wide = { ...source, channels: Int32Array.from([2, 1, 3, 4, 4, 3, 1, 2, 8, 7, 9, 6]) };
    expect(neighbourhood(0, units, wide, sites, { radius: 68, compat: false })).toEqual({ neighbours: [1], channels: [1, 2, 3, 4] });
  });

  it('in the reference takes all channels around, whether or not the sorter kept their features', () => {
    expect(neighbourhood(0, units, source, sites, { radius: 68, compat: true })).toEqual({ neighbours: [1], channels: [0, 1, 2, 3, 4, 5] });
  });
});

describe('gathering the features of a unit and its neighbours', () => {
  // two units of one template with one feature, whose value is the row; 40 and 20 spikes
  const source = { file: { path: 'pc_features.npy', dtype: '<f4', shape: [60, 1, 1], fortranOrder: false, dataStart: 128, valueBytes: 4 }, components: 1, features: 1, channels: Int32Array.of(3) };
  const units = { ids: Int32Array.of(0, 1), starts: Uint32Array.of(0, 40, 60) };
  const all = Uint32Array.from({ length: 60 }, (_, row) => row);
  const chosen = { spikes: all, byPosition: all, ranks: all.map((row) => (row < 40 ? 39 - row : row - 40)), starts: units.starts, drawn: Uint32Array.of(40, 20), silhouetteRows: all };
  const features = { source, chosen, table: Float32Array.from(all), templates: new Int32Array(60) };
  const around = { neighbours: [1], channels: [3] };

  it('draws a large unit down, and its neighbours in proportion', () => {
    const { values, own, total, groups } = gatherComparison(0, around, units, features, 4);
    expect({ values: [...values], own, total, groups }).toEqual({ values: [36, 37, 38, 39, 40, 41], own: 4, total: 6, groups: [4, 6] });
  });

  it('remembers how much of the neighbours was not kept in memory', () => {
    const kept = { ...features, chosen: { ...chosen, drawn: Uint32Array.of(40, 5) } };
    expect(gatherComparison(0, around, units, kept, 40)).toMatchObject({ own: 40, total: 45, thinning: 0.25 });
  });

  it('leaves out spikes whose template has not all channels', () => {
    expect(gatherComparison(0, { neighbours: [1], channels: [3, 4] }, units, features, 40)).toMatchObject({ own: 0, total: 0 });
  });
});
