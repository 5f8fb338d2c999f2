// Which triggers of a gate are asked for: `start` and `end` are the first and last there are, in each gate its own.

import type { RunSpec, TriggerRange } from '../session/runSpecs.ts';

export interface GatePart {
  readonly gate: number;
  readonly first: number;
  readonly last: number;
}

/**
 * The asked-for triggers in order. Between `start` and `end` only those that some stream has; numbers given as numbers
 * whether they are there or not. Empty when `start` or `end` is asked of a gate without files.
 */
export function wantedTriggers({ first, last }: TriggerRange, present: Iterable<number>): number[] {
  const there = [...new Set(present)].sort((a, b) => a - b);
  const from = first === 'start' ? there[0] : first;
  const to = last === 'end' ? there.at(-1) : last;
  if (from === undefined || to === undefined) return [];
  if (first === 'start' || last === 'end') return there.filter((trigger) => trigger >= from && trigger <= to);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** What is asked of one of the spec's gates. */
export function triggersAsked({ gates, triggers, triggersByGate }: RunSpec, gate: number): TriggerRange {
  return triggersByGate?.[gate - gates[0]] ?? triggers;
}

/** Triggers that follow one another make one part. */
export function gateParts(gate: number, triggers: readonly number[]): GatePart[] {
  const parts: { gate: number; first: number; last: number }[] = [];
  for (const trigger of triggers) {
    const part = parts.at(-1);
    if (part && trigger === part.last + 1) part.last = trigger;
    else parts.push({ gate, first: trigger, last: trigger });
  }
  return parts;
}

/** True when one range of triggers says it for all gates, so that CatGT's -g and -t do. */
export function isOneRange(parts: readonly GatePart[], gates: readonly [number, number]): boolean {
  const same = parts.every(({ first, last }) => first === parts[0].first && last === parts[0].last);
  return same && parts.length === gates[1] - gates[0] + 1;
}
