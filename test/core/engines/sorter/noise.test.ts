// Front end and whitening: filter against its formula, reference, blocks that cannot be told from the output, noise that
// is white afterwards.

import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createWorkspace } from '../../../../core/kernels/sorter/index.ts';
import { readTrace, traceBytes } from '../../../../core/engines/sorter/frontEnd.ts';
import { nearestSites } from '../../../../core/engines/sorter/neighbours.ts';
import { localWhitening } from '../../../../core/engines/sorter/noise/whitening.ts';
import type { Recording, Sites } from '../../../../core/engines/sorter/recording.ts';
import { temporaryFolder } from '../../../support/folders.ts';

const rate = 30000;
const columns = 17;
const samples = 12000;

export function columnOfSites(count: number): Sites {
  return {
    count, column: Int32Array.from({ length: count }, (_, k) => k), shank: new Int32Array(count),
    x: Float64Array.from({ length: count }, (_, k) => 32 * (k % 2)), y: Float64Array.from({ length: count }, (_, k) => 20 * (k >> 1)), microvolts: new Float64Array(count).fill(1),
  };
}

function recordingOf(name: string, value: (t: number, column: number) => number): Recording {
  const bin = path.join(temporaryFolder(), `${name}.bin`);
  const data = Int16Array.from({ length: samples * columns }, (_, k) => value(Math.floor(k / columns), k % columns));
  fs.writeFileSync(bin, new Uint8Array(data.buffer));
  return { bin, columns, samples, rate, bandPass: true, reference: false, highPassed: false, sites: columnOfSites(columns - 1) };
}

function rowOf(recording: Recording, first: number, length: number, site: number): Float32Array {
  const trace = readTrace(createWorkspace(traceBytes(recording, length)), recording, first, length);
  return trace.rows.view.slice(site * trace.stride, site * trace.stride + length);
}

describe('front end', () => {
  test('the band-pass has the gain of its formula, 1/2 in power at 300 and 6000 Hz, and no delay', () => {
    const impulse = recordingOf('impulse', (t, column) => (t === 6000 && column === 3 ? 30000 : 0));
    const response = rowOf(impulse, 4000, 4000, 3);
    const gainAt = (hertz: number) => {
      let real = 0;
      let imaginary = 0;
      response.forEach((value, t) => {
        real += value * Math.cos((2 * Math.PI * hertz * (t - 2000)) / rate);
        imaginary += value * Math.sin((2 * Math.PI * hertz * (t - 2000)) / rate);
      });
      expect(Math.abs(imaginary)).toBeLessThan(30);
      return real / 30000;
    };
    expect(gainAt(1500)).toBeCloseTo(1, 2);
    expect(gainAt(300)).toBeCloseTo(Math.SQRT1_2, 2);
    expect(gainAt(6000)).toBeCloseTo(Math.SQRT1_2, 2);
    expect(gainAt(30)).toBeLessThan(0.001);
  });

  test('a sample comes out the same wherever its stretch begins, and at the ends of the file nothing rings', () => {
    const wave = recordingOf('wave', (t, column) => Math.round(500 + 300 * Math.sin(t * (0.05 + 0.01 * column)) + ((t * 7919 * (column + 1)) % 101)));
    const whole = rowOf(wave, 2000, 4000, 5);
    const later = rowOf(wave, 3111, 1000, 5);
    for (let t = 0; t < 1000; t++) expect(Math.abs(later[t] - whole[t + 1111])).toBeLessThan(1e-2);
    const offset = recordingOf('offset', () => 1234);
    expect(Math.max(...rowOf(offset, -100, 500, 0).map(Math.abs))).toBeLessThan(0.01);
  });

  test('the median reference takes out what all sites share', () => {
    const shared = { ...recordingOf('shared', (t, column) => Math.round(100 * Math.sin(t * 0.3)) + (column === 2 && t === 5000 ? -300 : 0)), bandPass: false, reference: true };
    const row = rowOf(shared, 4000, 2000, 2);
    expect(row[1000]).toBeCloseTo(-300, 0);
    row[1000] = 0;
    expect(Math.max(...row.map(Math.abs))).toBeLessThan(0.2);
  });
});

describe('whitening', () => {
  const sites = columnOfSites(32);
  const near = nearestSites(sites, 16);
  const smooth = (a: number, b: number) => 25 * Math.exp(-Math.hypot(sites.x[a] - sites.x[b], sites.y[a] - sites.y[b]) / 30) + (a === b ? 5 : 0);
  let rows: Float64Array[];

  beforeAll(() => {
    const { weights } = localWhitening(smooth, near);
    rows = weights.map((row, site) => {
      const full = new Float64Array(sites.count);
      near[site].forEach((other, k) => { full[other] = row[k]; });
      return full;
    });
  });

  const product = (a: Float64Array, b: Float64Array) => a.reduce((sum, wa, i) => sum + (wa === 0 ? 0 : wa * b.reduce((part, wb, j) => part + (wb === 0 ? 0 : wb * smooth(i, j)), 0)), 0);

  test('noise that neighbours share is white afterwards, with unit variance', () => {
    rows.forEach((a, i) => rows.forEach((b, j) => {
      const covariance = product(a, b);
      if (i === j) expect(covariance).toBeCloseTo(1, 6);
      else expect(Math.abs(covariance)).toBeLessThan(0.05);
    }));
  });

  test('a doubled channel gives finite rows of sane size', () => {
    const doubled = (a: number, b: number) => smooth(a === 7 ? 6 : a, b === 7 ? 6 : b);
    const { weights } = localWhitening(doubled, near);
    for (const row of weights) for (const weight of row) expect(Math.abs(weight)).toBeLessThan(10);
  });
});
