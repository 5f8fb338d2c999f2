// Contamination from intervals shorter than the refractory period. Hill, Mehta, Kleinfeld 2011 (J Neurosci 31:8699),
// with the quadratic solved: c (1 - c) = violations / (2 N (t_r - t_min) rate).

import type { Figure } from '../figure.ts';
import type { Session } from './firing.ts';

export interface IsiViolations {
  /** Share of spikes from other neurons; 1 when there are too many violations for a solution. */
  readonly contamination: Figure;
  readonly violations: number;
}

/**
 * @param times s, ascending
 * @param threshold refractory period, s
 * @param minimum spikes that follow another within this time (s) are duplicates and left out
 */
export function isiViolations(times: Float64Array, { first, last }: Session, threshold: number, minimum: number): IsiViolations {
  let kept = 0;
  let violations = 0;
  let previousKept = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < times.length; i++) {
    if (i > 0 && times[i] - times[i - 1] <= minimum) continue;
    if (times[i] - previousKept < threshold) violations++;
    previousKept = times[i];
    kept++;
  }
  if (!(last > first)) return { contamination: 'the recording has spikes at one time only', violations };
  const rate = kept / (last - first);
  const product = violations / (2 * kept * (threshold - minimum)) / rate;
  return { contamination: product < 0.25 ? (1 - Math.sqrt(1 - 4 * product)) / 2 : 1, violations };
}
