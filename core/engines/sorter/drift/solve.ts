// From displacements between pairs of time bins to one displacement per bin and window: weighted least squares with
// smoothness along time and depth, by conjugate gradients.

export interface PairDisplacement {
  readonly window: number;
  readonly a: number;
  readonly b: number;
  /** Displacement of bin b relative to bin a, um. */
  readonly shift: number;
  readonly weight: number;
}

const smoothTime = 1;
const smoothDepth = 1;
/** A pair that disagrees with the first solution by this counts half in the second, um. */
const doubt = 5;
/** Steps larger than this are jumps: nothing is smoothed across them, um. */
const jump = 10;

/** [window x bin], um; the median of every window is zero. */
export function solveDisplacements(pairs: readonly PairDisplacement[], bins: number, windows: number): Float64Array {
  const first = solve(pairs, bins, windows, new Uint8Array(windows * bins));
  const doubted = pairs.map((pair) => {
    const residual = first[pair.window * bins + pair.b] - first[pair.window * bins + pair.a] - pair.shift;
    return { ...pair, weight: pair.weight / (1 + (residual / doubt) ** 2) };
  });
  const jumps = Uint8Array.from(first, (value, at) => (at % bins < bins - 1 && Math.abs(first[at + 1] - value) > jump ? 1 : 0));
  return solve(doubted, bins, windows, jumps);
}

function solve(pairs: readonly PairDisplacement[], bins: number, windows: number, jumps: Uint8Array): Float64Array {
  const size = bins * windows;
  const right = new Float64Array(size);
  for (const { window, a, b, shift, weight } of pairs) {
    right[window * bins + b] += weight * shift;
    right[window * bins + a] -= weight * shift;
  }
  const apply = (p: Float64Array): Float64Array => {
    const out = p.map((value) => 1e-6 * value);
    const couple = (i: number, j: number, weight: number) => {
      const difference = weight * (p[i] - p[j]);
      out[i] += difference;
      out[j] -= difference;
    };
    for (const { window, a, b, weight } of pairs) couple(window * bins + b, window * bins + a, weight);
    for (let at = 0; at < size; at++) {
      if (at % bins < bins - 1 && jumps[at] === 0) couple(at, at + 1, smoothTime);
      if (at + bins < size) couple(at, at + bins, smoothDepth);
    }
    return out;
  };
  return centred(conjugateGradients(apply, right), bins);
}

function conjugateGradients(apply: (p: Float64Array) => Float64Array, right: Float64Array): Float64Array {
  const x = new Float64Array(right.length);
  const residual = right.slice();
  const direction = residual.slice();
  let energy = sumOfSquares(residual);
  const enough = 1e-16 * energy;
  for (let step = 0; step < 500 && energy > enough && energy > 0; step++) {
    const image = apply(direction);
    let curvature = 0;
    for (let k = 0; k < x.length; k++) curvature += direction[k] * image[k];
    const length = energy / curvature;
    for (let k = 0; k < x.length; k++) {
      x[k] += length * direction[k];
      residual[k] -= length * image[k];
    }
    const next = sumOfSquares(residual);
    for (let k = 0; k < x.length; k++) direction[k] = residual[k] + (next / energy) * direction[k];
    energy = next;
  }
  return x;
}

const sumOfSquares = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);

function centred(p: Float64Array, bins: number): Float64Array {
  for (let start = 0; start < p.length; start += bins) {
    const sorted = p.slice(start, start + bins).sort();
    const middle = sorted[bins >> 1];
    for (let k = start; k < start + bins; k++) p[k] -= middle;
  }
  return p;
}
