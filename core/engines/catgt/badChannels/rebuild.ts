// Channels that are made anew from their good neighbours: a mean whose weights fall with distance, as IBL describe it.

import type { BadChannels, ChannelReport } from './find.ts';

/** A column and what it is made of; the weights add to 1. */
export interface Rebuilt {
  readonly column: number;
  readonly sources: readonly number[];
  readonly weights: readonly number[];
}

/** What the search changes about a stream's processing. */
export interface Withheld {
  /** Columns left out of referencing and gfix, as by -chnexcl. */
  readonly excluded: readonly number[];
  /** Columns left out in the same way, and written as the mean of their neighbours. */
  readonly rebuilt: readonly Rebuilt[];
}

/** Weights are exp(-(distance / REACH_UM) ** POWER); smaller ones than LEAST_WEIGHT are left out (beyond 72 um). */
const REACH_UM = 20;
const POWER = 1.3;
const LEAST_WEIGHT = 0.005;

export function withheldBy({ channels }: BadChannels, mode: 'exclude' | 'interpolate'): Withheld {
  const bad = channels.filter(({ label }) => label === 'dead' || label === 'noisy' || label === 'outside');
  const good = channels.filter(({ label }) => label === 'good');
  const wanted = mode === 'interpolate' ? bad.filter(({ label }) => label !== 'outside') : [];
  const rebuilt = wanted.map((channel) => rebuiltFrom(channel, good)).filter(({ sources }) => sources.length > 0);
  const columns = new Set(rebuilt.map(({ column }) => column));
  return { excluded: bad.map(({ column }) => column).filter((column) => !columns.has(column)), rebuilt };
}

function rebuiltFrom({ column, shank, x_um, y_um }: ChannelReport, good: readonly ChannelReport[]): Rebuilt {
  const near = good
    .filter((other) => other.shank === shank)
    .map((other) => ({ column: other.column, weight: Math.exp(-((Math.hypot(other.x_um - x_um, other.y_um - y_um) / REACH_UM) ** POWER)) }))
    .filter(({ weight }) => weight >= LEAST_WEIGHT);
  const sum = near.reduce((total, { weight }) => total + weight, 0);
  return { column, sources: near.map((each) => each.column), weights: near.map(({ weight }) => weight / sum) };
}

/**
 * Rebuilds the columns of interleaved rows in place, rounded to nearest. Done on referenced samples: a mean of referenced
 * neighbours is their mean, referenced, so that the column looks as they do and adds nothing to any reference.
 */
export function rebuildColumns(rows: Int16Array, columns: number, rebuilt: readonly Rebuilt[]): void {
  for (const { column, sources, weights } of rebuilt) {
    for (let row = 0; row < rows.length; row += columns) {
      let value = 0;
      for (let index = 0; index < sources.length; index++) value += weights[index] * rows[row + sources[index]];
      rows[row + column] = Math.round(value);
    }
  }
}
