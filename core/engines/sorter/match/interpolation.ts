// Spikes fall between samples. A template moved by a part of a sample is taken as the parabola through three of its
// samples: T(t - shift) = sum over m = -1, 0, 1 of weight_m(shift) T(t + m).

export const parabolaWeights = (shift: number): readonly [number, number, number] => [
  0.5 * shift * (shift + 1),
  1 - shift * shift,
  0.5 * shift * (shift - 1),
];

/** Position (-0.5 .. 0.5) and height of the summit of the parabola through three samples. */
export function summit(before: number, here: number, after: number): { shift: number; height: number } {
  const curvature = before - 2 * here + after;
  if (!(curvature < 0)) return { shift: 0, height: here };
  const shift = Math.max(-0.5, Math.min(0.5, (0.5 * (before - after)) / curvature));
  return { shift, height: here + 0.5 * shift * (after - before) + 0.5 * shift * shift * curvature };
}
