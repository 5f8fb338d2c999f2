// Where the brain ends along a probe, told from the power of the local field potential: it falls at the surface, since
// above it there is nothing but what spreads from below.

import { middleOf } from './middle.ts';

export interface PowerProfile {
  /** Rows of sites from the lowest up, um. */
  readonly z_um: Float64Array;
  /** Median over the channels near each row. */
  readonly power_dB: Float64Array;
}

export interface Surface {
  readonly z_um: number;
  /** By how much the power falls there, dB. */
  readonly fall_dB: number;
}

/** Channels this near a row are taken together, um; so a dead one does not count. */
const NEAR_UM = 60;
/** Below and above the surface this much is compared, um. */
const SIDE_UM = 200;
/** Rows needed on either side. */
const LEAST_ROWS = 4;
/** A smaller fall than this is none, dB; nothing above may come nearer than half of it. */
const LEAST_FALL_DB = 6;

/** @param z_um and `power` (squared units, NaN: not measured) by channel */
export function powerProfile(z_um: ArrayLike<number>, power: ArrayLike<number>): PowerProfile {
  const measured = Array.from(z_um, (z, index) => ({ z, dB: 10 * Math.log10(power[index]) })).filter(({ dB }) => Number.isFinite(dB)).sort((a, b) => a.z - b.z);
  const rows = Float64Array.from(new Set(measured.map(({ z }) => z)));
  const near = (z: number) => Float64Array.from(measured.filter((each) => Math.abs(each.z - z) <= NEAR_UM), ({ dB }) => dB);
  return { z_um: rows, power_dB: rows.map((z) => middleOf(near(z))) };
}

/** undefined: the power falls nowhere, so that all of the probe may lie in the brain, or none of it. */
export function findSurface({ z_um, power_dB }: PowerProfile): Surface | undefined {
  let best: Surface | undefined;
  for (let row = LEAST_ROWS; row <= z_um.length - LEAST_ROWS; row++) {
    const at = (z_um[row - 1] + z_um[row]) / 2;
    const below = power_dB.filter((_, index) => index < row && z_um[index] >= at - SIDE_UM);
    const above = power_dB.filter((_, index) => index >= row && z_um[index] <= at + SIDE_UM);
    if (below.length < LEAST_ROWS || above.length < LEAST_ROWS) continue;
    const fall_dB = mean(below) - mean(above);
    const isOutermost = power_dB.every((value, index) => z_um[index] <= at + NEAR_UM || value <= mean(below) - LEAST_FALL_DB / 2);
    if (fall_dB >= LEAST_FALL_DB && isOutermost && fall_dB > (best?.fall_dB ?? 0)) best = { z_um: at, fall_dB };
  }
  return best;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
