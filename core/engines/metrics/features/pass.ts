// The one pass over all features: keeps those of the chosen spikes, finds the depth of every spike, and adds up what
// tells each unit's peak channel. One task per block of spikes; every block writes its own places of shared arrays.

import type { PcFeatures } from '../../../formats/phyFolder/index.ts';
import type { Spikes, Units } from '../spikes.ts';
import { type Chosen, firstFrom } from './choose.ts';
import { readFeatureRows } from './source.ts';

export interface FeaturePass {
  readonly source: PcFeatures;
  readonly spikes: Pick<Spikes, 'clusters' | 'templates'>;
  readonly units: Pick<Units, 'ids' | 'unitOf' | 'templates'>;
  /** Per channel, um. */
  readonly depths: Float64Array;
  /** Whose features are kept, and where: [rows x components x features]. */
  readonly chosen: Pick<Chosen, 'spikes' | 'byPosition'>;
  readonly table: Float32Array;
  /** Per spike, um; NaN for spikes that have another template than most of their unit's. */
  readonly spikeDepths: Float64Array;
}

export interface FeatureBlock extends FeaturePass {
  /** Spikes from .. to - 1. */
  readonly from: number;
  readonly to: number;
}

/** Bytes of a block. */
const blockBytes = 8e6;

/** The same whatever the number of workers, as are sums over blocks. */
export function featureBlocks(pass: FeaturePass, spikes: number): FeatureBlock[] {
  const rowBytes = pass.source.components * pass.source.features * pass.source.file.valueBytes;
  const rows = Math.max(1, Math.floor(blockBytes / rowBytes));
  return Array.from({ length: Math.ceil(spikes / rows) }, (_, k) => ({ ...pass, from: k * rows, to: Math.min(spikes, (k + 1) * rows) }));
}

/** Returns the sums of the first component, [units x features]. */
export function passFeatures(block: FeatureBlock): Float64Array {
  const { source, from, to } = block;
  const values = readFeatureRows(source, from, to);
  const perRow = source.components * source.features;
  keepChosen(block, values, perRow);
  locateSpikes(block, values, perRow);
  const sums = new Float64Array(block.units.ids.length * source.features);
  for (let spike = from; spike < to; spike++) {
    const unit = block.units.unitOf[block.spikes.clusters[spike]];
    const row = (spike - from) * perRow;
    for (let f = 0; f < source.features; f++) sums[unit * source.features + f] += values[row + f];
  }
  return sums;
}

function keepChosen({ chosen, table, from, to }: FeatureBlock, values: Float32Array | Float64Array, perRow: number): void {
  for (let i = firstFrom(chosen, from); i < chosen.byPosition.length; i++) {
    const row = chosen.byPosition[i];
    if (chosen.spikes[row] >= to) return;
    const start = (chosen.spikes[row] - from) * perRow;
    for (let k = 0; k < perRow; k++) table[row * perRow + k] = values[start + k];
  }
}

/** Depth: mean of the channels' depths weighted by the square of the first component where that is positive. */
function locateSpikes({ source, spikes, units, depths, spikeDepths, from, to }: FeatureBlock, values: Float32Array | Float64Array, perRow: number): void {
  const { features, channels } = source;
  for (let spike = from; spike < to; spike++) {
    const template = spikes.templates[spike];
    spikeDepths[spike] = Number.NaN;
    if (template !== units.templates[units.unitOf[spikes.clusters[spike]]]) continue;
    let weights = 0;
    let weighted = 0;
    for (let f = 0; f < features; f++) {
      const value = values[(spike - from) * perRow + f];
      if (!(value > 0)) continue;
      weights += value * value;
      weighted += value * value * depths[channels[template * features + f]];
    }
    spikeDepths[spike] = weighted / weights;
  }
}

/** Per unit the channel where the mean of the first component is largest, the first of equals. */
export function peakChannels({ units, source }: FeaturePass, sums: Float64Array): Int32Array {
  return Int32Array.from(units.ids, (_, unit) => {
    let best = 0;
    for (let f = 1; f < source.features; f++) {
      if (sums[unit * source.features + f] > sums[unit * source.features + best]) best = f;
    }
    return source.channels[units.templates[unit] * source.features + best];
  });
}
