// The cells beside a probe: where they lie, which waveform they have, how strong and how active they are. Drawn once per
// probe from the seed.

import type { ProbeDescription, FamilyName } from './probeDescription.ts';
import { familyNames } from './probeDescription.ts';
import { randomStream } from './random.ts';
import type { RandomStream } from './random.ts';
import { siteResponse } from './waveforms.ts';
import type { ProbeSite } from './sites.ts';

export interface Unit {
  readonly unit: number;
  readonly family: FamilyName;
  readonly shank: number;
  /** um: from the left edge of its shank, above the lowest row, away from the plane of the sites. At zero drift. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Size of the trough on the best site, uV, at zero drift; and the factor that makes it so. */
  readonly amplitudeUv: number;
  readonly sourceUv: number;
  /** Index into the sites given to drawUnits. */
  readonly bestSite: number;
  /** Width factor of the whole waveform. */
  readonly width: number;
  readonly rateHz: number;
  readonly bursts: boolean;
  readonly responsive: boolean;
  /** True times between which it is active, s. */
  readonly fromS: number;
  readonly toS: number;
}

/** @param sites those along which the units are spread; `seconds` is the length of the run */
export function drawUnits(probe: ProbeDescription, sites: readonly ProbeSite[], seed: number, probeIndex: number, seconds: number): Unit[] {
  const stretches = shankStretches(sites, probe.surfaceUm);
  const total = stretches.reduce((sum, { bottom, top }) => sum + top - bottom, 0);
  const { count } = probe.units;
  return Array.from({ length: count }, (_, unit) => {
    const random = randomStream(seed, 'unit', probeIndex, unit);
    const place = placeAlong(stretches, (total * (unit + random.uniform())) / count);
    const family = drawFamily(probe, random);
    const position = { ...place, x: place.left - 8 + (place.right - place.left + 16) * random.uniform(), z: 4 + 18 * random.uniform() };
    const amplitudeUv = clamp(probe.units.amplitudeUv * Math.exp(probe.units.amplitudeSpread * random.gaussian()), 25, 600);
    const { bestSite, strength } = strongestSite(sites, family, position);
    const halves = random.uniform() < probe.units.halfway ? random.uniform() : NaN;
    return {
      unit,
      family,
      shank: position.shank,
      x: position.x,
      y: position.y,
      z: position.z,
      amplitudeUv,
      sourceUv: amplitudeUv / strength,
      bestSite,
      width: 0.85 + 0.3 * random.uniform(),
      rateHz: clamp(probe.units.rateHz * Math.exp(probe.units.rateSpread * random.gaussian()), 0.1, 60),
      bursts: random.uniform() < probe.units.bursting,
      responsive: random.uniform() < (probe.units.responsive?.share ?? 0),
      fromS: halves < 0.5 ? seconds * (0.3 + 0.4 * halves) : 0,
      toS: halves >= 0.5 ? seconds * (0.3 + 0.4 * halves) : Infinity,
    };
  });
}

interface Stretch {
  readonly shank: number;
  readonly bottom: number;
  readonly top: number;
  readonly left: number;
  readonly right: number;
}

/** The part of every shank that has sites and lies in the brain. */
function shankStretches(sites: readonly ProbeSite[], surfaceUm: number | undefined): Stretch[] {
  const lowest = sites.reduce((low, site) => Math.min(low, site.y), Infinity);
  return [...new Set(sites.map((site) => site.shank))].sort((a, b) => a - b).map((shank) => {
    const own = sites.filter((site) => site.shank === shank);
    const ys = own.map((site) => site.y);
    const xs = own.map((site) => site.x);
    const low = ys.reduce((a, b) => Math.min(a, b), Infinity);
    const high = Math.min(ys.reduce((a, b) => Math.max(a, b), -Infinity), surfaceUm === undefined ? Infinity : lowest + surfaceUm);
    return { shank, bottom: low - 5, top: Math.max(low, high) + 5, left: Math.min(...xs), right: Math.max(...xs) };
  });
}

/** Units are spread evenly over the summed length of all shanks, each at random within its share. */
function placeAlong(stretches: readonly Stretch[], distance: number): Stretch & { y: number } {
  let left = distance;
  for (const stretch of stretches) {
    const length = stretch.top - stretch.bottom;
    if (left < length || stretch === stretches.at(-1)) return { ...stretch, y: stretch.bottom + left };
    left -= length;
  }
  throw new Error('a probe without sites');
}

function drawFamily(probe: ProbeDescription, random: RandomStream): FamilyName {
  const shares = probe.units.families;
  const total = familyNames.reduce((sum, name) => sum + shares[name], 0);
  let left = random.uniform() * total;
  return familyNames.find((name) => (left -= shares[name]) < 0) ?? 'wide';
}

function strongestSite(sites: readonly ProbeSite[], family: FamilyName, at: { shank: number; x: number; y: number; z: number }): { bestSite: number; strength: number } {
  const response = { amplitude: 0, delay: 0, stretch: 1 };
  let bestSite = 0;
  let strength = 0;
  sites.forEach((site, index) => {
    if (site.shank !== at.shank || !site.used) return;
    siteResponse(family, site.x - at.x, site.y - at.y, at.z, response);
    if (response.amplitude > strength) [bestSite, strength] = [index, response.amplitude];
  });
  // A unit beside nothing but a reference site: as strong as if a site were 20 um away.
  return strength > 0 ? { bestSite, strength } : { bestSite, strength: 0.4 };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
