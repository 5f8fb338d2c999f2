// How far the tissue has moved along the shank: a sum of zigzags, ramps, steps and breathing, each the same at all
// depths or not.

import type { DriftPart } from './probeDescription.ts';

/** @param depth 0 at the lowest site, 1 at the highest. Returns um upwards. */
export function displacement(parts: readonly DriftPart[], time: number, depth: number): number {
  let um = 0;
  for (const part of parts) {
    if (time <= part.fromS) continue;
    um += path(part, time) * (1 + part.nonRigid * (2 * depth - 1));
  }
  return um;
}

/** An upper bound of the displacement's size, um. */
export function largestDisplacement(parts: readonly DriftPart[]): number {
  return parts.reduce((sum, part) => sum + extent(part) * (1 + Math.abs(part.nonRigid)), 0);
}

function path(part: DriftPart, time: number): number {
  const since = time - part.fromS;
  switch (part.kind) {
    // From 0 up to um and back, once per period.
    case 'zigzag': return part.um * (1 - Math.abs(1 - 2 * ((since / part.periodS) % 1)));
    case 'ramp': return part.um * Math.min(1, since / Math.max(1e-9, part.toS - part.fromS));
    case 'steps': return part.um.reduce((sum, um, index) => sum + (time >= (part.atS[index] ?? Infinity) ? um : 0), 0);
    case 'breathing': return part.um * Math.sin(2 * Math.PI * part.hz * since);
  }
}

function extent(part: DriftPart): number {
  return part.kind === 'steps' ? part.um.reduce((sum, um) => sum + Math.abs(um), 0) : Math.abs(part.um);
}
