// What an analog word does, from how often each level occurs: one level, two levels with a threshold half-way, or neither.

import { LEVELS } from './condensed.ts';

export interface LevelFacts {
  /** Counts. */
  readonly median: number;
  /** One or two levels; none where the line moves about. */
  readonly levels: readonly number[];
  readonly threshold: number | null;
  readonly kind: 'still' | 'two-levels' | 'continuous';
}

/** Share of the upper level's samples that may lie between the levels: edges take time. */
const BETWEEN = 0.25;

/** @param noise standard deviation of the quiet line, counts */
export function levelFacts(occurs: Uint32Array, noise: number): LevelFacts {
  const total = occurs.reduce((sum, count) => sum + count, 0);
  const median = quantile(occurs, total, 0.5);
  const split = bestSplit(occurs, total);
  const below = occurs.slice().fill(0, split);
  const above = occurs.slice().fill(0, 0, split);
  const [belowCount, aboveCount] = [below, above].map((part) => part.reduce((sum, count) => sum + count, 0));
  if (belowCount === 0 || aboveCount === 0) return { median, levels: [median], threshold: null, kind: 'still' };
  const [low, high] = [quantile(below, belowCount, 0.5), quantile(above, aboveCount, 0.5)];
  const range = high - low;
  if (range < Math.max(10 * noise, 200)) return { median, levels: [median], threshold: null, kind: 'still' };
  const [from, to] = [low + 0.25 * range, low + 0.75 * range].map(binOf);
  let between = 0;
  for (let bin = from; bin <= to; bin++) between += occurs[bin];
  if (between > BETWEEN * Math.min(belowCount, aboveCount)) return { median, levels: [], threshold: null, kind: 'continuous' };
  return { median, levels: [low, high], threshold: (low + high) / 2, kind: 'two-levels' };
}

const binOf = (counts: number) => Math.max(0, Math.min(LEVELS - 1, Math.floor((counts + 32768) / 16)));
const countsOf = (bin: number) => bin * 16 - 32768 + 8;

function quantile(occurs: Uint32Array, total: number, fraction: number): number {
  let seen = 0;
  for (let bin = 0; bin < occurs.length; bin++) {
    seen += occurs[bin];
    if (seen > 0 && seen >= fraction * total) return countsOf(bin);
  }
  return countsOf(occurs.length - 1);
}

/** Otsu: the split after which the two halves differ most. */
function bestSplit(occurs: Uint32Array, total: number): number {
  let sum = 0;
  for (let bin = 0; bin < occurs.length; bin++) sum += bin * occurs[bin];
  let best = 0;
  let split = 0;
  let count = 0;
  let part = 0;
  for (let bin = 0; bin < occurs.length - 1; bin++) {
    count += occurs[bin];
    part += bin * occurs[bin];
    if (count === 0 || count === total) continue;
    const between = count * (total - count) * (part / count - (sum - part) / (total - count)) ** 2;
    if (between > best) {
      best = between;
      split = bin + 1;
    }
  }
  return split;
}
