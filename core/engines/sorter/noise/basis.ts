// Five temporal components that describe spike shapes on any site, learned from the recording, and the same components
// moved by eighths of a sample, so that features do not depend on where between two samples a spike fell.

import { inner, leadingVectors } from '../linearAlgebra.ts';

/** Samples before the trough, and in all, of a clip that is described by the basis (-0.5 .. +1 ms at 30 kHz). */
export const basisBefore = 15;
export const basisLength = 46;
export const components = 5;
/** Taps of a stored component: padded for the kernels, room for the shift. */
export const tapCount = 56;
/** Taps before the clip's first sample. */
export const tapsAhead = 4;
const steps = 8; // shifts per sample
/** In medians of all clips' norms. */
const giantNorm = 4;

export interface TemporalBasis {
  /** [component x basisLength], orthonormal; a trough has a positive first coefficient. */
  readonly vectors: Float64Array;
  /** [shift x component x tapCount]: shift k is (k - steps/2) / steps samples later. */
  readonly shifted: Float32Array;
}

/** @param given [spike x basisLength] with troughs at basisBefore */
export function learnBasis(given: Float32Array): TemporalBasis {
  const clips = withoutGiants(given);
  const count = clips.length / basisLength;
  const covariance = new Float64Array(basisLength * basisLength);
  for (let k = 0; k < count; k++) {
    const clip = clips.subarray(k * basisLength, (k + 1) * basisLength);
    for (let i = 0; i < basisLength; i++) for (let j = 0; j <= i; j++) covariance[i * basisLength + j] += clip[i] * clip[j];
  }
  for (let i = 0; i < basisLength; i++) for (let j = 0; j < i; j++) covariance[j * basisLength + i] = covariance[i * basisLength + j];
  const vectors = leadingVectors(covariance, basisLength, components);
  const trough = meanClip(clips, count);
  for (let c = 0; c < components; c++) {
    if (inner(vectors, c * basisLength, trough, 0, basisLength) < 0) for (let t = 0; t < basisLength; t++) vectors[c * basisLength + t] *= -1;
  }
  return { vectors, shifted: shiftAll(vectors) };
}

/** Clips far larger than most, such as what is left of artifacts, speak no louder than a large spike. */
function withoutGiants(clips: Float32Array): Float32Array {
  const norms = Float64Array.from({ length: clips.length / basisLength }, (_, k) => Math.hypot(...clips.subarray(k * basisLength, (k + 1) * basisLength)));
  const limit = giantNorm * ([...norms].sort((a, b) => a - b)[norms.length >> 1] ?? 0);
  return clips.map((value, i) => {
    const norm = norms[Math.floor(i / basisLength)];
    return norm > limit ? (value * limit) / norm : value;
  });
}

/** Index of the shifted copy for a spike that fell `shift` (-0.5 .. 0.5) samples after its sample. */
export function shiftIndex(shift: number): number {
  return Math.max(0, Math.min(steps, Math.round(shift * steps) + steps / 2));
}

function meanClip(clips: Float32Array, count: number): Float64Array {
  const mean = new Float64Array(basisLength);
  for (let k = 0; k < count; k++) for (let t = 0; t < basisLength; t++) mean[t] += clips[k * basisLength + t] / count;
  return mean;
}

function shiftAll(vectors: Float64Array): Float32Array {
  const table = new Float32Array((steps + 1) * components * tapCount);
  for (let s = 0; s <= steps; s++) {
    for (let c = 0; c < components; c++) {
      const from = vectors.subarray(c * basisLength, (c + 1) * basisLength);
      const start = (s * components + c) * tapCount;
      for (let t = 0; t < tapCount; t++) table[start + t] = sampleAt(from, t - tapsAhead - (s - steps / 2) / steps);
    }
  }
  return table;
}

/** Band-limited value of a vector at a position between samples (sinc over +-6 samples with a raised-cosine window). */
export function sampleAt(values: ArrayLike<number>, position: number): number {
  const reach = 6;
  const first = Math.max(0, Math.ceil(position - reach));
  const last = Math.min(values.length - 1, Math.floor(position + reach));
  let sum = 0;
  for (let k = first; k <= last; k++) {
    const d = position - k;
    const sinc = Math.abs(d) < 1e-12 ? 1 : Math.sin(Math.PI * d) / (Math.PI * d);
    sum += values[k] * sinc * 0.5 * (1 + Math.cos((Math.PI * d) / reach));
  }
  return Math.abs(sum) < 1e-12 ? 0 : sum;
}

/** When a recording shows too few spikes: cosines under an envelope, trough first. */
export function defaultBasis(): TemporalBasis {
  const clips = new Float32Array(60 * basisLength);
  for (let k = 0; k < 60; k++) {
    const width = 3 + (k % 10) * 0.4;
    const late = 0.2 + 0.03 * Math.floor(k / 10);
    for (let t = 0; t < basisLength; t++) {
      const d = t - basisBefore;
      clips[k * basisLength + t] = -Math.exp(-0.5 * (d / width) ** 2) + late * Math.exp(-0.5 * ((d - 3 * width) / (2 * width)) ** 2);
    }
  }
  return learnBasis(clips);
}
