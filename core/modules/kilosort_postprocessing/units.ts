// The units that are compared: where each peaks and how large it is, in the order of their peak channels.

import path from 'node:path';
import { InputFileError } from '../../common/index.ts';
import { modalTemplates, peakSites, type PhyFolder, type SpikeGroups } from '../../formats/phyFolder/index.ts';
import { unitAmplitudes } from './amplitudes.ts';

export interface Unit {
  /** Cluster id. */
  readonly id: number;
  /** Of its peak: column of the recording, position (um). */
  readonly channel: number;
  readonly x: number;
  readonly y: number;
  /** On any scale that is the same for all units. */
  readonly amplitude: number;
}

/**
 * All clusters that have spikes; with `compat` the ids below the number of templates, with spikes or not, each with the
 * template of the same number. Throws InputFileError.
 */
export function findUnits(phy: PhyFolder, groups: SpikeGroups, options: { compat: boolean }): Unit[] {
  const peaks = peakSites(phy.templates, phy.whiteningInverse);
  const { ids, templates, amplitudes } = options.compat ? templateUnits(phy) : clusterUnits(phy, groups);
  return ids
    .map((id, index): Unit => {
      const site = peaks[templates[index]];
      return { id, channel: phy.channelMap[site], x: phy.positions[2 * site], y: phy.positions[2 * site + 1], amplitude: amplitudes[index] };
    })
    .sort((a, b) => a.channel - b.channel);
}

interface UnitParts {
  readonly ids: readonly number[];
  readonly templates: ArrayLike<number>;
  readonly amplitudes: ArrayLike<number>;
}

function templateUnits({ folder, templates, clusterAmplitudes }: PhyFolder): UnitParts {
  if (clusterAmplitudes.length === 0 && templates.count > 0) throw new InputFileError(path.join(folder, 'cluster_Amplitude.tsv'), 'no such file', { next: 'Without compat, amplitudes are taken from amplitudes.npy.' });
  const ids = Array.from({ length: templates.count }, (_, id) => id);
  return { ids, templates: ids, amplitudes: clusterAmplitudes };
}

function clusterUnits(phy: PhyFolder, groups: SpikeGroups): UnitParts {
  const ids = [...phy.clusterIds];
  const modal = modalTemplates(groups, phy.templateIds, phy.templates.count);
  const templates = ids.map((id) => modal[id]);
  return { ids, templates, amplitudes: unitAmplitudes(phy, groups, ids, templates) };
}
