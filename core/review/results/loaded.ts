// A sorter's folder as worker threads hold it for the screens: read once, read again when its files change. One folder per
// thread at a time, so that memory stays that of the largest.

import fs from 'node:fs/promises';
import path from 'node:path';
import { clusterFile, type PhyFolder, readPhyFolder, type SpikeGroups, spikesByCluster } from '../../formats/phyFolder/index.ts';

export interface LoadedFolder {
  readonly phy: PhyFolder;
  readonly groups: SpikeGroups;
}

let kept: { readonly folder: string; readonly basis: string; readonly loaded: Promise<LoadedFolder> } | undefined;

export async function loadFolder(folder: string): Promise<LoadedFolder> {
  const basis = await basisOf(folder);
  if (kept?.folder !== folder || kept.basis !== basis) {
    const loaded = readPhyFolder(folder, { recover: false }).then((phy) => ({ phy, groups: spikesByCluster(phy.clusters) }));
    kept = { folder, basis, loaded };
    loaded.catch(() => { kept = undefined; });
  }
  return kept.loaded;
}

/** Size and time of the files that curation changes. */
async function basisOf(folder: string): Promise<string> {
  const files = [path.join(folder, 'spike_times.npy'), await clusterFile(folder), path.join(folder, 'templates.npy')];
  const stats = await Promise.all(files.map((file) => fs.stat(file).catch(() => undefined)));
  return stats.map((stat) => `${stat?.size}/${stat?.mtimeMs}`).join(' ');
}
