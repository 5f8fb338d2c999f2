// The space of the silhouette: one axis per channel and component, on which spikes are 0 where they have no features.
// Each unit's spikes are laid out on the axes that its templates have only.

import { addScatter, meanRow } from '../linear.ts';
import type { FeatureTable } from './gather.ts';

export interface Cluster {
  readonly id: number;
  readonly spikes: number;
  /** Axes, ascending. */
  readonly places: Int32Array;
  /** [spikes x places] */
  readonly rows: Float64Array;
  /** Squared length of each row, and the mean of the rows. */
  readonly norms: Float64Array;
  readonly mean: Float64Array;
  readonly scatter: Scatter;
}

/** How the rows lie about their mean. */
export interface Scatter {
  /** Mean squared distance from the mean, and the standard deviation of the squared distances. */
  readonly square: number;
  readonly squareDeviation: number;
  /** No direction has a standard deviation above this. */
  readonly widest: number;
}

/**
 * The spikes drawn for the silhouette, by cluster, ascending. With `compat` components lie one channel too close, so that
 * the last channel of one falls on the first of the next, whose value wins.
 */
export function layOut({ source, chosen, table, templates }: FeatureTable, clusters: Int32Array, compat: boolean): Cluster[] {
  const stride = source.channels.reduce((most, channel) => Math.max(most, channel), 0) + (compat ? 0 : 1);
  const axes = templateAxes(source, stride);
  const byCluster = new Map<number, number[]>();
  for (const row of chosen.silhouetteRows) {
    const id = clusters[chosen.spikes[row]];
    const rows = byCluster.get(id);
    if (rows) rows.push(row);
    else byCluster.set(id, [row]);
  }
  const perRow = source.components * source.features;
  return [...byCluster.entries()].sort(([a], [b]) => a - b).map(([id, members]) => {
    const templateOf = (row: number) => templates[chosen.spikes[row]];
    const axesOf = new Map(members.map((row) => [templateOf(row), axes(templateOf(row))]));
    const places = Int32Array.from(new Set([...axesOf.values()].flatMap((known) => [...known.keys()]))).sort();
    const columnOf = new Map(Array.from(places, (place, column) => [place, column]));
    const moves = new Map([...axesOf].map(([template, known]) => [template, [...known].map(([place, value]) => ({ column: columnOf.get(place)!, value }))]));
    const rows = new Float64Array(members.length * places.length);
    members.forEach((member, i) => {
      for (const { column, value } of moves.get(templateOf(member))!) rows[i * places.length + column] = table[member * perRow + value];
    });
    return { id, spikes: members.length, places, rows, ...moments(rows, members.length, places.length) };
  });
}

/** Per template: axis -> position in a row of the table. */
function templateAxes({ channels, features, components }: FeatureTable['source'], stride: number): (template: number) => ReadonlyMap<number, number> {
  const known = new Map<number, ReadonlyMap<number, number>>();
  return (template) => {
    const found = known.get(template);
    if (found) return found;
    const axes = new Map<number, number>();
    for (let component = 0; component < components; component++) {
      for (let f = 0; f < features; f++) axes.set(channels[template * features + f] + component * stride, component * features + f);
    }
    known.set(template, axes);
    return axes;
  };
}

function moments(rows: Float64Array, spikes: number, width: number): Pick<Cluster, 'norms' | 'mean' | 'scatter'> {
  const norms = new Float64Array(spikes);
  const mean = meanRow(rows, width, 0, spikes);
  const products = new Float64Array(width * width);
  addScatter(rows, width, 0, spikes, mean, products);
  let [squares, fourths] = [0, 0];
  for (let row = 0; row < spikes; row++) {
    let square = 0;
    for (let i = 0; i < width; i++) {
      const value = rows[row * width + i];
      norms[row] += value * value;
      square += (value - mean[i]) ** 2;
    }
    squares += square / spikes;
    fourths += square ** 2 / spikes;
  }
  // The largest eigenvalue of the covariance is at most the root of the sum of the squares of its elements.
  const frobenius = Math.sqrt(products.reduce((sum, product) => sum + product * product, 0)) / spikes;
  return { norms, mean, scatter: { square: squares, squareDeviation: Math.sqrt(Math.max(0, fourths - squares ** 2)), widest: Math.sqrt(frobenius) } };
}
