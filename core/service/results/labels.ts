// Labels of units: cluster_group.tsv in the folder, as phy writes it, or in the profile when the folder is read-only.

import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { writeWhole } from '../../common/index.ts';
import { readClusterTable } from '../../formats/phyFolder/index.ts';
import type { ServiceContext } from '../house/index.ts';

export interface LabelPlace {
  /** Folder in which cluster_group.tsv is read and written. */
  readonly folder: string;
  readonly inProfile: boolean;
}

export async function labelPlace(context: ServiceContext, folder: string): Promise<LabelPlace> {
  const isWritable = await fs.access(folder, fs.constants.W_OK).then(() => true, () => false);
  if (isWritable) return { folder, inProfile: false };
  const name = createHash('sha1').update(folder).digest('hex').slice(0, 16);
  return { folder: path.join(await context.profile.room('labels'), name), inProfile: true };
}

/** By cluster id. */
export async function readLabels({ folder }: LabelPlace): Promise<ReadonlyMap<number, string>> {
  const table = await readClusterTable(folder, 'group');
  return new Map((table?.rows ?? []).map(({ cluster, value }) => [cluster, value]));
}

/** '' takes a label away. On disk when the promise ends. */
export async function setLabels(place: LabelPlace, units: readonly number[], label: string): Promise<void> {
  const labels = new Map(await readLabels(place));
  for (const unit of units) {
    if (label === '') labels.delete(unit);
    else labels.set(unit, label);
  }
  const rows = [...labels].sort(([a], [b]) => a - b).map(([unit, text]) => `${unit}\t${text}\n`);
  await writeWhole(path.join(place.folder, 'cluster_group.tsv'), `cluster_id\tgroup\n${rows.join('')}`);
}
