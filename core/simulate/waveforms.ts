// The extracellular waveforms of the simulated cells. A family has a shape in time (sums of Gaussians: no sorter's
// templates) and a law of how the shape changes from site to site: how fast it decays with distance, whether it travels
// along a dendrite, whether it broadens. Sources: point-like cells decay as 1/(1 + r/r0)^p with p = 1.5 to 2 (dipoles in
// the near field); apical dendrites carry the spike back at about 0.5 m/s.

import type { FamilyName } from './probeDescription.ts';

/** Points per sample period at 30 kHz in a shape table. */
export const shapePoints = 64;
/** The table begins so many samples before the trough and ends so many after it. */
export const shapeBefore = 36;
export const shapeAfter = 84;

interface Bump {
  readonly height: number;
  readonly atMs: number;
  readonly widthMs: number;
}

interface Family {
  readonly bumps: readonly Bump[];
  /** um over which the amplitude falls by 2^-p, and p. */
  readonly reach: number;
  readonly power: number;
  /** Speed of back-propagation up the shank, um per ms; Infinity: everywhere at once. */
  readonly speed: number;
  /** How much larger the reach is above the soma than below. */
  readonly upward: number;
}

const families: Record<FamilyName, Family> = {
  wide: { bumps: [{ height: 0.06, atMs: -0.28, widthMs: 0.1 }, { height: -1, atMs: 0, widthMs: 0.11 }, { height: 0.32, atMs: 0.48, widthMs: 0.24 }], reach: 32, power: 1.5, speed: Infinity, upward: 1 },
  narrow: { bumps: [{ height: -1, atMs: 0, widthMs: 0.075 }, { height: 0.42, atMs: 0.24, widthMs: 0.11 }, { height: -0.05, atMs: 0.7, widthMs: 0.25 }], reach: 26, power: 1.5, speed: Infinity, upward: 1 },
  dendritic: { bumps: [{ height: -1, atMs: 0, widthMs: 0.12 }, { height: 0.38, atMs: 0.5, widthMs: 0.26 }], reach: 30, power: 1.4, speed: 500, upward: 2.2 },
  axonal: { bumps: [{ height: 0.5, atMs: -0.17, widthMs: 0.07 }, { height: -1, atMs: 0, widthMs: 0.07 }, { height: 0.3, atMs: 0.2, widthMs: 0.1 }], reach: 18, power: 2, speed: Infinity, upward: 1 },
};

/** The field of a cell is cut off, smoothly, at this distance. */
export const fieldRadius = 150;

export interface SiteResponse {
  /** Times the unit's amplitude; the trough is -1 times it. */
  amplitude: number;
  /** Samples at 30 kHz that the trough comes later than at the soma. */
  delay: number;
  /** Factor of the width. */
  stretch: number;
}

/**
 * What a site sees of a cell that lies `dx`, `dz` um beside it and `dy` um below it (so the site is above for dy > 0).
 * Written into `into`, because it is asked for millions of times. Amplitude 1 at the soma itself.
 */
export function siteResponse(name: FamilyName, dx: number, dy: number, dz: number, into: SiteResponse): void {
  const family = families[name];
  const along = dy > 0 ? dy / family.upward : dy;
  const distance = Math.sqrt(dx * dx + along * along + dz * dz);
  const edge = distance / fieldRadius;
  const taper = edge >= 1 ? 0 : (1 - edge * edge) ** 2;
  into.amplitude = taper / (1 + distance / family.reach) ** family.power;
  const travelled = Number.isFinite(family.speed) ? Math.max(0, dy - 20) : 0;
  into.delay = travelled === 0 ? 0 : Math.min(12, (travelled / family.speed) * 30);
  into.stretch = 1 + travelled / 400;
}

/** How far up and down the field reaches, um. */
export function fieldReach(name: FamilyName): { up: number; down: number } {
  return { up: fieldRadius * families[name].upward, down: fieldRadius };
}

/** The shape with its trough at -1 at table index shapeBefore * shapePoints, zero at both ends. */
export function shapeTable(name: FamilyName): Float32Array {
  const known = tables.get(name);
  if (known) return known;
  const perMs = 30 * shapePoints;
  const value = (ms: number) => families[name].bumps.reduce((sum, { height, atMs, widthMs }) => sum + height * Math.exp(-0.5 * ((ms - atMs) / widthMs) ** 2), 0);
  const fine = Array.from({ length: 801 }, (_, index) => (index - 400) / perMs);
  const troughMs = fine.reduce((best, ms) => (value(ms) < value(best) ? ms : best), 0);
  const scale = -1 / value(troughMs);
  const table = Float32Array.from({ length: (shapeBefore + shapeAfter) * shapePoints + 2 }, (_, index) => scale * value(troughMs + (index - shapeBefore * shapePoints) / perMs));
  tables.set(name, table);
  return table;
}

const tables = new Map<FamilyName, Float32Array>();
