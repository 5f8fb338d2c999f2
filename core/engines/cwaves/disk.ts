// The neighbourhood of a cluster's peak channel, over which signal and noise are measured.

import { InputFileError } from '../../common/index.ts';
import type { Geometry, Site } from '../../spikeglx/index.ts';
import type { CWavesOptions } from './options.ts';

export type DiskOptions = Pick<CWavesOptions, 'snrRadius' | 'snrRadiusUm' | 'numerics'>;

/**
 * A function from peak column to the columns of its disk: used sites on the same shank, the peak itself included. Empty
 * when the radius is 0 or the peak's site is not used.
 * @param excluded per column: belongs to no disk
 * Throws InputFileError when the meta has no map that this radius can be measured on.
 */
export function diskFinder(geometry: Geometry, excluded: (column: number) => boolean, options: DiskOptions, metaPath: string): (peak: number) => number[] {
  const near = nearness(geometry, options, metaPath);
  const used = geometry.sites.map((site, column) => site.used && !excluded(column));
  return (peak) => {
    const centre = geometry.sites[peak];
    if (!near || !used[peak]) return [];
    return geometry.sites.flatMap((site, column) => (used[column] && site.shank === centre.shank && near(site, centre) ? [column] : []));
  };
}

type Nearness = (site: Site, centre: Site) => boolean;

/** Undefined when no site is near another. */
function nearness({ source, sites }: Geometry, { snrRadius, snrRadiusUm, numerics }: DiskOptions, metaPath: string): Nearness | undefined {
  if (snrRadiusUm !== undefined && (source === 'geomMap' || numerics === 'exact')) {
    return snrRadiusUm === 0 ? undefined : (site, centre) => (site.x - centre.x) ** 2 + (site.y - centre.y) ** 2 <= snrRadiusUm ** 2;
  }
  if (snrRadius === 0 || snrRadiusUm === 0) return undefined;
  if (sites[0]?.row === undefined) {
    throw new InputFileError(metaPath, "has no '~snsShankMap', on which -snr_radius would count rows and columns", { next: 'Give the radius in micrometers: -snr_radius_um=140.' });
  }
  return (site, centre) => Math.abs(site.column! - centre.column!) <= snrRadius && Math.abs(site.row! - centre.row!) <= snrRadius;
}
