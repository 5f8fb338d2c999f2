// How well two streams can be aligned: pairs of edges, what is missing, the rate of one clock against the other, and the
// error the alignment makes.

import { median } from '../../common/index.ts';
import type { ClockJump, ClockLines } from './clockLines.ts';
import { clockDifference } from './clockRate.ts';
import { componentParts, type EdgeMatch } from './matchEdges.ts';
import { neighbourResiduals } from './residuals.ts';

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
  /** Only where times are interpolated. */
  readonly interpolation?: InterpolationReport;
}

/**
 * What interpolation would be wrong by at an edge, had that edge been missed: each pair against the line between its
 * neighbours (see residuals.ts). The sampling of three edges is in it, the difference of the clocks is not.
 */
export interface InterpolationReport {
  /** Pairs that have a neighbour on both sides of their line. */
  readonly count: number;
  /** Of their residuals, seconds; median and largest of the absolute values. NaN when there are none. */
  readonly sd: number;
  readonly median: number;
  readonly max: number;
  /** Times (s, to-stream) of pairs that were left out, because they lie off the line of the others. */
  readonly offLine: Float64Array;
  /** Where one clock has jumped: nothing is interpolated there. */
  readonly jumps: readonly ClockJump[];
}

/** @param lines of the same match, when times are interpolated by them */
export function syncReport(match: EdgeMatch, lines?: ClockLines): SyncReport {
  const { from, to, component, missing, extra } = match;
  const times: number[] = [];
  const residuals: number[] = [];
  for (let i = 1; i < from.length; i++) {
    if (component[i] !== component[i - 1]) continue;
    times.push(to[i]);
    residuals.push(to[i - 1] + (from[i] - from[i - 1]) - to[i]);
  }
  return {
    used: from.length,
    missing,
    extra,
    ppm: clockDifference(componentParts(match)) * 1e6,
    times: Float64Array.from(times),
    residuals: Float64Array.from(residuals),
    ...spread(residuals),
    ...(lines && { interpolation: interpolationReport(lines) }),
  };
}

function interpolationReport({ lines, offLine, jumps }: ClockLines): InterpolationReport {
  const residuals = lines.flatMap((line) => Array.from(neighbourResiduals(line)));
  const { sd, max } = spread(residuals);
  return { count: residuals.length, sd, median: median(residuals.map(Math.abs)), max, offLine, jumps };
}

function spread(residuals: readonly number[]): { mean: number; sd: number; max: number } {
  const mean = residuals.reduce((sum, value) => sum + value, 0) / residuals.length;
  return {
    mean,
    sd: Math.sqrt(residuals.reduce((sum, value) => sum + (value - mean) ** 2, 0) / residuals.length),
    max: residuals.length === 0 ? Number.NaN : residuals.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0),
  };
}
