// How large each unit is, for deciding which of two keeps a shared spike.

import { type PhyFolder, type SpikeGroups, unwhitenedTemplate } from '../../formats/phyFolder/index.ts';

/**
 * Per unit of `ids`: its row of cluster_Amplitude; a unit made in phy has none and takes the mean over its spikes of their
 * templates' rows. When rows are missing for that, all units are measured: mean spike amplitude times the range of the
 * unwhitened template. All values are on one scale.
 */
export function unitAmplitudes(phy: PhyFolder, groups: SpikeGroups, ids: readonly number[], templates: readonly number[]): Float64Array {
  const { clusterAmplitudes } = phy;
  const listed = Float64Array.from(ids, (id) => {
    const own = clusterAmplitudes[id] ?? Number.NaN;
    return Number.isNaN(own) ? meanOverSpikes(groups, id, (spike) => clusterAmplitudes[phy.templateIds[spike]] ?? Number.NaN) : own;
  });
  if (!listed.some(Number.isNaN)) return listed;
  return Float64Array.from(ids, (id, index) => meanOverSpikes(groups, id, (spike) => phy.amplitudes[spike]) * templateRange(phy, templates[index]));
}

function meanOverSpikes({ first, spikes }: SpikeGroups, id: number, valueOf: (spike: number) => number): number {
  let sum = 0;
  for (let at = first[id]; at < first[id + 1]; at++) sum += valueOf(spikes[at]);
  return sum / (first[id + 1] - first[id]);
}

/** Of the channel where it is largest. */
function templateRange({ templates, whiteningInverse }: PhyFolder, index: number): number {
  const waveform = unwhitenedTemplate(templates, whiteningInverse, index);
  let widest = 0;
  for (let c = 0; c < templates.channels; c++) {
    let lowest = Infinity;
    let highest = -Infinity;
    for (let at = c; at < waveform.length; at += templates.channels) {
      lowest = Math.min(lowest, waveform[at]);
      highest = Math.max(highest, waveform[at]);
    }
    widest = Math.max(widest, highest - lowest);
  }
  return widest;
}
