// Templates, their cross-correlations and matching, on projections made from known spikes.

import { describe, expect, test } from 'vitest';
import { matchSpikes } from '../../../../core/engines/sorter/match/greedy.ts';
import type { Projections, Spike } from '../../../../core/engines/sorter/match/greedy.ts';
import { parabolaWeights, summit } from '../../../../core/engines/sorter/match/interpolation.ts';
import { projectAll } from '../../../../core/engines/sorter/match/project.ts';
import { subtractSpikes } from '../../../../core/engines/sorter/match/subtract.ts';
import { uniformOf } from '../../../../core/engines/sorter/random.ts';
import type { Sites } from '../../../../core/engines/sorter/recording.ts';
import { noiseGain, templateSet } from '../../../../core/engines/sorter/templates/crossCorrelation.ts';
import { waveformDifference } from '../../../../core/engines/sorter/templates/distance.ts';
import { expand, templateBefore, templateFrom, templateLength } from '../../../../core/engines/sorter/templates/template.ts';
import { createWorkspace } from '../../../../core/kernels/sorter/index.ts';

const count = 16;
const length = 4096;
const sites: Sites = {
  count, column: Int32Array.from({ length: count }, (_, k) => k), shank: new Int32Array(count), microvolts: new Float64Array(count).fill(1),
  x: Float64Array.from({ length: count }, (_, k) => 32 * (k % 2)), y: Float64Array.from({ length: count }, (_, k) => 20 * (k >> 1)),
};
const all = Int32Array.from({ length: count }, (_, k) => k);

/** A unit at depth y, whose trough travels along the probe. */
function unitAt(y: number, height: number, width: number) {
  const value = (site: number, t: number) => {
    const distance = Math.abs(sites.y[site] - y);
    const since = t - templateBefore - distance / 40;
    return height * Math.exp(-distance / 35) * (-Math.exp(-0.5 * (since / width) ** 2) + 0.4 * Math.exp(-0.5 * ((since - 3 * width) / (2 * width)) ** 2));
  };
  const values = Float64Array.from({ length: count * templateLength }, (_, at) => value(Math.floor(at / templateLength), at % templateLength));
  return { value, template: templateFrom({ sites: all, values }, sites, 100) };
}

const units = [unitAt(60, 14, 3), unitAt(100, 11, 4.5), unitAt(20, 12, 6)];
const set = templateSet(units.map((unit) => unit.template));
const rules = { amplitudeSd: 0.2, amplitudeMin: 0.5, amplitudeMax: 1.8, refractory: 15, leastGain: new Float64Array(3).fill(64) };

function matched(spikes: readonly { unit: number; at: number; shift?: number; amplitude?: number }[], noise = 0) {
  const workspace = createWorkspace(4 * length * (count + units.length + 8) + 2 ** 20);
  const rows = workspace.f32(count * length);
  rows.view.forEach((_, k) => { rows.view[k] = noise * Math.sqrt(-2 * Math.log(1 - uniformOf(21, k))) * Math.cos(2 * Math.PI * uniformOf(22, k)); });
  for (const spike of spikes) {
    for (let site = 0; site < count; site++) {
      for (let t = -10; t < templateLength + 10; t++) rows.view[site * length + spike.at - templateBefore + t] += (spike.amplitude ?? 1) * units[spike.unit].value(site, t - (spike.shift ?? 0));
    }
  }
  const trace = { first: 0, length, stride: length, rows, addresses: Int32Array.from({ length: count }, (_, site) => rows.at + 4 * site * length) };
  const projections: Projections = projectAll(workspace, trace, set);
  const found: Spike[] = matchSpikes(set, projections, rules);
  subtractSpikes(trace, set, units.map((unit) => expand(unit.template)), found);
  return { found, residual: rows.view, projections };
}

const briefly = (found: readonly Spike[]) => found.map((spike) => [spike.unit, spike.at]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);

describe('templates', () => {
  test('rank three holds a travelling wave nearly whole', () => {
    const { template, value } = units[0];
    const values = expand(template);
    let error = 0;
    template.sites.forEach((site, row) => {
      for (let t = 0; t < templateLength; t++) error += (values[row * templateLength + t] - value(site, t)) ** 2;
    });
    expect(error / template.energy).toBeLessThan(1e-3);
    expect(template.peakSite >> 1).toBe(3);
  });

  test('distance is zero for a shifted copy, and knows the shift', () => {
    const wave = unitAt(60, 10, 3);
    const values = Float64Array.from({ length: count * templateLength }, (_, at) => wave.value(Math.floor(at / templateLength), (at % templateLength) + 4));
    const later = Float64Array.from({ length: count * templateLength }, (_, at) => wave.value(Math.floor(at / templateLength), at % templateLength));
    const difference = waveformDifference({ sites: all, values: later }, { sites: all, values }, 8, 6);
    expect(difference.lag).toBe(4);
    expect(difference.distance).toBeLessThan(0.05);
  });

  test('white noise projects with unit deviation, slow noise with more', () => {
    const white = Float64Array.from({ length: 61 }, (_, lag) => (lag === 0 ? 1 : 0));
    const slow = Float64Array.from({ length: 61 }, (_, lag) => 0.6 ** lag);
    expect(noiseGain(units[0].template, white)).toBeCloseTo(1, 6);
    expect(noiseGain(units[0].template, slow)).toBeGreaterThan(1.2);
  });

  test('the parabola through three samples of a parabola is that parabola', () => {
    const wave = (t: number) => 3 - (t - 0.2) ** 2;
    expect(summit(wave(-1), wave(0), wave(1))).toEqual({ shift: expect.closeTo(0.2, 9), height: expect.closeTo(3, 9) });
    const [a, b, c] = parabolaWeights(0.3);
    expect(a * wave(-1) + b * wave(0) + c * wave(1)).toBeCloseTo(wave(-0.3), 9);
  });
});

describe('matching', () => {
  test('a lone spike is found where it is and leaves nothing', () => {
    const { found, projections } = matched([{ unit: 1, at: 1000, amplitude: 1.2 }]);
    expect(briefly(found)).toEqual([[1, 1000]]);
    expect(found[0].amplitude).toBeGreaterThan(1.15);
    const left = projections.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(left).toBeLessThan(0.05 * set.templates[1].energy);
  });

  test('a spike between two samples leaves little', () => {
    const { found, residual } = matched([{ unit: 0, at: 1000, shift: 0.45 }]);
    expect(briefly(found)).toEqual([[0, 1000]]);
    expect(found[0].shift).toBeCloseTo(0.45, 1);
    expect(residual.reduce((sum, value) => sum + value * value, 0)).toBeLessThan(0.03 * set.templates[0].energy);
  });

  test('two neighbours at any lag from -30 to 30 are both found, within a tenth of their amplitude', () => {
    for (let lag = -30; lag <= 30; lag++) {
      const { found } = matched([{ unit: 0, at: 1500 }, { unit: 1, at: 1500 + lag }], 0.3);
      expect(briefly(found), `lag ${lag}`).toEqual([[0, 1500], [1, 1500 + lag]]);
      for (const spike of found) expect(Math.abs(spike.amplitude - 1), `lag ${lag}`).toBeLessThan(0.1);
    }
  });

  test('three at once are found', () => {
    const pile = [{ unit: 0, at: 2000 }, { unit: 1, at: 2015 }, { unit: 2, at: 1986 }];
    expect(briefly(matched(pile, 0.5).found)).toEqual([[0, 2000], [1, 2015], [2, 1986]]);
  });

  test('spikes down to 0.6 of the template are kept, larger than 1.8 are not this unit', () => {
    expect(briefly(matched([{ unit: 0, at: 1000, amplitude: 0.62 }]).found)).toEqual([[0, 1000]]);
    expect(matched([{ unit: 0, at: 1000, amplitude: 2.5 }]).found.filter((spike) => spike.unit === 0 && spike.amplitude > 1.8)).toEqual([]);
  });

  test('noise alone is left alone', () => {
    expect(matched([], 1).found).toEqual([]);
  });
});
