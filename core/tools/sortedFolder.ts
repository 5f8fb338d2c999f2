// Whether a sorter has left what it should: its exit status alone is not to be trusted.

import path from 'node:path';
import { InputFileError, JobError, isThere } from '../common/index.ts';
import { openNpy } from '../formats/phyFolder/index.ts';

/** What every Kilosort writes and every later step needs. */
const arrays = ['spike_times', 'spike_clusters', 'spike_templates', 'amplitudes', 'templates', 'channel_map', 'channel_positions', 'whitening_mat_inv'];
const perSpike = ['spike_clusters', 'spike_templates', 'amplitudes'];

export interface SortedFolder {
  readonly spikes: number;
  /** Channels the sorter has kept. */
  readonly channels: number;
}

/** Throws JobError when a file is missing, InputFileError when one is truncated or the number of spikes differs. */
export async function verifySortedFolder(folder: string): Promise<SortedFolder> {
  const missing: string[] = [];
  for (const name of [...arrays.map((array) => `${array}.npy`), 'params.py']) if (!(await isThere(path.join(folder, name)))) missing.push(name);
  if (missing.length > 0) throw new JobError(`${folder}: the sorter ended without writing ${missing.join(', ')}`, { next: 'Its log above, or in that folder, says why.' });

  const count = async (array: string) => (await openNpy(path.join(folder, `${array}.npy`))).shape.reduce((product, length) => product * length, 1);
  for (const array of arrays) await count(array);
  const spikes = await count('spike_times');
  for (const array of perSpike) {
    const found = await count(array);
    if (found !== spikes) throw new InputFileError(path.join(folder, `${array}.npy`), `holds ${found} values for ${spikes} spikes`, { next: 'The sorter was interrupted while saving: sort again.' });
  }
  return { spikes, channels: await count('channel_map') };
}
