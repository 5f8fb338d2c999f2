// Task: spikes of some blocks, with place, height and features of their neighbourhood.

import { openWorkspace } from '../../../kernels/sorter/index.ts';
import type { Workspace } from '../../../kernels/sorter/index.ts';
import { blockLength, blockMargin } from '../blocks.ts';
import type { BlockRange } from '../blocks.ts';
import { readTrace, traceBytes } from '../frontEnd.ts';
import type { Trace } from '../frontEnd.ts';
import { nearestSites, sitesWithin } from '../neighbours.ts';
import { basisBefore, components, shiftIndex, tapCount, tapsAhead } from '../noise/basis.ts';
import { uniformOf } from '../random.ts';
import type { Recording } from '../recording.ts';
import { localise } from './localise.ts';
import { betweenSamples, findPeaks } from './peaks.ts';
import type { Peak, PeakRules } from './peaks.ts';

export interface DetectRequest {
  readonly recording: Recording;
  readonly blocks: BlockRange;
  readonly sigma: Float64Array;
  readonly threshold: number;
  readonly excludeSamples: number;
  readonly radius: number;
  /** TemporalBasis.shifted */
  readonly basis: Float32Array;
  /** At most this many spikes a block keep their features. */
  readonly featuresPerBlock: number;
  readonly seed: number;
}

/** Spikes in time order, then by site. */
export interface Detected {
  /** Samples from the start of the recording. */
  readonly time: Float64Array;
  readonly site: Int16Array;
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Standard deviations of the site; negative for troughs. */
  readonly height: Float32Array;
  /** 1 where the spike has features. */
  readonly kept: Uint8Array;
  /** [kept spike x featureSites x components], in units of `featureUnit` uV. */
  readonly features: Int16Array;
}

/** Nearest sites whose features are kept for a spike. */
export const featureSites = 40;
export const featureUnit = 0.125; // uV
const quietMs = 0.5;
const wideRadius = 100;
const localiseRadius = 100;

export function detectTask(request: DetectRequest): Detected[] {
  const { recording } = request;
  const length = blockLength + 2 * blockMargin;
  const workspace = openWorkspace(traceBytes(recording, length) + 8 * length + 2 ** 20);
  const tables = tablesOf(request);
  const result: Detected[] = [];
  for (let block = request.blocks.from; block < request.blocks.to; block++) {
    workspace.clear();
    result.push(detectBlock(workspace, request, tables, block));
  }
  return result;
}

interface Tables {
  readonly rules: PeakRules;
  readonly features: readonly Int32Array[];
  readonly around: readonly Int32Array[];
}

function tablesOf(request: DetectRequest): Tables {
  const { sites, rate } = request.recording;
  return {
    rules: {
      sigma: request.sigma,
      threshold: request.threshold,
      exclude: request.excludeSamples,
      near: sitesWithin(sites, request.radius),
      wide: sitesWithin(sites, wideRadius),
      quiet: Math.round(quietMs * 1e-3 * rate),
    },
    features: nearestSites(sites, featureSites),
    around: sitesWithin(sites, localiseRadius),
  };
}

function detectBlock(workspace: Workspace, request: DetectRequest, tables: Tables, block: number): Detected {
  const { recording } = request;
  const first = block * blockLength - blockMargin;
  const trace = readTrace(workspace, recording, first, blockLength + 2 * blockMargin);
  const end = Math.min(blockLength, recording.samples - block * blockLength);
  const peaks = findPeaks(workspace, trace, tables.rules, blockMargin, blockMargin + end);
  const kept = chooseKept(peaks.length, request, block);
  const places = peaks.map((peak) => localise(trace, recording.sites, request.sigma, tables.around[peak.site], peak));
  return {
    time: Float64Array.from(peaks, (peak) => first + peak.at),
    site: Int16Array.from(peaks, (peak) => peak.site),
    x: Float32Array.from(places, (place) => place.x),
    y: Float32Array.from(places, (place) => place.y),
    height: Float32Array.from(peaks, (peak) => peak.sign * peak.height),
    kept,
    features: extractFeatures(workspace, request, tables, trace, peaks.filter((_, k) => kept[k] === 1)),
  };
}

/** All, or of too many those with the smallest hash. */
function chooseKept(count: number, request: DetectRequest, block: number): Uint8Array {
  const kept = new Uint8Array(count);
  const order = Array.from({ length: count }, (_, k) => k);
  if (count > request.featuresPerBlock) order.sort((a, b) => uniformOf(request.seed, a, block) - uniformOf(request.seed, b, block));
  for (const k of order.slice(0, request.featuresPerBlock)) kept[k] = 1;
  return kept;
}

function extractFeatures(workspace: Workspace, request: DetectRequest, tables: Tables, trace: Trace, peaks: readonly Peak[]): Int16Array {
  const size = featureSites * components;
  const features = new Int16Array(peaks.length * size);
  const basis = workspace.f32(request.basis.length);
  basis.view.set(request.basis);
  const table = workspace.i32(featureSites);
  const out = workspace.f32(size);
  const values = trace.rows.view;
  peaks.forEach((peak, k) => {
    const here = peak.site * trace.stride + peak.at;
    const shift = betweenSamples(values[here - 1], values[here], values[here + 1]);
    const near = tables.features[peak.site];
    near.forEach((site, r) => { table.view[r] = trace.addresses[site]; });
    const taps = basis.at + 4 * shiftIndex(shift) * components * tapCount;
    workspace.kernels.clipFeatures(table.at, near.length, peak.at - basisBefore - tapsAhead, taps, components, tapCount, out.at);
    for (let i = 0; i < near.length * components; i++) features[k * size + i] = clamp16(out.view[i] / featureUnit);
  });
  return features;
}

const clamp16 = (value: number): number => Math.max(-32768, Math.min(32767, Math.round(value)));
