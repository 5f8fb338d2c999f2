// Puts the spikes of a probe into a block of its samples: every site that a cell reaches gets the cell's shape at that
// site's own moment of conversion, scaled, delayed and broadened as the cell's family says.

import { chunkSeconds, spikesInChunk } from './trains.ts';
import type { Spikes, TrainSetting } from './trains.ts';
import type { Clock } from './clock.ts';
import { displacement, largestDisplacement } from './drift.ts';
import type { ProbeSite } from './sites.ts';
import type { Unit } from './units.ts';
import { fieldReach, shapeAfter, shapeBefore, shapePoints, shapeTable, siteResponse } from './waveforms.ts';

export interface SpikeSetting extends TrainSetting {
  readonly units: readonly Unit[];
  readonly clock: Clock;
  /** Per column of the stream. */
  readonly sites: readonly ProbeSite[];
  /** Per column: the fraction of a sample by which it is converted late. */
  readonly lags: Float64Array;
  /** Columns that see no spikes. */
  readonly deaf: ReadonlySet<number>;
  /** Lowest and highest site, um. */
  readonly bottom: number;
  readonly top: number;
}

/** A spike's trough on the soma's site, on the stream's own clock, to a 32nd of a sample. */
export function spikePosition(clock: Clock, time: number): number {
  return Math.round(32 * clock.positionAt(time)) / 32;
}

/** Where a unit's cell lies at a true time: um above the lowest row. */
export function unitHeight(setting: Pick<SpikeSetting, 'probe' | 'bottom' | 'top'>, unit: Unit, time: number): number {
  const depth = (unit.y - setting.bottom) / Math.max(1, setting.top - setting.bottom);
  return unit.y + displacement(setting.probe.drift, time, depth);
}

/** Adds to `planes` (column after column, `count` uV each) the spikes that show in samples first .. first + count - 1. */
export type AddSpikes = (planes: Float32Array, first: number, count: number) => void;

export function spikeAdder(setting: SpikeSetting): AddSpikes {
  const near = setting.units.map((unit) => reachableColumns(setting, unit));
  const chunks = rememberFew((chunk: number) => spikesInChunk(setting.units, setting, chunk), 4);
  const response = { amplitude: 0, delay: 0, stretch: 1 };
  const { clock, sites, lags } = setting;

  const addSpike = (planes: Float32Array, first: number, count: number, unit: Unit, time: number, factor: number) => {
    const position = spikePosition(clock, time) - first;
    const height = unitHeight(setting, unit, time);
    const table = shapeTable(unit.family);
    for (const column of near[unit.unit]!) {
      const site = sites[column]!;
      siteResponse(unit.family, site.x - unit.x, site.y - height, unit.z, response);
      const amplitude = unit.sourceUv * factor * response.amplitude;
      if (amplitude < 0.25) continue;
      const stretch = response.stretch * unit.width;
      addShape(planes, column * count, count, position + response.delay - lags[column]!, amplitude, stretch, table);
    }
  };
  return (planes, first, count) => {
    const from = clock.timeAt(first - 3 * shapeAfter);
    const to = clock.timeAt(first + count + 3 * shapeBefore);
    for (let chunk = Math.max(0, Math.floor(from / chunkSeconds)); chunk * chunkSeconds < to; chunk++) {
      const spikes = chunks(chunk);
      for (let spike = firstFrom(spikes, from); spike < spikes.times.length && spikes.times[spike]! < to; spike++) {
        addSpike(planes, first, count, setting.units[spikes.units[spike]!]!, spikes.times[spike]!, spikes.factors[spike]!);
      }
    }
  };
}

/** Linear interpolation in the shape's table, 64 points a sample. */
function addShape(planes: Float32Array, offset: number, count: number, trough: number, amplitude: number, stretch: number, table: Float32Array): void {
  const step = shapePoints / stretch;
  const first = Math.max(0, Math.ceil(trough - shapeBefore * stretch));
  const last = Math.min(count - 1, Math.floor(trough + shapeAfter * stretch));
  let at = (first - trough) * step + shapeBefore * shapePoints;
  for (let i = first; i <= last; i++, at += step) {
    const point = Math.max(0, at) | 0;
    const left = table[point]!;
    planes[offset + i] = planes[offset + i]! + amplitude * (left + (at - point) * (table[point + 1]! - left));
  }
}

/** Columns that a unit can ever reach, whatever the drift. */
function reachableColumns(setting: SpikeSetting, unit: Unit): number[] {
  const { up, down } = fieldReach(unit.family);
  const moved = largestDisplacement(setting.probe.drift);
  return setting.sites.flatMap((site, column) => {
    const above = site.y - unit.y;
    const reached = site.shank === unit.shank && site.used && above < up + moved && above > -down - moved;
    return reached && !setting.deaf.has(column) ? [column] : [];
  });
}

function firstFrom(spikes: Spikes, time: number): number {
  let low = 0;
  let high = spikes.times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spikes.times[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function rememberFew<Value>(make: (key: number) => Value, most: number): (key: number) => Value {
  const known = new Map<number, Value>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.delete(key);
    known.set(key, value);
    if (known.size > most) known.delete(known.keys().next().value!);
    return value;
  };
}
