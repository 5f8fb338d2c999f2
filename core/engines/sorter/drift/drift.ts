// How the tissue moved along a shank: estimated from spike depths, looked up by time and depth.

import { depthHistogram, displacementBetween, underWindow } from './histograms.ts';
import type { HistogramGrid, WindowedHistogram } from './histograms.ts';
import { solveDisplacements } from './solve.ts';
import type { PairDisplacement } from './solve.ts';

/** Displacement of one shank's tissue, towards the base positive. A unit resting at depth y is seen at y + displacement. */
export interface ShankDrift {
  readonly shank: number;
  readonly binSeconds: number;
  readonly bins: number;
  /** um, ascending. */
  readonly depths: Float64Array;
  /** [depth x bin], um. */
  readonly displacement: Float64Array;
  /** Mean correlation of the bins' histograms with their average, before and after correction. */
  readonly sharpness: { readonly before: number; readonly after: number };
}

export interface DriftInput {
  readonly shank: number;
  /** Range of its sites, um. */
  readonly lowest: number;
  readonly highest: number;
  readonly duration: number;
  /** Seconds and um of every spike. */
  readonly seconds: ArrayLike<number>;
  readonly depth: ArrayLike<number>;
}

const rowHeight = 2; // um
const windowSd = 300; // um
const windowStep = 400; // um
const reach = 50; // um
/** Bins further apart are compared only every tenth. */
const nearBins = 60;
const leastCorrelation = 0.1;
/** 'auto' keeps an estimate only when it sharpens the histograms by more than this share. */
const leastGain = 0.01;

export function estimateDrift(input: DriftInput, mode: 'on' | 'auto'): ShankDrift {
  const grid = gridFor(input);
  const histogram = depthHistogram(grid, input.seconds, input.depth);
  const windows = windowCentres(input).map((centre) => underWindow(grid, histogram, centre, windowSd));
  const pairs = windows.flatMap((window, index) => comparePairs(window, index));
  const displacement = solveDisplacements(pairs, grid.bins, windows.length);
  const drift = { shank: input.shank, binSeconds: grid.binSeconds, bins: grid.bins, depths: ascending(windows.map((window) => window.centre)), displacement };
  const corrected = Float64Array.from(input.seconds, (time, k) => restingDepth(drift, time, input.depth[k]));
  const sharpness = { before: sharpnessOf(grid, histogram), after: sharpnessOf(grid, depthHistogram(grid, input.seconds, corrected)) };
  const useless = mode === 'auto' && !(sharpness.after > sharpness.before * (1 + leastGain));
  return { ...drift, displacement: useless ? displacement.fill(0) : displacement, sharpness };
}

/** No drift at all, for one shank. */
export function restful(shank: number): ShankDrift {
  return { shank, binSeconds: 1, bins: 1, depths: Float64Array.of(0), displacement: Float64Array.of(0), sharpness: { before: NaN, after: NaN } };
}

export const isStill = (drift: Pick<ShankDrift, 'displacement'>): boolean => drift.displacement.every((value) => value === 0);

/** um; linear between bin centres and window depths, constant in time and linear in depth beyond the outermost. */
export function displacementAt(drift: Pick<ShankDrift, 'binSeconds' | 'bins' | 'depths' | 'displacement'>, seconds: number, depth: number): number {
  const { bins, depths, displacement } = drift;
  const position = Math.max(0, Math.min(bins - 1, seconds / drift.binSeconds - 0.5));
  const bin = Math.min(Math.floor(position), Math.max(0, bins - 2));
  const along = bins > 1 ? position - bin : 0;
  const atDepth = (k: number) => displacement[k * bins + bin] + (bins > 1 ? along * (displacement[k * bins + bin + 1] - displacement[k * bins + bin]) : 0);
  if (depths.length === 1) return atDepth(0);
  let low = 0;
  while (low < depths.length - 2 && depth > depths[low + 1]) low++;
  const share = (depth - depths[low]) / (depths[low + 1] - depths[low]);
  const bounded = Math.max(-0.5, Math.min(1.5, share));
  return atDepth(low) + bounded * (atDepth(low + 1) - atDepth(low));
}

/** Where a spike seen at `depth` rests. */
export function restingDepth(drift: Pick<ShankDrift, 'binSeconds' | 'bins' | 'depths' | 'displacement'>, seconds: number, depth: number): number {
  return depth - displacementAt(drift, seconds, depth - displacementAt(drift, seconds, depth));
}

function gridFor(input: DriftInput): HistogramGrid {
  const binSeconds = input.duration > 3 * 3600 ? 5 : input.duration > 1200 ? 2 : 1;
  const lowest = input.lowest - 20;
  return { bins: Math.max(1, Math.round(input.duration / binSeconds)), binSeconds, lowest, rows: Math.ceil((input.highest + 20 - lowest) / rowHeight), rowHeight };
}

function windowCentres(input: DriftInput): number[] {
  const span = input.highest - input.lowest;
  const count = Math.max(2, Math.round(span / windowStep) + 1);
  return Array.from({ length: count }, (_, k) => input.lowest + (span * k) / (count - 1));
}

function comparePairs(window: WindowedHistogram, index: number): PairDisplacement[] {
  const pairs: PairDisplacement[] = [];
  for (let a = 0; a < window.bins; a++) {
    for (let b = a + 1; b < window.bins; b++) {
      if (b - a > nearBins && ((b - a) % 10 !== 0 || b - a > 10 * nearBins)) continue;
      const { rows, correlation } = displacementBetween(window, a, b, reach / rowHeight);
      if (correlation > leastCorrelation) pairs.push({ window: index, a, b, shift: rows * rowHeight, weight: correlation ** 2 });
    }
  }
  return pairs;
}

/** Windows without spikes may tie: depths must rise for the interpolation. */
function ascending(depths: number[]): Float64Array {
  return Float64Array.from(depths, (depth, k) => (k > 0 ? Math.max(depth, depths[k - 1] + 1) : depth));
}

function sharpnessOf(grid: HistogramGrid, histogram: Float64Array): number {
  const { bins, rows } = grid;
  const mean = new Float64Array(rows);
  for (let at = 0; at < histogram.length; at++) mean[at % rows] += histogram[at] / bins;
  let sum = 0;
  let counted = 0;
  for (let bin = 0; bin < bins; bin++) {
    const correlation = correlate(histogram.subarray(bin * rows, (bin + 1) * rows), mean);
    if (!Number.isFinite(correlation)) continue;
    sum += correlation;
    counted++;
  }
  return counted > 0 ? sum / counted : NaN;
}

function correlate(a: Float64Array, b: Float64Array): number {
  const meanA = a.reduce((sum, value) => sum + value, 0) / a.length;
  const meanB = b.reduce((sum, value) => sum + value, 0) / b.length;
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let k = 0; k < a.length; k++) {
    ab += (a[k] - meanA) * (b[k] - meanB);
    aa += (a[k] - meanA) ** 2;
    bb += (b[k] - meanB) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}
