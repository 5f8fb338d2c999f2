// When cells fire. The true time is cut into chunks of ten seconds; the spikes of a unit in a chunk depend on the seed,
// the unit and the chunk alone, so any stretch of a recording of any length can be made on its own.

import type { ProbeDescription } from './probeDescription.ts';
import { randomStream } from './random.ts';
import type { RandomStream } from './random.ts';
import type { Unit } from './units.ts';

export const chunkSeconds = 10;

export interface Spikes {
  /** True times in s, ascending. */
  readonly times: Float64Array;
  readonly units: Int32Array;
  /** Factor of the unit's amplitude. */
  readonly factors: Float32Array;
}

export interface TrainSetting {
  readonly seed: number;
  readonly probeIndex: number;
  readonly probe: ProbeDescription;
  /** Length of the run, for the rundown of amplitudes, s. */
  readonly seconds: number;
  /** Onsets of the events that responsive units answer to, s, ascending. */
  readonly onsets: Float64Array;
}

interface Spike {
  readonly time: number;
  readonly unit: number;
  readonly factor: number;
}

/** All spikes of all units in [chunk, chunk + 1) * chunkSeconds. */
export function spikesInChunk(units: readonly Unit[], setting: TrainSetting, chunk: number): Spikes {
  const shared = sharedMoments(setting, chunk);
  const spikes = units.flatMap((unit) => trainInChunk(unit, setting, chunk, shared));
  spikes.sort((a, b) => a.time - b.time || a.unit - b.unit);
  return {
    times: Float64Array.from(spikes, (spike) => spike.time),
    units: Int32Array.from(spikes, (spike) => spike.unit),
    factors: Float32Array.from(spikes, (spike) => spike.factor),
  };
}

function trainInChunk(unit: Unit, setting: TrainSetting, chunk: number, shared: readonly number[]): Spike[] {
  const random = randomStream(setting.seed, 'train', setting.probeIndex, unit.unit, chunk);
  const start = chunk * chunkSeconds;
  const end = start + chunkSeconds;
  const refractory = setting.probe.units.refractoryMs / 1000;
  const candidates = [...ownMoments(unit, setting, random, start, end), ...joinedMoments(unit, setting, random, shared)].sort((a, b) => a.time - b.time);
  const train: Spike[] = [];
  // Starting the chunk refractory keeps the rule across its border without looking at the chunk before.
  let last = start;
  for (const { time, factor } of candidates) {
    if (time - last < refractory || time >= end || time < unit.fromS || time >= unit.toS) continue;
    last = time;
    const noise = 1 + setting.probe.units.amplitudeNoise * random.gaussian();
    const rundown = 1 - setting.probe.units.rundown * Math.min(1, time / setting.seconds);
    train.push({ time, unit: unit.unit, factor: factor * rundown * Math.max(0.3, noise) });
  }
  return train;
}

interface Moment {
  readonly time: number;
  readonly factor: number;
}

/** A Poisson process, thinned to the response to events, with bursts. */
function ownMoments(unit: Unit, setting: TrainSetting, random: RandomStream, start: number, end: number): Moment[] {
  const { responsive, synchrony } = setting.probe.units;
  const base = unit.rateHz * (1 - synchrony) * (unit.bursts ? 0.5 : 1);
  const gain = unit.responsive && responsive ? responsive.gain : 1;
  const highest = base * Math.max(1, gain);
  const moments: Moment[] = [];
  for (let time = start + random.exponential() / highest; time < end; time += random.exponential() / highest) {
    const now = base * (gain !== 1 && responding(setting, time) ? gain : 1);
    if (random.uniform() * highest >= now) continue;
    moments.push({ time, factor: 1 });
    if (unit.bursts && random.uniform() < 0.4) moments.push(...burst(random, time));
  }
  return moments;
}

/** One to five more spikes, 3 to 8 ms apart, each a tenth smaller than the one before. */
function burst(random: RandomStream, time: number): Moment[] {
  const more = 1 + Math.floor(5 * random.uniform());
  const moments: Moment[] = [];
  let at = time;
  for (let spike = 1; spike <= more; spike++) {
    at += 0.003 + 0.005 * random.uniform();
    moments.push({ time: at, factor: 0.9 ** spike });
  }
  return moments;
}

function responding(setting: TrainSetting, time: number): boolean {
  const { latencyS, durationS } = setting.probe.units.responsive!;
  const onset = lastBefore(setting.onsets, time - latencyS);
  return onset !== undefined && time - latencyS - onset < durationS;
}

/** Moments at which many cells fire together, 4 per second. */
function sharedMoments(setting: TrainSetting, chunk: number): number[] {
  if (setting.probe.units.synchrony === 0) return [];
  const random = randomStream(setting.seed, 'synchrony', setting.probeIndex, chunk);
  const moments: number[] = [];
  const start = chunk * chunkSeconds;
  for (let time = start + random.exponential() / sharedRate; time < start + chunkSeconds; time += random.exponential() / sharedRate) moments.push(time);
  return moments;
}

const sharedRate = 4;

function joinedMoments(unit: Unit, setting: TrainSetting, random: RandomStream, shared: readonly number[]): Moment[] {
  const chance = Math.min(1, (setting.probe.units.synchrony * unit.rateHz) / sharedRate);
  return shared.filter(() => random.uniform() < chance).map((time) => ({ time: time + 0.0005 * (random.uniform() - 0.5), factor: 1 }));
}

/** The last of ascending values that is not after `limit`. */
export function lastBefore(ascending: Float64Array, limit: number): number | undefined {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low > 0 ? ascending[low - 1] : undefined;
}
