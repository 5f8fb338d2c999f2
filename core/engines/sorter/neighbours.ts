// Which sites are near a site or a point. Neighbours never cross shanks.

import type { Sites } from './recording.ts';

/** Squared distance in um^2; infinite between shanks. */
export function squaredDistance(sites: Sites, a: number, b: number): number {
  if (sites.shank[a] !== sites.shank[b]) return Infinity;
  return (sites.x[a] - sites.x[b]) ** 2 + (sites.y[a] - sites.y[b]) ** 2;
}

/** Up to `count` sites of a shank nearest to a point, nearest first; ties go to the lower site. */
export function nearestTo(sites: Sites, shank: number, x: number, y: number, count: number): Int32Array {
  const near: { site: number; distance: number }[] = [];
  for (let site = 0; site < sites.count; site++) {
    if (sites.shank[site] === shank) near.push({ site, distance: (sites.x[site] - x) ** 2 + (sites.y[site] - y) ** 2 });
  }
  near.sort((a, b) => a.distance - b.distance || a.site - b.site);
  return Int32Array.from(near.slice(0, count), (entry) => entry.site);
}

/** For every site its `count` nearest (itself first). */
export function nearestSites(sites: Sites, count: number): Int32Array[] {
  return Array.from({ length: sites.count }, (_, site) => nearestTo(sites, sites.shank[site], sites.x[site], sites.y[site], count));
}

/** For every site those within `radius` um, nearest first. */
export function sitesWithin(sites: Sites, radius: number): Int32Array[] {
  return nearestSites(sites, sites.count).map((list, site) => list.filter((other) => squaredDistance(sites, site, other) <= radius * radius));
}

export function shanksOf(sites: Sites): number[] {
  return [...new Set(sites.shank)].sort((a, b) => a - b);
}
