// The lab's region table in the profile: refractory period and Kilosort's thresholds by brain region. Without one, that of
// the pipeline.

import { refractoryMs, thresholdsOf } from '../../pipelines/index.ts';
import { kilosortIds, regionKeys, type RegionRow, type RegionTable, settingRequests } from '../contract/index.ts';
import type { Profile } from '../house/index.ts';

const name = 'regions';

const standard: readonly RegionRow[] = Object.entries(refractoryMs).map(([region, refractory_ms]) => ({
  name: region,
  refractory_ms,
  thresholds: Object.fromEntries(kilosortIds.map((id) => [id, thresholdsOf[id]])) as RegionRow['thresholds'],
}));

const isRows = (value: unknown): value is readonly RegionRow[] => value !== null && settingRequests['regions.set'].input.safeParse({ rows: value }).success;

export function regionTable(profile: Profile): RegionTable {
  return { rows: profile.get(name, isRows) ?? standard, standard };
}

/** What new sessions take of the lab's table; nothing when the lab has none of its own. */
export function labRegionKeys(profile: Profile): Readonly<Record<string, unknown>> {
  const rows = profile.get(name, isRows);
  return rows ? Object.fromEntries(Object.entries(regionKeys(rows, 'ag')).filter(([, value]) => value !== null)) : {};
}

/** null: the standard table again. `default` is put first. */
export async function setRegions(profile: Profile, rows: readonly RegionRow[] | null): Promise<RegionTable> {
  await profile.set(name, rows === null ? undefined : [...rows].sort((a, b) => Number(b.name === 'default') - Number(a.name === 'default')));
  return regionTable(profile);
}
