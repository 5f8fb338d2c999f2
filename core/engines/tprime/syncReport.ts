// How well two streams can be aligned: pairs of edges, what is missing, the rate of one clock against the other, and the
// error the alignment makes.

import type { EdgeMatch } from './matchEdges.ts';

export interface SyncReport {
  /** Edges that were paired, i.e. seen by both streams. */
  readonly used: number;
  /** Times (s, to-stream) of edges that the from-stream lacks, between the first and last pair. */
  readonly missing: Float64Array;
  /** Times (s, from-stream) of edges that the to-stream lacks. */
  readonly extra: Float64Array;
  /** How much faster the from-stream's clock runs: (seconds it counts / seconds the to-stream counts - 1) * 1e6. NaN below two pairs. */
  readonly ppm: number;
  /**
   * Per pair but the first of each component: time (s, to-stream) and residual (s), which is the error of an event at that
   * edge if it is mapped by the edge before. It holds one period of clock difference and the sampling of both edges: the
   * largest error an event between the two edges can have.
   */
  readonly times: Float64Array;
  readonly residuals: Float64Array;
  /** Of the residuals, seconds. NaN when there are none. */
  readonly mean: number;
  readonly sd: number;
  readonly max: number;
}

export function syncReport(match: EdgeMatch): SyncReport {
  const { from, to, component, missing, extra } = match;
  const times: number[] = [];
  const residuals: number[] = [];
  for (let i = 1; i < from.length; i++) {
    if (component[i] !== component[i - 1]) continue;
    times.push(to[i]);
    residuals.push(to[i - 1] + (from[i] - from[i - 1]) - to[i]);
  }
  const mean = residuals.reduce((sum, value) => sum + value, 0) / residuals.length;
  return {
    used: from.length,
    missing,
    extra,
    ppm: clockDifference(match),
    times: Float64Array.from(times),
    residuals: Float64Array.from(residuals),
    mean,
    sd: Math.sqrt(residuals.reduce((sum, value) => sum + (value - mean) ** 2, 0) / residuals.length),
    max: residuals.length === 0 ? Number.NaN : residuals.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0),
  };
}

/** Least-squares slope of from-times over to-times, each component about its own mean, as parts per million above 1. */
function clockDifference({ from, to, component }: EdgeMatch): number {
  let covariance = 0;
  let variance = 0;
  for (let start = 0; start < from.length; ) {
    let end = start;
    while (component[end] === component[start] && end < from.length) end++;
    const meanFrom = average(from.subarray(start, end));
    const meanTo = average(to.subarray(start, end));
    for (let i = start; i < end; i++) {
      // The difference of the clocks, not the time itself: nothing is lost to the size of the numbers.
      covariance += (to[i] - meanTo) * (from[i] - to[i] - (meanFrom - meanTo));
      variance += (to[i] - meanTo) ** 2;
    }
    start = end;
  }
  return variance > 0 ? (covariance / variance) * 1e6 : Number.NaN;
}

function average(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
