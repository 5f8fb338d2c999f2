// Where a spike's features say that it was.

import { components } from '../noise/basis.ts';
import type { Sites } from '../recording.ts';

/**
 * Centre of mass of the squared first components that have the sign of a trough, um; in registered features the place
 * where the tissue rests.
 */
export function placeOf(sites: Sites, around: Int32Array, features: Float32Array, start: number): { x: number; y: number } {
  let weight = 0;
  let x = 0;
  let y = 0;
  around.forEach((site, k) => {
    const mass = Math.max(0, features[start + k * components]) ** 2;
    weight += mass;
    x += mass * sites.x[site];
    y += mass * sites.y[site];
  });
  return weight > 0 ? { x: x / weight, y: y / weight } : { x: sites.x[around[0]], y: sites.y[around[0]] };
}
