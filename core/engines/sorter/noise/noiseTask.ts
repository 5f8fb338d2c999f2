// Task: the noise on one short chunk. Its level per site, its covariance between neighbours away from spikes, and some
// spike shapes to learn a temporal basis from.

import { openWorkspace } from '../../../kernels/sorter/index.ts';
import type { Workspace } from '../../../kernels/sorter/index.ts';
import { betweenSamples, findPeaks } from '../detect/peaks.ts';
import { readTrace, traceBytes } from '../frontEnd.ts';
import type { Trace } from '../frontEnd.ts';
import { median } from '../linearAlgebra.ts';
import { nearestSites, sitesWithin } from '../neighbours.ts';
import type { Recording } from '../recording.ts';
import { basisBefore, basisLength } from './basis.ts';

export interface NoiseRequest {
  readonly recording: Recording;
  readonly first: number;
  readonly length: number;
  /** Neighbours whose covariance is measured. */
  readonly neighbours: number;
  readonly detectRadius: number;
}

export interface ChunkNoise {
  /** MAD / 0.6745 per site, uV. */
  readonly sigma: Float64Array;
  /** [site x neighbour]: sum of products and number of samples in which both sites were quiet. */
  readonly products: Float64Array;
  readonly counts: Float64Array;
  /** [lag]: the same for a site with itself some samples later, summed over some sites, in units of their variance. */
  readonly lagProducts: Float64Array;
  readonly lagCounts: Float64Array;
  /** [spike x basisLength]: clips of peak channels, scaled to a peak of one. */
  readonly clips: Float32Array;
}

const spikeSigma = 4; // quiet samples stay away from crossings of this
const quietRadius = 150; // um
const quietMs = 1;
const clipSigma = 6;
/** Lags of the noise's autocorrelation, and how many sites it is measured on. */
export const noiseLags = 61;
const lagSites = 32;

export function noiseTask(request: NoiseRequest): ChunkNoise {
  const { recording, length } = request;
  const workspace = openWorkspace(traceBytes(recording, length) * 2);
  const trace = readTrace(workspace, recording, request.first, length);
  const sigma = Float64Array.from({ length: recording.sites.count }, (_, site) => robustSigma(row(trace, site), recording.bandPass ? 0 : recording.sites.microvolts[site]));
  const clips = shapes(workspace, trace, recording, sigma, request.detectRadius);
  const masks = blankSpikes(workspace, trace, recording, sigma);
  return {
    sigma,
    clips,
    ...quietProducts(workspace, trace, masks, nearestSites(recording.sites, request.neighbours)),
    ...lagProducts(workspace, trace, masks, sigma),
  };
}

/** Task: the level of every site on one chunk before any reference is taken, which would hide a dead site. */
export function levelTask({ recording, first, length }: Pick<NoiseRequest, 'recording' | 'first' | 'length'>): Float64Array {
  const plain = { ...recording, reference: false };
  const trace = readTrace(openWorkspace(traceBytes(plain, length)), plain, first, length);
  return Float64Array.from({ length: recording.sites.count }, (_, site) => robustSigma(row(trace, site), recording.bandPass ? 0 : recording.sites.microvolts[site]));
}

/**
 * MAD / 0.6745. Values that were rounded to multiples of `step` are spread over their interval first (golden-section
 * dither), or the median could only fall on multiples of the step.
 */
export function robustSigma(values: Float32Array, step: number): number {
  return median(values.map((value, t) => Math.abs(value + (((t * 0.6180339887) % 1) - 0.5) * step))) / 0.6745;
}

function row(trace: Trace, site: number): Float32Array {
  return trace.rows.view.subarray(site * trace.stride, site * trace.stride + trace.length);
}

function shapes(workspace: Workspace, trace: Trace, recording: Recording, sigma: Float64Array, radius: number): Float32Array {
  const near = sitesWithin(recording.sites, radius);
  const quiet = Math.round(0.5e-3 * recording.rate);
  const rules = { sigma: sigma.map((s) => s || Infinity), threshold: clipSigma, exclude: quiet, near, wide: near, quiet };
  const peaks = findPeaks(workspace, trace, rules, basisBefore + 2, trace.length - basisLength - 2).filter((peak) => peak.sign < 0);
  const clips = new Float32Array(peaks.length * basisLength);
  peaks.forEach((peak, k) => {
    const values = row(trace, peak.site);
    const shift = betweenSamples(values[peak.at - 1], values[peak.at], values[peak.at + 1]);
    const start = peak.at - basisBefore;
    for (let t = 0; t < basisLength; t++) clips[k * basisLength + t] = shifted(values, start + t, shift) / -values[peak.at];
  });
  return clips;
}

/** The row at t + shift, by the parabola through the three samples around t. */
function shifted(values: Float32Array, t: number, shift: number): number {
  return values[t] + 0.5 * shift * (values[t + 1] - values[t - 1]) + 0.5 * shift * shift * (values[t + 1] - 2 * values[t] + values[t - 1]);
}

/** Zeroes every site around its neighbourhood's spikes; returns the address of rows of ones and zeros like the trace's. */
function blankSpikes(workspace: Workspace, trace: Trace, recording: Recording, sigma: Float64Array): number {
  const { sites } = recording;
  const masks = workspace.f32(sites.count * trace.stride);
  maskSpikes(workspace, trace, recording, sigma, masks.view);
  for (let site = 0; site < sites.count; site++) {
    const start = site * trace.stride;
    for (let t = start; t < start + trace.length; t++) trace.rows.view[t] *= masks.view[t];
  }
  return masks.at;
}

function quietProducts(workspace: Workspace, trace: Trace, masks: number, near: Int32Array[]): { products: Float64Array; counts: Float64Array } {
  const width = Math.max(...near.map((list) => list.length));
  const products = new Float64Array(near.length * width);
  const counts = new Float64Array(near.length * width);
  const length = trace.length - (trace.length % 4);
  near.forEach((list, site) => list.forEach((other, k) => {
    if (!isMeasured(near, site, other)) return;
    products[site * width + k] = workspace.kernels.dot(trace.addresses[site], trace.addresses[other], length);
    counts[site * width + k] = workspace.kernels.dot(masks + 4 * site * trace.stride, masks + 4 * other * trace.stride, length);
  }));
  return { products, counts };
}

/** Of two sites that are neighbours of each other only one measures their covariance. */
export const isMeasured = (near: readonly Int32Array[], site: number, other: number): boolean => other >= site || !near[other].includes(site);

function lagProducts(workspace: Workspace, trace: Trace, masks: number, sigma: Float64Array): { lagProducts: Float64Array; lagCounts: Float64Array } {
  const lagProducts = new Float64Array(noiseLags);
  const lagCounts = new Float64Array(noiseLags);
  const length = Math.floor((trace.length - noiseLags) / 4) * 4;
  const every = Math.max(1, Math.floor(sigma.length / lagSites));
  for (let site = 0; site < sigma.length; site += every) {
    const row = trace.addresses[site];
    const mask = masks + 4 * site * trace.stride;
    const variance = sigma[site] ** 2 || Infinity;
    for (let lag = 0; lag < noiseLags; lag++) {
      lagProducts[lag] += workspace.kernels.dot(row, row + 4 * lag, length) / variance;
      lagCounts[lag] += workspace.kernels.dot(mask, mask + 4 * lag, length);
    }
  }
  return { lagProducts, lagCounts };
}

function maskSpikes(workspace: Workspace, trace: Trace, recording: Recording, sigma: Float64Array, masks: Float32Array): void {
  const reach = Math.round(quietMs * 1e-3 * recording.rate);
  const found = workspace.i32(trace.length);
  masks.fill(1);
  sitesWithin(recording.sites, quietRadius).forEach((list, site) => {
    const count = workspace.kernels.absCrossings(trace.addresses[site], trace.length, spikeSigma * sigma[site], found.at, trace.length);
    let done = 0;
    for (let k = 0; k < count; k++) {
      const from = Math.max(done, found.view[k] - reach, 0);
      done = Math.min(trace.length, found.view[k] + reach + 1);
      for (const other of list) masks.fill(0, other * trace.stride + from, other * trace.stride + done);
    }
  });
}
