// Drift estimated from spike depths: how far off it is on movements that are known.

import { describe, expect, test } from 'vitest';
import { displacementAt, estimateDrift, isStill, restingDepth } from '../../../../core/engines/sorter/drift/drift.ts';
import { uniformOf } from '../../../../core/engines/sorter/random.ts';

const duration = 60;

/** Spikes of 60 units on 1000 um, 6 a second each, places known to 4 um. */
function spikesOf(moved: (seconds: number, depth: number) => number, silent: (seconds: number) => boolean = () => false) {
  const seconds: number[] = [];
  const depth: number[] = [];
  for (let unit = 0; unit < 60; unit++) {
    const rest = 1000 * uniformOf(1, unit);
    for (let k = 0; k < 6 * duration; k++) {
      const time = duration * uniformOf(2, unit * 1000 + k);
      if (silent(time)) continue;
      const error = 4 * Math.sqrt(-2 * Math.log(1 - uniformOf(3, unit * 1000 + k))) * Math.cos(2 * Math.PI * uniformOf(4, unit * 1000 + k));
      seconds.push(time);
      depth.push(rest + moved(time, rest) + error);
    }
  }
  return { shank: 0, lowest: 0, highest: 1000, duration, seconds, depth };
}

/** RMS of the estimate against the truth, both relative to their means. */
function errorOf(moved: (seconds: number, depth: number) => number, mode: 'on' | 'auto' = 'on', silent?: (seconds: number) => boolean): number {
  const drift = estimateDrift(spikesOf(moved, silent), mode);
  const squares = [150, 400, 650, 850].map((depth) => {
    const differences = Array.from({ length: 58 }, (_, k) => displacementAt(drift, k + 1, depth) - moved(k + 1, depth));
    const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
    return differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / differences.length;
  });
  return Math.sqrt(squares.reduce((sum, value) => sum + value, 0) / squares.length);
}

const zigzag = (seconds: number, depth: number) => 15 * (1 - depth / 2000) * (Math.abs((seconds / 12) % 4 - 2) - 1);

describe('drift', () => {
  test('a zigzag that weakens with depth is followed within a micrometre', () => {
    expect(errorOf(zigzag)).toBeLessThan(1);
  });

  test('a slow ramp is followed within a micrometre', () => {
    expect(errorOf((seconds) => 0.4 * seconds)).toBeLessThan(1);
  });

  test('a step of 20 um stays a step', () => {
    expect(errorOf((seconds) => (seconds > 30 ? 20 : 0))).toBeLessThan(3);
  });

  test('a still recording stays untouched', () => {
    expect(isStill(estimateDrift(spikesOf(() => 0), 'auto'))).toBe(true);
    expect(errorOf(() => 0)).toBeLessThan(0.5);
  });

  test('twenty seconds without spikes are bridged smoothly', () => {
    const drift = estimateDrift(spikesOf(zigzag, (seconds) => seconds > 20 && seconds < 40), 'on');
    for (let bin = 0; bin + 1 < drift.bins; bin++) {
      const step = drift.displacement[bin + 1] - drift.displacement[bin];
      expect(Number.isFinite(step)).toBe(true);
      expect(Math.abs(step)).toBeLessThan(5);
    }
  });

  test('where a spike rests and where it is seen fit together', () => {
    const drift = estimateDrift(spikesOf(zigzag), 'on');
    const seen = 300 + displacementAt(drift, 24, 300);
    expect(restingDepth(drift, 24, seen)).toBeCloseTo(300, 0);
  });

  test('no spikes, no movement', () => {
    expect(isStill(estimateDrift({ shank: 0, lowest: 0, highest: 500, duration: 10, seconds: [], depth: [] }, 'auto'))).toBe(true);
  });
});
