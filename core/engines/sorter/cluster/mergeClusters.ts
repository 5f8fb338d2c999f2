// Joins clusters that are pieces of one unit: closest first, by the distance of their mean waveforms; where that alone
// does not decide, the spikes must show no valley between the two.

import { basisBefore, basisLength, components } from '../noise/basis.ts';
import { pickSites } from './pickSites.ts';
import type { TemporalBasis } from '../noise/basis.ts';
import { squaredDistance } from '../neighbours.ts';
import type { Sites } from '../recording.ts';
import { templateBefore, templateLength } from '../templates/template.ts';
import type { Waveform } from '../templates/template.ts';
import { waveformDifference } from '../templates/distance.ts';
import type { Difference } from '../templates/distance.ts';
import { isocut } from './isocut.ts';

/** A cluster on its way to a unit. */
export interface Piece {
  readonly site: number;
  readonly sites: Int32Array;
  readonly count: number;
  readonly waveform: Waveform;
  /** [spike x sites x components] of some spikes of the largest part. */
  readonly sample: Float32Array;
  /** Indices of the clusters in it. */
  readonly parts: readonly number[];
}

export interface MergeRules {
  /** Below: merge. */
  readonly sure: number;
  /** Up to here: merge when the spikes show no valley. */
  readonly possible: number;
  readonly dip: number;
  readonly radius: number;
  /** Smaller clusters prove nothing by their spikes. */
  readonly fewSpikes: number;
}

const lagReach = 8;
/** Even near waveforms stay apart when their spikes show a valley this deep that is not one of amplitude (bursts). */
const deepDip = 2.2;
const leastShape = 0.15;
const leastShared = 6;

export function mergePieces(pieces: readonly Piece[], sites: Sites, basis: TemporalBasis, rules: MergeRules): Piece[] {
  const alive: (Piece | undefined)[] = [...pieces];
  const candidates: Candidate[] = [];
  const consider = (a: number) => {
    for (let b = 0; b < alive.length; b++) {
      if (b === a || !alive[b] || squaredDistance(sites, alive[a]!.site, alive[b]!.site) > rules.radius ** 2) continue;
      const difference = waveformDifference(alive[a]!.waveform, alive[b]!.waveform, lagReach, leastShared);
      if (difference.distance < rules.possible) candidates.push({ a, b, ...difference });
    }
  };
  for (let a = 0; a < alive.length; a++) consider(a);
  while (candidates.length > 0) {
    let best = 0;
    for (let k = 1; k < candidates.length; k++) if (candidates[k].distance < candidates[best].distance) best = k;
    const candidate = candidates.splice(best, 1)[0];
    const { a, b } = candidate;
    if (!alive[a] || !alive[b] || !belongTogether(alive[a], alive[b], candidate, basis, rules)) continue;
    alive.push(joined(alive[a], alive[b], candidate.lag));
    alive[a] = alive[b] = undefined;
    consider(alive.length - 1);
  }
  return alive.filter((piece) => piece !== undefined).sort((x, y) => x.parts[0] - y.parts[0]);
}

interface Candidate extends Difference { readonly a: number; readonly b: number }

function belongTogether(a: Piece, b: Piece, { distance, shape, lag }: Difference, basis: TemporalBasis, rules: MergeRules): boolean {
  if (Math.min(a.count, b.count) < rules.fewSpikes) return distance < 0.5 * (rules.sure + rules.possible);
  if (distance < rules.sure && shape < leastShape) return true;
  return valleyBetween(a, b, lag, basis) < (distance < rules.sure ? deepDip : rules.dip);
}

function joined(a: Piece, b: Piece, lag: number): Piece {
  const [large, small] = a.count >= b.count ? [a, b] : [b, a];
  const shift = a.count >= b.count ? lag : -lag;
  const count = a.count + b.count;
  const values = large.waveform.values.slice();
  const rowOfSmall = new Map(Array.from(small.waveform.sites, (site, row) => [site, row]));
  large.waveform.sites.forEach((site, row) => {
    const other = rowOfSmall.get(site);
    if (other === undefined) return;
    for (let t = 0; t < templateLength; t++) {
      const from = t - shift;
      const value = from >= 0 && from < templateLength ? small.waveform.values[other * templateLength + from] : 0;
      values[row * templateLength + t] += (small.count / count) * (value - values[row * templateLength + t]);
    }
  });
  return { ...large, count, waveform: { sites: large.waveform.sites, values }, parts: [...a.parts, ...b.parts].sort((x, y) => x - y) };
}

/** Dip score of both samples on the line between their means, over the sites that both have. */
function valleyBetween(a: Piece, b: Piece, lag: number, basis: TemporalBasis): number {
  const indexInB = new Map(Array.from(b.sites, (site, k) => [site, k]));
  const shared = Array.from(a.sites.keys()).filter((k) => indexInB.has(a.sites[k]));
  const moved = shiftMatrix(basis, lag);
  const first = pickSites(a.sample, a.sites.length, shared);
  const second = transformed(pickSites(b.sample, b.sites.length, shared.map((k) => indexInB.get(a.sites[k])!)), moved);
  const width = shared.length * components;
  const direction = new Float64Array(width);
  for (const [sample, sign] of [[first, -1], [second, 1]] as const) {
    const count = sample.length / width;
    for (let k = 0; k < sample.length; k++) direction[k % width] += (sign * sample[k]) / count;
  }
  const projections = [first, second].flatMap((sample) => Array.from({ length: sample.length / width }, (_, k) => {
    let sum = 0;
    for (let j = 0; j < width; j++) sum += sample[k * width + j] * direction[j];
    return sum;
  }));
  return isocut(Float64Array.from(projections).sort()).dip;
}

/** Coefficients of the basis after moving a waveform `lag` samples later: [component x component]. */
export function shiftMatrix(basis: TemporalBasis, lag: number): Float64Array {
  const result = new Float64Array(components * components);
  for (let k = 0; k < components; k++) {
    for (let m = 0; m < components; m++) {
      for (let t = Math.max(0, lag); t < Math.min(basisLength, basisLength + lag); t++) {
        result[k * components + m] += basis.vectors[k * basisLength + t] * basis.vectors[m * basisLength + t - lag];
      }
    }
  }
  return result;
}

function transformed(sample: Float32Array, matrix: Float64Array): Float32Array {
  const result = new Float32Array(sample.length);
  for (let start = 0; start < sample.length; start += components) {
    for (let k = 0; k < components; k++) for (let m = 0; m < components; m++) result[start + k] += matrix[k * components + m] * sample[start + m];
  }
  return result;
}

/** Writes a mean of features out as a waveform of template length. */
export function waveformFromFeatures(mean: ArrayLike<number>, sites: Int32Array, basis: TemporalBasis): Waveform {
  const values = new Float64Array(sites.length * templateLength);
  const offset = templateBefore - basisBefore;
  for (let row = 0; row < sites.length; row++) {
    for (let k = 0; k < components; k++) {
      const weight = mean[row * components + k];
      for (let t = 0; t < basisLength; t++) values[row * templateLength + offset + t] += weight * basis.vectors[k * basisLength + t];
    }
  }
  return { sites, values };
}
