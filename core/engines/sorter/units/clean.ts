// What remains of the matched units: duplicates, noise and rare ones go, pieces of one unit are joined, a unit's double
// detections are dropped. Every unit that goes leaves a line saying why.

import { mergePieces } from '../cluster/mergeClusters.ts';
import { squaredDistance } from '../neighbours.ts';
import { doubtAbout } from './doubt.ts';
import type { FinalPass, FoundSpikes } from './finalPass.ts';
import type { Stage } from './matchPass.ts';
import { pieceOf } from './refine.ts';
import type { UnitTally } from './unitTally.ts';

export interface DroppedUnit {
  readonly template: number;
  readonly spikes: number;
  readonly reason: string;
}

export interface CleanUnits {
  /** Templates of every unit, the one with most spikes first. */
  readonly units: readonly (readonly number[])[];
  readonly dropped: readonly DroppedUnit[];
  /** Unit of every spike, -1 where it is dropped. */
  readonly unitOf: Int32Array;
}

const duplicateMs = 0.3;
const duplicateRadius = 60; // um
const duplicateShare = 0.5;
const sureDistance = 0.25;
const mergeDip = 1.5;
const mergeRadius = 60; // um
const fewSpikes = 40;

export function cleanUnits(stage: Stage, pass: FinalPass): CleanUnits {
  const dropped: DroppedUnit[] = [];
  const drop = (template: number, reason: string) => {
    dropped.push({ template, spikes: pass.units[template].count, reason });
  };
  const alive = new Set(pass.units.keys());
  for (const [template, unit] of pass.units.entries()) {
    const reason = noiseReason(stage, unit);
    if (reason === undefined) continue;
    drop(template, reason);
    alive.delete(template);
  }
  for (const [template, keeper] of duplicates(stage, pass, alive)) {
    drop(template, `duplicate of template ${keeper}`);
    alive.delete(template);
  }
  const units = joinPieces(stage, pass, [...alive].sort((a, b) => a - b));
  return { units, dropped, unitOf: labelSpikes(stage, pass.spikes, units) };
}

function noiseReason(stage: Stage, unit: UnitTally): string | undefined {
  const { settings } = stage;
  if (unit.count < settings.minSpikes) return `fewer than ${settings.minSpikes} spikes`;
  return doubtAbout(unit, 1);
}

/** Templates more than half of whose spikes coincide with those of a larger neighbour: [template, neighbour]. */
function duplicates(stage: Stage, pass: FinalPass, alive: ReadonlySet<number>): [number, number][] {
  const { sites, rate } = stage.recording;
  const reach = Math.round(duplicateMs * 1e-3 * rate);
  const total = (template: number) => pass.units[template].count * pass.units[template].template.energy;
  const order = [...alive].sort((a, b) => total(b) - total(a) || a - b);
  const times = timesByTemplate(pass);
  const kept: number[] = [];
  const result: [number, number][] = [];
  for (const template of order) {
    const keeper = kept.find((other) =>
      squaredDistance(sites, pass.units[template].template.peakSite, pass.units[other].template.peakSite) <= duplicateRadius ** 2
      && coincidences(times[template], times[other], reach) > duplicateShare * times[template].length);
    if (keeper === undefined) kept.push(template);
    else result.push([template, keeper]);
  }
  return result.sort((a, b) => a[0] - b[0]);
}

function timesByTemplate(pass: FinalPass): Float64Array[] {
  const counts = new Int32Array(pass.units.length);
  for (const unit of pass.spikes.unit) counts[unit]++;
  const lists = Array.from(counts, (count) => new Float64Array(count));
  counts.fill(0);
  pass.spikes.unit.forEach((unit, k) => { lists[unit][counts[unit]++] = pass.spikes.time[k]; });
  return lists;
}

/** Times of `a` with one of `b` within `reach`; both ascending. */
export function coincidences(a: Float64Array, b: Float64Array, reach: number): number {
  let found = 0;
  let first = 0;
  for (const time of a) {
    while (first < b.length && b[first] < time - reach) first++;
    if (first < b.length && b[first] <= time + reach) found++;
  }
  return found;
}

function joinPieces(stage: Stage, pass: FinalPass, alive: readonly number[]): number[][] {
  const pieces = alive.map((template) => ({ ...pieceOf(pass.units[template]), parts: [template] }));
  const merged = mergePieces(pieces, stage.recording.sites, stage.noise.basis, {
    sure: sureDistance, possible: stage.settings.mergeDistance, dip: mergeDip, radius: mergeRadius, fewSpikes,
  });
  return merged.map((piece) => [...piece.parts].sort((a, b) => pass.units[b].count - pass.units[a].count || a - b))
    .sort((a, b) => depthOf(stage, pass, a[0]) - depthOf(stage, pass, b[0]) || a[0] - b[0]);
}

/** Units are numbered from the tip upwards, shank by shank. */
function depthOf(stage: Stage, pass: FinalPass, template: number): number {
  const { sites } = stage.recording;
  const site = pass.units[template].template.peakSite;
  return sites.shank[site] * 1e6 + sites.y[site];
}

/** Drops spikes of dropped units and second detections of one spike (joined pieces, block borders). */
function labelSpikes(stage: Stage, spikes: FoundSpikes, units: readonly (readonly number[])[]): Int32Array {
  const refractory = Math.round(stage.settings.refractoryMs * 1e-3 * stage.recording.rate);
  const unitOfTemplate = new Map(units.flatMap((templates, unit) => templates.map((template) => [template, unit] as const)));
  const unitOf = Int32Array.from(spikes.unit, (template) => unitOfTemplate.get(template) ?? -1);
  const last = new Int32Array(units.length).fill(-1);
  for (let k = 0; k < spikes.count; k++) {
    const unit = unitOf[k];
    if (unit < 0) continue;
    const before = last[unit];
    if (before >= 0 && spikes.time[k] - spikes.time[before] < refractory) {
      const worse = spikes.cosine[k] > spikes.cosine[before] ? before : k;
      unitOf[worse] = -1;
      if (worse === k) continue;
    }
    last[unit] = k;
  }
  return unitOf;
}
