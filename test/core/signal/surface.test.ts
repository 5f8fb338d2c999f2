// The surface of the brain from the power along a probe.

import { expect, it } from 'vitest';
import { findSurface, powerProfile } from '../../../core/signal/index.ts';

const rows = Array.from({ length: 100 }, (_, row) => 20 * row);
const steps = (at: (z: number) => number) => rows.map((z) => 10 ** (at(z) / 10));

it('lies where the power falls for good', () => {
  const surface = findSurface(powerProfile(rows, steps((z) => (z < 1500 ? 40 - z / 200 : 24))))!;
  expect(surface.z_um).toBeCloseTo(1490, -1.5);
  expect(surface.fall_dB).toBeGreaterThan(7);
});

it('is nowhere on a probe that lies in the brain, nor where a quiet layer is followed by a loud one', () => {
  expect(findSurface(powerProfile(rows, steps((z) => 40 - z / 300)))).toBeUndefined();
  expect(findSurface(powerProfile(rows, steps((z) => (z > 600 && z < 900 ? 25 : 40))))).toBeUndefined();
  expect(findSurface(powerProfile([], []))).toBeUndefined();
});

it('does not depend on a dead channel, a noisy one, or channels without figures', () => {
  const power = steps((z) => (z < 1000 ? 40 : 28));
  power[20] = 1e-3;
  power[80] = 1e9;
  power[30] = NaN;
  expect(findSurface(powerProfile(rows, power))!.z_um).toBeCloseTo(990, -1);
});
