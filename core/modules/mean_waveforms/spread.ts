// How a mean waveform spreads along the probe: how far, and how fast its trough travels. Formulas after the Allen
// Institute's ecephys_spike_sorting.

import { median } from '../../common/index.ts';
import { numpyOrder } from './numpyOrder.ts';
import { slope } from './regression.ts';

export interface Sites {
  /** Per channel of the recording, um; x counts over all shanks. */
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export interface SpreadOptions {
  /** How many sites are looked at. */
  readonly siteRange: number;
  /** Sites with more than this part of the largest amplitude count. */
  readonly threshold: number;
  /** Between samples, s. */
  readonly interval: number;
  readonly compat: boolean;
}

export interface Spread {
  /** Largest range of any site looked at, uV. */
  readonly amplitude: number;
  /** um, along the probe. */
  readonly spread: number;
  /** Delay of the trough per distance above and below the peak, s/m; NaN with fewer than two sites. */
  readonly velocityAbove: number;
  readonly velocityBelow: number;
}

interface SiteWaveform {
  readonly distance: number;
  /** Above the peak site, um. */
  readonly height: number;
  /** uV. */
  readonly amplitude: number;
  /** Sample of the trough. */
  readonly trough: number;
}

/** @param mean [channels x samples], uV */
export function measureSpread(mean: Float64Array, samples: number, peak: number, sites: Sites, options: SpreadOptions): Spread {
  const rangeOf = (site: number) => {
    const { lowest, highest } = extremes(mean, site, samples);
    return mean[highest] - mean[lowest];
  };
  const near = nearestSites(peak, sites, rangeOf, options).map((site): SiteWaveform => ({
    distance: distanceTo(peak, site, sites),
    height: sites.y[site] - sites.y[peak],
    amplitude: rangeOf(site),
    trough: extremes(mean, site, samples).lowest - site * samples,
  }));
  const amplitude = Math.max(...near.map((site) => site.amplitude));
  const large = near.map((site, rank) => ({ ...site, rank })).filter((site) => site.amplitude > options.threshold * amplitude);
  const kept = options.compat ? withoutOutlyingRanks(large) : withoutFarSites(large);
  const heights = kept.map(({ height }) => height);
  return {
    amplitude,
    spread: kept.length === 0 ? 0 : Math.max(...heights) - Math.min(...heights),
    velocityAbove: velocity(kept.filter(({ height }) => height >= 0), options.interval),
    velocityBelow: velocity(kept.filter(({ height }) => height <= 0), options.interval),
  };
}

/** Delay per distance, s/m. */
function velocity(sites: readonly SiteWaveform[], interval: number): number {
  return slope(sites.map(({ height }) => height), sites.map(({ trough }) => trough)) * interval * 1e6;
}

/** Those of the peak's column and of the nearest other one, by distance, the peak first. */
function nearestSites(peak: number, sites: Sites, rangeOf: (site: number) => number, { siteRange, compat }: SpreadOptions): number[] {
  const column = neighbourColumn(peak, sites, rangeOf, compat);
  const distances = Array.from(sites.x, (_, site) => distanceTo(peak, site, sites));
  const byDistance = compat ? numpyOrder(distances) : distances.map((_, site) => site).sort((a, b) => distances[a] - distances[b]);
  return byDistance.filter((site) => sites.x[site] === sites.x[peak] || sites.x[site] === column).slice(0, siteRange);
}

/** The x of the nearest site in another row; of equally near ones the largest, with `compat` the last that is not flat. */
function neighbourColumn(peak: number, sites: Sites, rangeOf: (site: number) => number, compat: boolean): number | undefined {
  let column: number | undefined;
  let nearest = Infinity;
  let largest = 0;
  for (let site = 0; site < sites.x.length; site++) {
    const distance = distanceTo(peak, site, sites);
    if (sites.y[site] === sites.y[peak] || distance > nearest) continue;
    if (distance < nearest || compat) largest = 0;
    nearest = distance;
    if (rangeOf(site) <= largest) continue;
    largest = rangeOf(site);
    column = sites.x[site];
  }
  return column;
}

const mostDeviation = 1.5;
/** Median absolute deviation of a normal distribution, in standard deviations. */
const normal = 0.6745;

/** The reference's filter: on positions in the list; without any deviation all are outliers. */
function withoutOutlyingRanks<Site extends { rank: number }>(sites: readonly Site[]): Site[] {
  if (sites.length < 2) return [...sites];
  const middle = median(sites.map(({ rank }) => rank));
  const deviation = median(sites.map(({ rank }) => Math.abs(rank - middle)));
  return sites.filter(({ rank }) => (normal * Math.abs(rank - middle)) / deviation <= mostDeviation);
}

/** Sites much farther away than the others are another unit's. */
function withoutFarSites<Site extends SiteWaveform>(sites: readonly Site[]): Site[] {
  const middle = median(sites.map(({ distance }) => distance));
  const deviation = median(sites.map(({ distance }) => Math.abs(distance - middle)));
  return deviation === 0 ? [...sites] : sites.filter(({ distance }) => (normal * (distance - middle)) / deviation <= mostDeviation);
}

function distanceTo(a: number, b: number, { x, y }: Sites): number {
  return Math.sqrt((x[a] - x[b]) ** 2 + (y[a] - y[b]) ** 2);
}

/** Indices into `mean` of the first lowest and first highest value of a channel. */
function extremes(mean: Float64Array, channel: number, samples: number): { lowest: number; highest: number } {
  let lowest = channel * samples;
  let highest = lowest;
  for (let at = lowest + 1; at < (channel + 1) * samples; at++) {
    if (mean[at] < mean[lowest]) lowest = at;
    if (mean[at] > mean[highest]) highest = at;
  }
  return { lowest, highest };
}
