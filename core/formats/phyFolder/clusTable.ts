// clus_Table.npy, the table C_Waves works from: how many spikes each cluster has, and the channel it peaks on.

import { type PhyFolder } from './readPhyFolder.ts';
import { modalTemplates, spikesByCluster } from './spikeGroups.ts';
import { peakSites } from './templates.ts';

/**
 * [clusters x 2] {spikes, column of the recording}, rows from cluster 0 to the largest id; zeros where there are no spikes.
 * The channel is that of the template most spikes were found with; with `compat` after the reference's way to unwhiten.
 */
export function makeClusTable({ clusters, templateIds, templates, whiteningInverse, channelMap }: PhyFolder, { compat }: { compat: boolean }): Uint32Array {
  const groups = spikesByCluster(clusters);
  const peaks = peakSites(templates, whiteningInverse, compat ? 'inverseThenTemplate' : 'templateThenInverse');
  const table = new Uint32Array(2 * (groups.first.length - 1));
  modalTemplates(groups, templateIds, templates.count).forEach((template, cluster) => {
    if (template >= 0) table.set([groups.first[cluster + 1] - groups.first[cluster], channelMap[peaks[template]]], 2 * cluster);
  });
  return table;
}
