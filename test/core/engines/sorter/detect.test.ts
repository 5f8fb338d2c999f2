// Detection and localisation on planted spikes.

import { describe, expect, test } from 'vitest';
import { localise } from '../../../../core/engines/sorter/detect/localise.ts';
import { betweenSamples, findPeaks } from '../../../../core/engines/sorter/detect/peaks.ts';
import type { PeakRules } from '../../../../core/engines/sorter/detect/peaks.ts';
import type { Trace } from '../../../../core/engines/sorter/frontEnd.ts';
import { sitesWithin } from '../../../../core/engines/sorter/neighbours.ts';
import { uniformOf } from '../../../../core/engines/sorter/random.ts';
import type { Sites } from '../../../../core/engines/sorter/recording.ts';
import { createWorkspace } from '../../../../core/kernels/sorter/index.ts';

const count = 32;
const length = 6000;
const sites: Sites = {
  count, column: Int32Array.from({ length: count }, (_, k) => k), shank: new Int32Array(count), microvolts: new Float64Array(count).fill(1),
  x: Float64Array.from({ length: count }, (_, k) => 32 * (k % 2)), y: Float64Array.from({ length: count }, (_, k) => 20 * (k >> 1)),
};
const sigma = new Float64Array(count).fill(5);
const rules: PeakRules = { sigma, threshold: 4.5, exclude: 9, near: sitesWithin(sites, 50), wide: sitesWithin(sites, 100), quiet: 15 };

function traceWith(spikes: readonly { at: number; site: number; height: number }[], noise = 0) {
  const workspace = createWorkspace(count * length * 4 + 2 ** 20);
  const rows = workspace.f32(count * length);
  rows.view.forEach((_, k) => {
    const gauss = Math.sqrt(-2 * Math.log(1 - uniformOf(5, k))) * Math.cos(2 * Math.PI * uniformOf(6, k));
    rows.view[k] = noise * gauss;
  });
  for (const spike of spikes) {
    for (let site = 0; site < count; site++) {
      const distance = Math.hypot(sites.x[site] - sites.x[spike.site], sites.y[site] - sites.y[spike.site]);
      for (let t = -15; t <= 15; t++) rows.view[site * length + spike.at + t] -= spike.height * Math.exp(-distance / 30) * Math.exp(-0.5 * (t / 3) ** 2);
    }
  }
  const trace: Trace = { first: 0, length, stride: length, rows, addresses: Int32Array.from({ length: count }, (_, site) => rows.at + 4 * site * length) };
  return { workspace, trace };
}

const planted = Array.from({ length: 40 }, (_, k) => ({ at: 200 + 140 * k, site: (k * 7) % count, height: 45 + k }));

describe('detection', () => {
  test('finds every spike of nine sigma and more at its site and sample, and nothing twice', () => {
    const { workspace, trace } = traceWith(planted, 5);
    const peaks = findPeaks(workspace, trace, rules, 50, length - 50);
    for (const spike of planted) {
      expect(peaks.filter((peak) => Math.abs(peak.at - spike.at) <= 2 && rules.near[spike.site].includes(peak.site))).toHaveLength(1);
    }
    for (const a of peaks) for (const b of peaks) if (a !== b && Math.abs(a.at - b.at) <= 9) expect(rules.near[a.site]).not.toContain(b.site);
    expect(peaks.length).toBeLessThan(planted.length + 10);
  });

  test('a stretch cut in two gives the same peaks', () => {
    const { workspace, trace } = traceWith(planted, 5);
    const whole = findPeaks(workspace, trace, rules, 100, 5000);
    const halves = [...findPeaks(workspace, trace, rules, 100, 2447), ...findPeaks(workspace, trace, rules, 2447, 5000)];
    expect(halves).toEqual(whole);
  });

  test('of equal peaks the earlier, then the lower site stays', () => {
    const { workspace, trace } = traceWith([{ at: 1000, site: 8, height: 60 }, { at: 1000, site: 9, height: 60 }]);
    expect(findPeaks(workspace, trace, rules, 50, 2000).map((peak) => peak.site)).toEqual([8]);
  });

  test('a tall positive peak counts where no trough is near', () => {
    const { workspace, trace } = traceWith([{ at: 3000, site: 4, height: -60 }]);
    expect(findPeaks(workspace, trace, rules, 50, 5000)).toMatchObject([{ at: 3000, site: 4, sign: 1 }]);
  });
});

describe('localisation', () => {
  test('a spike between two sites is placed between them', () => {
    const { trace } = traceWith([{ at: 500, site: 10, height: 100 }, { at: 500, site: 12, height: 100 }]);
    const place = localise(trace, sites, sigma, sitesWithin(sites, 100)[10], { at: 500, site: 10, sign: -1, height: 20 });
    expect(place.y).toBeCloseTo(110, 0);
  });

  test('the extremum of a parabola lies where it should between the samples', () => {
    const value = (t: number) => -5 + (t - 0.3) ** 2;
    expect(betweenSamples(value(-1), value(0), value(1))).toBeCloseTo(0.3, 12);
  });
});
