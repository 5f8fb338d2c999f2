// Which sites are near a site or a point. Neighbours never cross shanks.

import type { Sites } from './recording.ts';

/** Squared distance in um^2; infinite between shanks. */
export function squaredDistance(sites: Sites, a: number, b: number): number {
  if (sites.shank[a] !== sites.shank[b]) return Infinity;
  return (sites.x[a] - sites.x[b]) ** 2 + (sites.y[a] - sites.y[b]) ** 2;
}

/** Up to `count` sites of a shank nearest to a point, nearest first; ties (within 1/16 um^2) go to the lower site. */
export function nearestTo(sites: Sites, shank: number, x: number, y: number, count: number): Int32Array {
  // Distance and site in one number: typed arrays sort numbers much faster than a comparison does.
  const keys = new Float64Array(sites.count);
  let members = 0;
  for (let site = 0; site < sites.count; site++) {
    if (sites.shank[site] !== shank) continue;
    const squared = (sites.x[site] - x) ** 2 + (sites.y[site] - y) ** 2;
    keys[members++] = Math.round(squared * 16) * siteLimit + site;
  }
  return Int32Array.from(keys.subarray(0, members).sort().subarray(0, count), (key) => key % siteLimit);
}

const siteLimit = 65536;

/** For every site its `count` nearest (itself first). */
export function nearestSites(sites: Sites, count: number): Int32Array[] {
  return allNeighbours(sites).map((list) => list.slice(0, count));
}

/** For every site those within `radius` um, nearest first. */
export function sitesWithin(sites: Sites, radius: number): Int32Array[] {
  return allNeighbours(sites).map((list, site) => {
    let count = 0;
    while (count < list.length && squaredDistance(sites, site, list[count]) <= radius * radius) count++;
    return list.slice(0, count);
  });
}

let lastSites: Sites | undefined;
let lastNeighbours: Int32Array[] = [];

/** Every site's shank by distance. Tasks get the same sites again and again: the last answer is kept. */
function allNeighbours(sites: Sites): Int32Array[] {
  if (lastSites && samePlaces(lastSites, sites)) return lastNeighbours;
  lastNeighbours = Array.from({ length: sites.count }, (_, site) => nearestTo(sites, sites.shank[site], sites.x[site], sites.y[site], sites.count));
  lastSites = sites;
  return lastNeighbours;
}

export function samePlaces(a: Sites, b: Sites): boolean {
  if (a === b) return true;
  return a.count === b.count && a.x.every((x, site) => x === b.x[site] && a.y[site] === b.y[site] && a.shank[site] === b.shank[site]);
}

export function shanksOf(sites: Sites): number[] {
  return [...new Set(sites.shank)].sort((a, b) => a - b);
}
