// The features of a unit's spikes and of its neighbours', side by side on the same channels.

import type { PcFeatures } from '../../../formats/phyFolder/index.ts';
import type { Units } from '../spikes.ts';
import type { Chosen } from './choose.ts';
import { featureOf, type Neighbourhood } from './neighbours.ts';

/** [total x width], the unit's own spikes first, then its neighbours' one after the other. */
export interface Comparison {
  readonly values: Float64Array;
  readonly width: number;
  readonly own: number;
  readonly total: number;
  /** Share of the neighbours' spikes, relative to the unit's, that are here: below 1 when not all were kept in memory. */
  readonly thinning: number;
  /** Where each neighbour's spikes begin, and the end. */
  readonly groups: readonly number[];
}

export interface FeatureTable {
  readonly source: PcFeatures;
  readonly chosen: Chosen;
  /** [rows of `chosen` x components x features] */
  readonly table: Float32Array;
  /** Template of every spike. */
  readonly templates: Int32Array;
}

/** A unit with more than `spikesPerUnit` spikes is drawn down to them, and its neighbours in the same proportion. */
export function gatherComparison(unit: number, { neighbours, channels }: Neighbourhood, units: Pick<Units, 'ids' | 'starts'>, features: FeatureTable, spikesPerUnit: number): Comparison {
  const count = (other: number) => units.starts[other + 1] - units.starts[other];
  const { drawn } = features.chosen;
  const scale = Math.min(1, spikesPerUnit / count(unit));
  const budget = (other: number) => (scale < 1 ? Math.trunc((count(other) / count(unit)) * spikesPerUnit) : count(other));
  const thinning = Math.min(1, ...neighbours.filter((other) => budget(other) > 0).map((other) => drawn[other] / budget(other)));

  const width = features.source.components * channels.length;
  const members = [unit, ...neighbours];
  const budgets = members.map((member, i) => (i === 0 ? Math.min(budget(unit), drawn[unit]) : Math.round(budget(member) * thinning)));
  const values = new Float64Array(budgets.reduce((sum, most) => sum + most, 0) * width);
  const ends: number[] = [];
  let filled = 0;
  members.forEach((member, i) => {
    filled = appendSpikes(member, budgets[i], channels, features, values, filled);
    ends.push(filled);
  });
  return { values: values.subarray(0, filled * width), width, own: ends[0], total: filled, thinning, groups: ends };
}

/** Appends the first `most` of a unit's draw, by template and then in order; spikes whose template lacks a channel are left out. */
function appendSpikes(unit: number, most: number, channels: readonly number[], { source, chosen, table, templates }: FeatureTable, values: Float64Array, from: number): number {
  const { components, features } = source;
  const byTemplate = new Map<number, number[]>();
  for (let row = chosen.starts[unit]; row < chosen.starts[unit + 1]; row++) {
    if (chosen.ranks[row] >= most) continue;
    const template = templates[chosen.spikes[row]];
    const rows = byTemplate.get(template);
    if (rows) rows.push(row);
    else byTemplate.set(template, [row]);
  }
  let at = from * components * channels.length;
  for (const template of [...byTemplate.keys()].sort((a, b) => a - b)) {
    const places = Int32Array.from(channels, (channel) => featureOf(source, template, channel));
    if (places.includes(-1)) continue;
    for (const row of byTemplate.get(template)!) {
      for (let component = 0; component < components; component++) {
        const start = (row * components + component) * features;
        for (let i = 0; i < places.length; i++) values[at++] = table[start + places[i]];
      }
    }
  }
  return at / (components * channels.length);
}
