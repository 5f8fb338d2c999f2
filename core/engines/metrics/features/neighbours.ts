// Whom a unit is compared with: the units around it whose features say something about the same channels.

import type { PcFeatures } from '../../../formats/phyFolder/index.ts';
import type { Units } from '../spikes.ts';

export interface Sites {
  /** [channels x 2] um. */
  readonly positions: Float64Array;
  /** Per unit. */
  readonly peaks: Int32Array;
}

export interface Neighbourhood {
  /** Without the unit itself. */
  readonly neighbours: readonly number[];
  /** Channels whose features are compared, ascending. */
  readonly channels: readonly number[];
}

export interface NeighbourOptions {
  /** um */
  readonly radius: number;
  /** Compare on all channels within the radius, whether or not their features exist for all. */
  readonly compat: boolean;
}

/** Channels that a neighbour must share to be of use. */
const leastShared = 4;

/**
 * Candidates are the units whose template has features at the unit's peak channel and whose own peak channel is nearer
 * than the radius, in order of templates. Sorters keep features of few channels (Kilosort 4 of 10), so not all
 * candidates have those of all channels around: they are taken in from near to far as long as some channels remain that
 * all have in common.
 */
export function neighbourhood(unit: number, units: Pick<Units, 'ids' | 'templates'>, source: PcFeatures, sites: Sites, { radius, compat }: NeighbourOptions): Neighbourhood {
  const distance = distancesFrom(sites.peaks[unit], sites.positions);
  const candidates = [...units.ids.keys()]
    .filter((other) => other !== unit && distance(sites.peaks[other]) < radius && featureOf(source, units.templates[other], sites.peaks[unit]) >= 0)
    .sort((a, b) => units.templates[a] - units.templates[b] || a - b);
  const around = [...Array(sites.positions.length / 2).keys()].filter((channel) => distance(channel) < radius);
  if (compat) return { neighbours: candidates, channels: around };

  const has = (other: number) => (channel: number) => featureOf(source, units.templates[other], channel) >= 0;
  const nearToFar = [...candidates].sort((a, b) => distance(sites.peaks[a]) - distance(sites.peaks[b]));
  let channels = around.filter(has(unit));
  const least = Math.min(leastShared, channels.length);
  const neighbours = new Set<number>();
  for (const other of nearToFar) {
    const shared = channels.filter(has(other));
    if (shared.length < least) continue;
    channels = shared;
    neighbours.add(other);
  }
  return { neighbours: candidates.filter((other) => neighbours.has(other)), channels };
}

/** Where in its list of features a template has a channel; -1 when it has not. */
export function featureOf({ channels, features }: PcFeatures, template: number, channel: number): number {
  return channels.subarray(template * features, (template + 1) * features).indexOf(channel);
}

function distancesFrom(origin: number, positions: Float64Array): (channel: number) => number {
  const [x, y] = positions.subarray(2 * origin, 2 * origin + 2);
  return (channel) => Math.sqrt((positions[2 * channel] - x) ** 2 + (positions[2 * channel + 1] - y) ** 2);
}
