// Splits the spikes of one place into clusters: principal components of their features, isosplit, and the same again
// within every piece, because a piece's own components show what the whole's hide.

import { leadingVectors } from '../linearAlgebra.ts';
import { isosplit } from './isosplit.ts';

export interface SplitRules {
  readonly dims: number;
  readonly starts: number;
  readonly minSize: number;
  readonly dip: number;
  readonly depth: number;
  readonly seed: number;
}

/** @param features [n x width] @returns lists of spikes, one per cluster, ordered by their first spike */
export function splitGroup(features: Float32Array, width: number, rules: SplitRules): Int32Array[] {
  const everything = Int32Array.from({ length: features.length / width }, (_, k) => k);
  return splitPart(features, width, everything, rules, 0).sort((a, b) => a[0] - b[0]);
}

function splitPart(features: Float32Array, width: number, members: Int32Array, rules: SplitRules, level: number): Int32Array[] {
  if (members.length < 2 * rules.minSize || level >= rules.depth) return [members];
  const dims = Math.min(rules.dims, width);
  const labels = isosplit(principalComponents(features, width, members, dims), dims, rules);
  const pieces: Int32Array[] = [];
  for (let label = 0; ; label++) {
    const piece = members.filter((_, k) => labels[k] === label);
    if (piece.length === 0) break;
    pieces.push(piece);
  }
  if (pieces.length === 1) return [members];
  return pieces.flatMap((piece) => splitPart(features, width, piece, rules, level + 1));
}

/** Spikes larger than this in number are described by components of an even sample of them. */
const sampleSize = 3000;

/** [members x dims], centred. */
export function principalComponents(features: Float32Array, width: number, members: Int32Array, dims: number): Float64Array {
  const every = Math.max(1, Math.ceil(members.length / sampleSize));
  const sample = members.filter((_, k) => k % every === 0);
  const mean = new Float64Array(width);
  for (const k of sample) for (let j = 0; j < width; j++) mean[j] += features[k * width + j] / sample.length;
  const covariance = new Float64Array(width * width);
  const centred = new Float64Array(width);
  for (const k of sample) {
    for (let j = 0; j < width; j++) centred[j] = features[k * width + j] - mean[j];
    for (let i = 0; i < width; i++) {
      const value = centred[i];
      for (let j = 0; j <= i; j++) covariance[i * width + j] += value * centred[j];
    }
  }
  for (let i = 0; i < width; i++) for (let j = 0; j < i; j++) covariance[j * width + i] = covariance[i * width + j];
  const vectors = leadingVectors(covariance, width, dims, 20);
  const scores = new Float64Array(members.length * dims);
  members.forEach((k, row) => {
    for (let d = 0; d < dims; d++) {
      let sum = 0;
      for (let j = 0; j < width; j++) sum += (features[k * width + j] - mean[j]) * vectors[d * width + j];
      scores[row * dims + d] = sum;
    }
  });
  return scores;
}
