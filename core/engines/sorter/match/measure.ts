// What matched spikes look like once all others are subtracted: their features, how well the template fits, and, where
// templates are to be refined, sums of their residuals and of the unwhitened trace.

import type { Workspace } from '../../../kernels/sorter/index.ts';
import type { Trace } from '../frontEnd.ts';
import { basisBefore, components, shiftIndex, tapCount, tapsAhead } from '../noise/basis.ts';
import { templateBefore, templateLength } from '../templates/template.ts';
import type { Spike } from './greedy.ts';
import type { MatchRequest } from './matchTask.ts';

/** Sums over one unit's spikes of a block. */
export interface UnitSums {
  readonly unit: number;
  readonly count: number;
  /** Sum of squared amplitudes. */
  readonly weight: number;
  /** [around x templateLength]: sum of amplitude x residual, or of the filtered trace in uV. */
  readonly values: Float32Array;
}

export interface Measured {
  /** [spike x aroundSites x components] of residual plus own template. */
  readonly features: Float32Array;
  /** Cosine between the cleaned spike and its template. */
  readonly cosine: Float32Array;
  /** Displacement of the unit's tissue, um. */
  readonly displacement: Int16Array;
  readonly sums: readonly UnitSums[];
}

export function measureSpikes(
  workspace: Workspace, request: MatchRequest, trace: Trace, white: Trace, waveforms: readonly Float64Array[],
  spikes: readonly Spike[], displacement: Int16Array | undefined,
): Measured {
  const own = spikes.map((spike) => ownFeatures(request, waveforms, spike.unit));
  const features = cleanedFeatures(workspace, request, white, spikes, own);
  return {
    features,
    cosine: Float32Array.from(spikes, (spike) => cosineWith(white, request, waveforms[spike.unit], spike)),
    displacement: Int16Array.from(spikes, (spike) => displacement?.[request.set.templates[spike.unit].peakSite] ?? 0),
    sums: sumByUnit(request, request.sums === 'residual' ? white : trace, spikes),
  };
}

const ownCache = new WeakMap<MatchRequest, Map<number, Float32Array>>();

/** The template's own features: [around x components]. */
function ownFeatures(request: MatchRequest, waveforms: readonly Float64Array[], unit: number): Float32Array {
  let cache = ownCache.get(request);
  if (!cache) ownCache.set(request, (cache = new Map()));
  const known = cache.get(unit);
  if (known) return known;
  const around = request.around[unit];
  const rowOf = new Map(Array.from(request.set.templates[unit].sites, (site, row) => [site, row]));
  const taps = request.basis.subarray(shiftIndex(0) * components * tapCount);
  const result = new Float32Array(request.aroundSites * components);
  const lead = templateBefore - basisBefore - tapsAhead;
  around.forEach((site, k) => {
    const row = rowOf.get(site);
    if (row === undefined) return;
    for (let c = 0; c < components; c++) {
      let sum = 0;
      for (let j = 0; j < tapCount && j + lead < templateLength; j++) sum += taps[c * tapCount + j] * waveforms[unit][row * templateLength + lead + j];
      result[k * components + c] = sum;
    }
  });
  cache.set(unit, result);
  return result;
}

function cleanedFeatures(workspace: Workspace, request: MatchRequest, white: Trace, spikes: readonly Spike[], own: readonly Float32Array[]): Float32Array {
  const size = request.aroundSites * components;
  const features = new Float32Array(spikes.length * size);
  const mark = workspace.mark();
  const basis = workspace.f32(request.basis.length);
  basis.view.set(request.basis);
  const table = workspace.i32(request.aroundSites);
  const out = workspace.f32(size);
  spikes.forEach((spike, k) => {
    const around = request.around[spike.unit];
    around.forEach((site, r) => { table.view[r] = white.addresses[site]; });
    const taps = basis.at + 4 * shiftIndex(spike.shift) * components * tapCount;
    workspace.kernels.clipFeatures(table.at, around.length, spike.at - basisBefore - tapsAhead, taps, components, tapCount, out.at);
    for (let i = 0; i < around.length * components; i++) features[k * size + i] = out.view[i] + spike.amplitude * own[k][i];
  });
  workspace.release(mark);
  return features;
}

function cosineWith(white: Trace, request: MatchRequest, waveform: Float64Array, spike: Spike): number {
  const { view } = white.rows;
  let product = 0;
  let residual = 0;
  let energy = 0;
  const { sites } = request.set.templates[spike.unit];
  for (let row = 0; row < sites.length; row++) {
    const from = sites[row] * white.stride + spike.at - templateBefore;
    const own = row * templateLength;
    for (let t = 0; t < templateLength; t++) {
      const expected = waveform[own + t];
      const rest = view[from + t];
      product += expected * rest;
      residual += rest * rest;
      energy += expected * expected;
    }
  }
  const a = spike.amplitude;
  const whole = residual + 2 * a * product + a * a * energy;
  return whole > 0 ? (product + a * energy) / Math.sqrt(whole * energy) : 0;
}

function sumByUnit(request: MatchRequest, trace: Trace, spikes: readonly Spike[]): UnitSums[] {
  const units = [...new Set(spikes.map((spike) => spike.unit))].sort((a, b) => a - b);
  return units.map((unit) => {
    const own = spikes.filter((spike) => spike.unit === unit);
    const around = request.around[unit];
    const values = new Float32Array(around.length * templateLength);
    for (const spike of own) {
      const weight = request.sums === 'residual' ? spike.amplitude : 1;
      around.forEach((site, row) => addMoved(values, row, trace, site, spike, weight));
    }
    return { unit, count: own.length, weight: own.reduce((sum, spike) => sum + spike.amplitude ** 2, 0), values };
  });
}

/** Adds a spike's clip, moved back by its part of a sample. */
function addMoved(sum: Float32Array, row: number, trace: Trace, site: number, spike: Spike, weight: number): void {
  const { view } = trace.rows;
  const s = spike.shift;
  const before = 0.5 * s * (s - 1) * weight;
  const here = (1 - s * s) * weight;
  const after = 0.5 * s * (s + 1) * weight;
  let from = site * trace.stride + spike.at - templateBefore;
  for (let t = row * templateLength; t < (row + 1) * templateLength; t++, from++) sum[t] += before * view[from - 1] + here * view[from] + after * view[from + 1];
}
