// Isotonic regression, isocut, isosplit and the joining of pieces, on samples whose clusters are known.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isocut } from '../../../../core/engines/sorter/cluster/isocut.ts';
import { isosplit } from '../../../../core/engines/sorter/cluster/isosplit.ts';
import { risingFit, upDownFit } from '../../../../core/engines/sorter/cluster/isotonic.ts';
import { mergePieces, waveformFromFeatures } from '../../../../core/engines/sorter/cluster/mergeClusters.ts';
import type { MergeRules, Piece } from '../../../../core/engines/sorter/cluster/mergeClusters.ts';
import { splitGroup } from '../../../../core/engines/sorter/cluster/splitGroup.ts';
import { components, defaultBasis } from '../../../../core/engines/sorter/noise/basis.ts';
import { uniformOf } from '../../../../core/engines/sorter/random.ts';
import type { Sites } from '../../../../core/engines/sorter/recording.ts';

const gauss = (counter: number, stream: number) => Math.sqrt(-2 * Math.log(1 - uniformOf(11, counter, stream))) * Math.cos(2 * Math.PI * uniformOf(12, counter, stream));

describe('isotonic regression', () => {
  test('a fit rises, keeps the mean and is not further off than any constant', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 40 }), (list) => {
      const values = Float64Array.from(list);
      const { fit, prefixErrors } = risingFit(values);
      for (let k = 1; k < fit.length; k++) expect(fit[k]).toBeGreaterThanOrEqual(fit[k - 1] - 1e-9);
      const total = (array: Float64Array) => array.reduce((sum, value) => sum + value, 0);
      expect(total(fit)).toBeCloseTo(total(values), 6);
      const error = values.reduce((sum, value, k) => sum + (value - fit[k]) ** 2, 0);
      expect(prefixErrors[values.length - 1]).toBeCloseTo(error, 4);
    }));
  });

  test('up and down turns where the values do', () => {
    expect(upDownFit(Float64Array.of(1, 2, 5, 4, 1)).peak).toBe(2);
  });
});

describe('isocut', () => {
  const shapes: Record<string, (k: number, stream: number) => number> = {
    Gaussian: gauss,
    uniform: (k, stream) => uniformOf(3, k, stream),
    exponential: (k, stream) => -Math.log(1 - uniformOf(4, k, stream)),
  };
  for (const [name, draw] of Object.entries(shapes)) {
    test.each([50, 500, 3000])(`${name} samples of %i count as one cluster`, (n) => {
      const bimodal = Array.from({ length: 40 }, (_, stream) => isocut(Float64Array.from({ length: n }, (_, k) => draw(k, stream)).sort()).dip >= 2);
      expect(bimodal.filter((entry) => entry).length).toBeLessThanOrEqual(3);
    });
  }

  test('two Gaussians six deviations apart are cut in the valley', () => {
    for (let stream = 0; stream < 20; stream++) {
      const cut = isocut(Float64Array.from({ length: 400 }, (_, k) => gauss(k, stream) + (k % 4 === 0 ? 6 : 0)).sort());
      expect(cut.dip).toBeGreaterThan(2);
      expect(Math.abs(cut.at - 3)).toBeLessThan(1.5);
    }
  });
});

describe('isosplit', () => {
  const rules = { starts: 15, minSize: 20, dip: 2, seed: 1 };

  test('finds three clusters without being told how many', () => {
    const points = Float64Array.from({ length: 600 * 2 }, (_, at) => gauss(at, 1) + 9 * ((at >> 1) % 3 === 0 ? (at % 2) : (at >> 1) % 3 === 1 ? 1 - (at % 2) : 0));
    const labels = isosplit(points, 2, rules);
    expect(new Set(labels).size).toBe(3);
    for (let k = 3; k < 600; k++) expect(labels[k] === labels[k % 3]).toBe(true);
  });

  test('one cluster stays one', () => {
    expect(new Set(isosplit(Float64Array.from({ length: 3000 }, (_, at) => gauss(at, 2)), 3, rules)).size).toBe(1);
  });

  test('two groups of 60 spikes, ten deviations apart in one of 30 features, are split', () => {
    const features = Float32Array.from({ length: 120 * 30 }, (_, at) => gauss(at, 3) + (at % 30 === 17 && Math.floor(at / 30) % 2 === 0 ? 10 : 0));
    const parts = splitGroup(features, 30, { dims: 6, starts: 15, minSize: 20, dip: 2, depth: 4, seed: 1 });
    expect(parts.map((part) => part.length)).toEqual([60, 60]);
    expect(new Set(parts[0].map((k) => k % 2)).size).toBe(1);
  });
});

describe('joining pieces', () => {
  const basis = defaultBasis();
  const count = 12;
  const sites: Sites = {
    count, column: Int32Array.from({ length: count }, (_, k) => k), shank: new Int32Array(count), microvolts: new Float64Array(count).fill(1),
    x: Float64Array.from({ length: count }, (_, k) => 32 * (k % 2)), y: Float64Array.from({ length: count }, (_, k) => 20 * (k >> 1)),
  };
  const rules: MergeRules = { sure: 0.3, possible: 0.5, dip: 2.5, radius: 60, fewSpikes: 40 };
  const all = Int32Array.from({ length: count }, (_, k) => k);

  /** A unit at depth y: 40 sigma at its strongest; `second` mixes in another temporal shape; `scale(k)` per spike. */
  function piece(part: number, y: number, second: number, spikes: number, scale: (k: number) => number = () => 1): Piece {
    const mean = Float64Array.from({ length: count * components }, (_, at) => {
      const site = Math.floor(at / components);
      const height = 40 * Math.exp(-Math.abs(sites.y[site] - y) / 30);
      return at % components === 0 ? height : at % components === 1 ? height * second : 0;
    });
    const sample = Float32Array.from({ length: spikes * mean.length }, (_, at) => mean[at % mean.length] * scale(Math.floor(at / mean.length)) + gauss(at, part + 40));
    const average = mean.map((_, j) => Array.from({ length: spikes }, (_, k) => sample[k * mean.length + j]).reduce((sum, value) => sum + value, 0) / spikes);
    return { site: Math.min(count - 1, 2 * Math.round(y / 20)), sites: all, count: spikes, waveform: waveformFromFeatures(average, all, basis), sample, parts: [part] };
  }

  const merged = (...pieces: Piece[]) => mergePieces(pieces, sites, basis, rules).map((entry) => entry.parts);

  test('a unit cut in two at random is joined', () => {
    expect(merged(piece(0, 50, 0, 150), piece(1, 50, 0, 150))).toEqual([[0, 1]]);
  });

  test('a burst unit cut in two by amplitude is joined', () => {
    const scale = (from: number) => (k: number) => from + 0.2 * uniformOf(9, k);
    expect(merged(piece(0, 50, 0, 150, scale(0.7)), piece(1, 50, 0, 150, scale(0.9)))).toEqual([[0, 1]]);
  });

  test('two units 40 um apart, and two of different shape at one place, stay two', () => {
    expect(merged(piece(0, 30, 0, 150), piece(1, 70, 0, 150))).toEqual([[0], [1]]);
    expect(merged(piece(0, 50, -0.4, 150), piece(1, 50, 0.4, 150))).toEqual([[0], [1]]);
  });
});
