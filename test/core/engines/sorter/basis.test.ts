// The temporal basis must describe spikes, whatever a few artifacts among the clips look like.

import { expect, test } from 'vitest';
import { basisBefore, basisLength, learnBasis } from '../../../../core/engines/sorter/noise/basis.ts';

/** A trough of a given depth, with a little deterministic noise. */
function trough(depth: number, k: number): number[] {
  return Array.from({ length: basisLength }, (_, t) => -depth * Math.exp(-0.5 * ((t - basisBefore) / 3) ** 2) + Math.sin(12.9898 * (k * basisLength + t)));
}

test('a few giant artifacts among the clips do not become the first component', () => {
  const clips = [
    ...Array.from({ length: 200 }, (_, k) => trough(10 + (k % 7), k)),
    ...Array.from({ length: 4 }, () => Array.from({ length: basisLength }, (_, t) => 900 * Math.cos(t / 9) - (t === basisBefore ? 950 : 0))),
  ];
  const { vectors } = learnBasis(Float32Array.from(clips.flat()));
  const projection = (clip: readonly number[]) => clip.reduce((sum, value, t) => sum + value * vectors[t], 0);
  const shape = trough(10, 0);
  expect(projection(shape)).toBeGreaterThan(0.9 * Math.hypot(...shape));
});
