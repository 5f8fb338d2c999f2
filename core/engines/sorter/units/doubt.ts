// Signs that a template's spikes are leftovers of other units or noise, not those of a cell.

import type { UnitTally } from './unitTally.ts';

/** Relative to what a spike in noise would have. */
const leastResemblance = 0.5;
/** Spikes of a cell have its template's size; leftovers crowd at the lower bound of amplitudes. */
const leastAmplitude = 0.75;
/** Spikes of a cell have one place: interquartile range of depths, um. */
const mostSpread = 35;

/** @param patience 1, or more to let doubtful units pass @returns what is wrong, undefined when nothing is */
export function doubtAbout(unit: UnitTally, patience: number): string | undefined {
  if (unit.resemblance < leastResemblance / patience) return 'its spikes do not resemble its template';
  if (unit.medianAmplitude < 1 - (1 - leastAmplitude) * Math.min(patience, 1.6)) return 'its spikes are far smaller than its template';
  if (unit.spread > mostSpread * patience) return 'its spikes come from different places';
  return undefined;
}
