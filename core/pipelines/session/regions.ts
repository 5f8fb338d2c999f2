// What depends on the brain region a probe is in, and on the version of Kilosort: the tables of the field's scripts.

import { ParameterError } from '../../common/index.ts';
import { nearMiss } from '../../modules/record/index.ts';

/** Refractory period by region, ms. */
export const refractoryMs: Readonly<Record<string, number>> = { default: 2, cortex: 2, medulla: 1.5, thalamus: 1, striatum: 2, midbrain: 1.5 };

/** Thresholds by version of Kilosort, for regions without their own. */
export const thresholdsOf: Readonly<Record<string, string>> = { '2.0': '[10,4]', '2.5': '[10,4]', '3.0': '[9,9]', 4: '[8,9]', ag: '[8,9]' };
const tags: Readonly<Record<string, string>> = { '2.0': 'ks2', '2.5': 'ks25', '3.0': 'ks3', 4: 'ks4', ag: 'ag' };

export interface RegionValues {
  readonly isiSeconds: number;
  readonly thresholds: string;
}

interface RegionTables {
  readonly ks_ver: string;
  readonly refPerMS_dict: Readonly<Record<string, number>>;
  readonly ksTh_dict?: Readonly<Record<string, string>>;
}

/** @param name the key of the session the region stands in. Throws ParameterError for a region in no table. */
export function regionValues(region: string, name: string, { ks_ver, refPerMS_dict, ksTh_dict = {} }: RegionTables): RegionValues {
  const periods = { ...refractoryMs, ...refPerMS_dict };
  if (!Object.hasOwn(periods, region)) {
    const meant = nearMiss(region, Object.keys(periods));
    throw new ParameterError(`${name}: the region '${region}' is not in refPerMS_dict`, { next: meant ? `Did you mean ${meant}?` : `Known are ${Object.keys(periods).join(', ')}.` });
  }
  return { isiSeconds: periods[region] / 1000, thresholds: ksTh_dict[region] ?? ksTh_dict.default ?? thresholdsOf[ks_ver] };
}

/** Ending of the sorter's output folders. */
export function outputTag({ ks_ver, ks_output_tag }: { readonly ks_ver: string; readonly ks_output_tag?: string }): string {
  return ks_output_tag ?? tags[ks_ver];
}
