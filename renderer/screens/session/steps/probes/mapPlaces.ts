// Places on the picture of a probe: where the depth axis has its marks, and which site lies next to another.

import type { ProbeGeometry } from '../../../../../core/service/contract/index.ts';

/** um, at least 40 px apart. */
export function ticksOf(length_um: number, scale: number): number[] {
  const step = [20, 50, 100, 200, 500, 1000, 2000].find((um) => um * scale >= 40) ?? 5000;
  return Array.from({ length: Math.floor(length_um / step) + 1 }, (_, index) => index * step);
}

/** The nearest site in a direction ([1, 0]: right, [0, 1]: up); the same site when there is none. Sideways counts double, so that columns are kept. */
export function nearestSite({ x_um, z_um }: Pick<ProbeGeometry, 'x_um' | 'z_um'>, from: number, [dx, dz]: readonly [number, number]): number {
  let best = from;
  let least = Infinity;
  for (let index = 0; index < x_um.length; index++) {
    const along = (x_um[index] - x_um[from]) * dx + (z_um[index] - z_um[from]) * dz;
    const across = Math.abs((x_um[index] - x_um[from]) * dz) + Math.abs((z_um[index] - z_um[from]) * dx);
    if (along > 0 && along + 2 * across < least) [best, least] = [index, along + 2 * across];
  }
  return best;
}
