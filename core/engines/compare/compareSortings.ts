// Accuracy of every true unit and the verdict on every found one.

import { assign } from './assign.ts';
import { countMatches, spikeCounts } from './countMatches.ts';
import type { Train } from './countMatches.ts';

/** Spikes in any order: times in samples, a unit's id per spike. */
export interface Sorting {
  readonly times: ArrayLike<number>;
  readonly units: ArrayLike<number>;
}

export interface UnitScore {
  /** Id of the true unit. */
  readonly unit: number;
  /** matches / (true + found - matches); 0 when no found unit is assigned. */
  readonly accuracy: number;
  readonly recall: number;
  readonly precision: number;
  /** Id of the assigned found unit, or null. */
  readonly match: number | null;
}

export interface Comparison {
  readonly units: readonly UnitScore[];
  /** True units with accuracy >= 0.8. */
  readonly well: number;
  /** Found units. */
  readonly found: number;
  /** Found, not assigned, but much like a true unit that another found unit has. */
  readonly redundant: number;
  /** Found units that agree with two or more true units. */
  readonly overmerged: number;
  /** Found, not assigned, and like no true unit. */
  readonly false_positive: number;
  readonly mean_accuracy: number;
}

const window = 0.4e-3; // s
const wellScore = 0.8;
const matchScore = 0.5;
const redundantScore = 0.2;
const overmergedScore = 0.2;

/** @param rate samples per second */
export function compareSortings(truth: Sorting, found: Sorting, rate: number): Comparison {
  const a = toTrain(truth);
  const b = toTrain(found);
  const rows = a.ids.length;
  const columns = b.ids.length;
  const matches = countMatches(a.train, b.train, Math.trunc(window * rate));
  const agreement = agreementOf(matches, spikeCounts(a.train), spikeCounts(b.train));
  const assigned = assignAbove(agreement, rows, columns, matchScore);
  const units = a.ids.map((unit, i) => {
    const j = assigned[i];
    if (j < 0) return { unit, accuracy: 0, recall: 0, precision: 0, match: null };
    const m = matches[i * columns + j];
    const trueCount = spikeCounts(a.train)[i];
    const foundCount = spikeCounts(b.train)[j];
    return { unit, accuracy: m / (trueCount + foundCount - m), recall: m / trueCount, precision: m / foundCount, match: b.ids[j] };
  });
  const verdicts = b.ids.map((_, j) => verdict(agreement, rows, columns, j, assigned.includes(j)));
  return {
    units,
    well: units.filter((score) => score.match !== null && score.accuracy >= wellScore).length,
    found: columns,
    redundant: verdicts.filter((entry) => entry.redundant).length,
    overmerged: verdicts.filter((entry) => entry.overmerged).length,
    false_positive: verdicts.filter((entry) => entry.falsePositive).length,
    mean_accuracy: rows === 0 ? NaN : units.reduce((sum, score) => sum + score.accuracy, 0) / rows,
  };
}

/** Keeps only the spikes of some units. */
export function sortingFrom(sorting: Sorting, wanted: ReadonlySet<number>): Sorting {
  const kept = Array.from({ length: sorting.times.length }, (_, k) => k).filter((k) => wanted.has(sorting.units[k]));
  return { times: kept.map((k) => sorting.times[k]), units: kept.map((k) => sorting.units[k]) };
}

function toTrain(sorting: Sorting): { train: Train; ids: number[] } {
  const ids = [...new Set(Array.from(sorting.units))].sort((x, y) => x - y);
  const indexOf = new Map(ids.map((id, index) => [id, index]));
  const order = Uint32Array.from({ length: sorting.times.length }, (_, k) => k).sort((x, y) => sorting.times[x] - sorting.times[y] || x - y);
  const times = Float64Array.from(order, (k) => sorting.times[k]);
  const units = Int32Array.from(order, (k) => indexOf.get(sorting.units[k])!);
  return { train: { times, units, unitCount: ids.length }, ids };
}

function agreementOf(matches: Float64Array, trueCounts: Float64Array, foundCounts: Float64Array): Float64Array {
  const columns = foundCounts.length;
  return matches.map((m, at) => m / (trueCounts[Math.floor(at / columns)] + foundCounts[at % columns] - m));
}

function assignAbove(agreement: Float64Array, rows: number, columns: number, limit: number): Int32Array {
  const scores = agreement.map((score) => (score < limit ? 0 : score));
  return assign(scores, rows, columns).map((j, i) => (j >= 0 && scores[i * columns + j] >= limit ? j : -1));
}

function verdict(agreement: Float64Array, rows: number, columns: number, j: number, isAssigned: boolean): { redundant: boolean; overmerged: boolean; falsePositive: boolean } {
  const scores = Array.from({ length: rows }, (_, i) => agreement[i * columns + j]);
  const best = Math.max(0, ...scores);
  const bestRow = scores.indexOf(best);
  const isBestOfItsUnit = bestRow >= 0 && Array.from({ length: columns }, (_, k) => agreement[bestRow * columns + k]).every((score) => score <= best);
  return {
    redundant: !isAssigned && best >= redundantScore && !isBestOfItsUnit,
    overmerged: scores.filter((score) => score > overmergedScore).length >= 2,
    falsePositive: !isAssigned && best < redundantScore,
  };
}
