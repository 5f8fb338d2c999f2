// Finds spikes on a stretch of trace: troughs below the threshold (and tall positive peaks where there is no trough),
// one per event, with the time of the extremum between samples.

import type { Workspace } from '../../../kernels/sorter/index.ts';
import type { Trace } from '../frontEnd.ts';

export interface Peak {
  /** Sample within the trace. */
  readonly at: number;
  readonly site: number;
  /** -1 trough, 1 positive peak. */
  readonly sign: number;
  /** Height in standard deviations of its site. */
  readonly height: number;
}

export interface PeakRules {
  /** Robust standard deviation of every site, uV. */
  readonly sigma: Float64Array;
  readonly threshold: number;
  /** Samples. */
  readonly exclude: number;
  /** Sites within the exclusion radius of every site, itself included. */
  readonly near: readonly Int32Array[];
  /** Sites around a positive peak where no trough may be within `quiet` samples. */
  readonly wide: readonly Int32Array[];
  readonly quiet: number;
}

/** Positive peaks must be taller than troughs: most of them are a trough's far field. */
const positiveExtra = 1.5; // sigma

/** Peaks with from <= at < to, by time, then site. */
export function findPeaks(workspace: Workspace, trace: Trace, rules: PeakRules, from: number, to: number): Peak[] {
  const troughs = candidates(workspace, trace, rules, -1, rules.threshold, from, to);
  const positive = candidates(workspace, trace, rules, 1, rules.threshold + positiveExtra, from, to);
  const kept = exclusive(troughs, rules);
  const lone = [...exclusive(positive, rules)].filter((peak) => !kept.hasNear(peak, rules.wide[peak.site], rules.quiet));
  return [...kept, ...lone].filter((peak) => peak.at >= from && peak.at < to).sort((a, b) => a.at - b.at || a.site - b.site);
}

/** All extrema beyond the threshold; also those a little outside [from, to), which may outdo one inside. */
function candidates(workspace: Workspace, trace: Trace, rules: PeakRules, sign: number, threshold: number, from: number, to: number): PeakIndex {
  const index = new PeakIndex(rules.sigma.length);
  const mark = workspace.mark();
  const found = workspace.i32(trace.length);
  const first = Math.max(1, from - 2 * rules.quiet);
  const last = Math.min(trace.length - 1, to + 2 * rules.quiet);
  for (let site = 0; site < rules.sigma.length; site++) {
    const sigma = rules.sigma[site];
    const count = workspace.kernels.extrema(trace.addresses[site], first, last, sign, threshold * sigma, found.at, trace.length);
    const row = site * trace.stride;
    for (let k = 0; k < count; k++) {
      const at = found.view[k];
      index.add({ at, site, sign, height: (sign * trace.rows.view[row + at]) / sigma });
    }
  }
  workspace.release(mark);
  return index;
}

/** The candidates that no larger one outdoes; ties go to the earlier, then to the lower site. */
function exclusive(all: PeakIndex, rules: PeakRules): PeakIndex {
  const kept = new PeakIndex(rules.sigma.length);
  for (const peak of all) if (!all.isOutdone(peak, rules.near[peak.site], rules.exclude)) kept.add(peak);
  return kept;
}

/** Peaks of every site in time order, with look-ups around a peak. */
class PeakIndex implements Iterable<Peak> {
  private readonly bySite: Peak[][];

  constructor(sites: number) {
    this.bySite = Array.from({ length: sites }, () => []);
  }

  add(peak: Peak): void {
    this.bySite[peak.site].push(peak);
  }

  *[Symbol.iterator](): Iterator<Peak> {
    for (const list of this.bySite) yield* list;
  }

  isOutdone(peak: Peak, sites: Int32Array, reach: number): boolean {
    return this.someNear(peak, sites, reach, (other) =>
      other.height > peak.height || (other.height === peak.height && (other.at < peak.at || (other.at === peak.at && other.site < peak.site))));
  }

  hasNear(peak: Peak, sites: Int32Array, reach: number): boolean {
    return this.someNear(peak, sites, reach, () => true);
  }

  private someNear(peak: Peak, sites: Int32Array, reach: number, test: (other: Peak) => boolean): boolean {
    for (const site of sites) {
      const list = this.bySite[site];
      for (let k = firstFrom(list, peak.at - reach); k < list.length && list[k].at <= peak.at + reach; k++) {
        if (list[k] !== peak && test(list[k])) return true;
      }
    }
    return false;
  }
}

function firstFrom(list: readonly Peak[], at: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where between the samples the extremum lies, by the parabola through three of them: -0.5 .. 0.5. */
export function betweenSamples(before: number, here: number, after: number): number {
  const curvature = before - 2 * here + after;
  if (curvature === 0) return 0;
  return Math.max(-0.5, Math.min(0.5, (0.5 * (before - after)) / curvature));
}
