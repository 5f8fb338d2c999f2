// The noise of the recording from chunks spread over it: level and covariance of every site, the spikes' temporal basis.

import { inOrder } from '../../../common/index.ts';
import type { EngineContext } from '../../../common/index.ts';
import { median } from '../linearAlgebra.ts';
import { nearestSites, sitesWithin } from '../neighbours.ts';
import type { Recording } from '../recording.ts';
import { basisLength, defaultBasis, learnBasis } from './basis.ts';
import type { TemporalBasis } from './basis.ts';
import { isMeasured, noiseLags } from './noiseTask.ts';
import type { ChunkNoise, NoiseRequest } from './noiseTask.ts';

export interface Noise {
  /** Robust standard deviation of every site, uV. */
  readonly sigma: Float64Array;
  /** Of the quiet samples; zero where two sites are too far apart to have been measured, uV^2. */
  readonly covariance: (a: number, b: number) => number;
  /** Of one site's noise at lags 0.., 1 at lag 0. */
  readonly autocorrelation: Float64Array;
  readonly basis: TemporalBasis;
}

const chunkCount = 36;
const levelChunks = 8;
const chunkSeconds = 0.1;
const covarianceNeighbours = 48;
/** Fewer quiet samples than this: the covariance of the pair is taken as none. */
const leastQuiet = 1000;
const leastClips = 100;
const mostClips = 5000;

/** Start and length of `wanted` chunks spread over the recording, fewer where it is short. */
function chunksOf(recording: Recording, wanted: number): { first: number; length: number }[] {
  const length = Math.min(Math.round(chunkSeconds * recording.rate), recording.samples);
  const count = Math.max(1, Math.min(wanted, Math.floor(recording.samples / length)));
  return Array.from({ length: count }, (_, k) => ({ first: Math.floor(((k + 0.5) / count) * (recording.samples - length)), length }));
}

export async function measureNoise(recording: Recording, detectRadius: number, context: EngineContext): Promise<Noise> {
  const places = chunksOf(recording, chunkCount);
  const chunks: ChunkNoise[] = [];
  await inOrder(places.length, 2 * context.pool.size, (k) => {
    const request: NoiseRequest = { recording, ...places[k], neighbours: covarianceNeighbours, detectRadius };
    return context.pool.run<ChunkNoise>('sorter.noise', request, { signal: context.signal });
  }, (chunk) => void chunks.push(chunk));
  const sigma = Float64Array.from({ length: recording.sites.count }, (_, site) => median(chunks.map((chunk) => chunk.sigma[site])));
  return { sigma, covariance: covarianceFrom(recording, sigma, chunks), autocorrelation: autocorrelationFrom(chunks), basis: basisFrom(chunks) };
}

/** Correlations of the quiet samples, scaled to the robust variances. */
function covarianceFrom(recording: Recording, sigma: Float64Array, chunks: readonly ChunkNoise[]): (a: number, b: number) => number {
  const near = nearestSites(recording.sites, covarianceNeighbours);
  const width = Math.max(...near.map((list) => list.length));
  const n = recording.sites.count;
  const mean = new Float64Array(n * n);
  near.forEach((list, site) => list.forEach((other, k) => {
    if (!isMeasured(near, site, other)) return;
    let products = 0;
    let counts = 0;
    for (const chunk of chunks) {
      products += chunk.products[site * width + k];
      counts += chunk.counts[site * width + k];
    }
    mean[site * n + other] = counts >= leastQuiet ? products / counts : site === other ? sigma[site] ** 2 : 0;
  }));
  const variance = Float64Array.from({ length: n }, (_, site) => mean[site * n + site] || 1);
  return (a, b) => {
    const value = mean[a * n + b] || mean[b * n + a];
    return (value / Math.sqrt(variance[a] * variance[b])) * sigma[a] * sigma[b];
  };
}

function autocorrelationFrom(chunks: readonly ChunkNoise[]): Float64Array {
  const mean = Float64Array.from({ length: noiseLags }, (_, lag) => {
    const products = chunks.reduce((sum, chunk) => sum + chunk.lagProducts[lag], 0);
    const counts = chunks.reduce((sum, chunk) => sum + chunk.lagCounts[lag], 0);
    return counts > 0 ? products / counts : 0;
  });
  return mean.map((value, lag) => (mean[0] > 0 ? value / mean[0] : lag === 0 ? 1 : 0));
}

function basisFrom(chunks: readonly ChunkNoise[]): TemporalBasis {
  const total = chunks.reduce((sum, chunk) => sum + chunk.clips.length / basisLength, 0);
  if (total < leastClips) return defaultBasis();
  const every = Math.max(1, Math.ceil(total / mostClips));
  const clips = chunks.flatMap((chunk) => Array.from({ length: chunk.clips.length / basisLength }, (_, k) => chunk.clips.subarray(k * basisLength, (k + 1) * basisLength)));
  const chosen = clips.filter((_, k) => k % every === 0);
  const flat = new Float32Array(chosen.length * basisLength);
  chosen.forEach((clip, k) => flat.set(clip, k * basisLength));
  return learnBasis(flat);
}

/** Sites that record nothing or only noise: level below 0.3 or above 3 times the median of their neighbourhood. */
export async function deadSites(recording: Recording, context: EngineContext): Promise<Set<number>> {
  const levels: Float64Array[] = [];
  const places = chunksOf(recording, levelChunks);
  await inOrder(places.length, 2 * context.pool.size, (k) => context.pool.run<Float64Array>('sorter.level', { recording, ...places[k] }, { signal: context.signal }), (level) => void levels.push(level));
  const sigma = Float64Array.from({ length: recording.sites.count }, (_, site) => median(levels.map((level) => level[site])));
  const around = sitesWithin(recording.sites, 100);
  const usual = (site: number) => median(Array.from(around[site].filter((other) => other !== site || around[site].length === 1), (other) => sigma[other]));
  return new Set(Array.from(sigma.keys()).filter((site) => !(sigma[site] > 0.3 * usual(site)) || sigma[site] > 3 * usual(site)));
}
