// Which spikes are measured: those in the time window, thinned evenly where a cluster has more than are wanted. Nothing
// is drawn at random.

import type { Spikes } from './spikes.ts';
import { isGiven, type CWavesOptions } from './options.ts';

export interface Recording {
  /** In the file. */
  readonly samples: number;
  readonly rate: number;
  /** As the meta gives it. */
  readonly seconds: number;
}

export interface Choice {
  /** Times (samples) of the chosen spikes, cluster after cluster, in the order of the sorter's file. */
  readonly times: Float64Array;
  /** Cluster k has times[first[k]] to times[first[k + 1] - 1]. */
  readonly first: Uint32Array;
  /** Spikes whose cluster has none according to the table: they are ignored. */
  readonly strays: number;
}

export type ChooseOptions = Pick<CWavesOptions, 'startSecs' | 'endSecs' | 'samplesPerSpike' | 'preSamples' | 'numSpikes' | 'numerics'>;

export function chooseSpikes(spikes: Spikes, recording: Recording, options: ChooseOptions): Choice {
  const { times, labels, counts } = spikes;
  const eligible = eligibility(recording, options);
  const found = countEligible(spikes, eligible);
  const expected = options.numerics === 'native' ? counts.map((count) => Math.trunc(windowFraction(recording.seconds, options) * count)) : found;
  const step = expected.map((count) => Math.max(1, Math.ceil(Math.fround(Math.fround(count) / Math.fround(options.numSpikes)))));

  const most = found.map((count) => Math.min(options.numSpikes, count));
  const room = new Float64Array(most.reduce((sum, value) => sum + value, 0));
  const start = runningSum(most);
  const seen = new Float64Array(counts.length);
  const taken = new Float64Array(counts.length);
  let strays = 0;
  for (let i = 0; i < times.length; i++) {
    const k = labels[i];
    if (counts[k] === 0) strays++;
    if (expected[k] === 0 || !eligible(times[i])) continue;
    if (seen[k]++ % step[k] === 0 && taken[k] < most[k]) room[start[k] + taken[k]++] = times[i];
  }
  return { ...pack(room, start, taken), strays };
}

/** Native: in the window. Exact: and the waveform lies wholly in the file. */
function eligibility({ rate, samples }: Recording, { startSecs, endSecs, preSamples, samplesPerSpike, numerics }: ChooseOptions): (time: number) => boolean {
  let first = isGiven(startSecs) ? Math.trunc(startSecs * rate) : 0;
  let end = isGiven(endSecs) ? Math.trunc(endSecs * rate) : Infinity;
  if (numerics === 'exact') {
    first = Math.max(first, preSamples);
    end = Math.min(end, samples - samplesPerSpike + preSamples + 1);
  }
  return (time) => time >= first && time < end;
}

/** The share of a cluster's spikes that the native tool expects in the window. */
function windowFraction(seconds: number, { startSecs, endSecs }: ChooseOptions): number {
  if (!isGiven(startSecs) && !isGiven(endSecs)) return 1;
  const left = clamp(isGiven(startSecs) ? startSecs : 0, 0, seconds - 1);
  const right = clamp(isGiven(endSecs) ? endSecs : seconds, left + 1, seconds);
  return (right - left) / seconds;
}

const clamp = (value: number, least: number, most: number) => Math.max(least, Math.min(value, most));

function countEligible({ times, labels, counts }: Spikes, eligible: (time: number) => boolean): Float64Array {
  const found = new Float64Array(counts.length);
  for (let i = 0; i < times.length; i++) if (counts[labels[i]] > 0 && eligible(times[i])) found[labels[i]]++;
  return found;
}

function runningSum(values: Float64Array): Float64Array {
  let sum = 0;
  return values.map((value) => (sum += value) - value);
}

function pack(room: Float64Array, start: Float64Array, taken: Float64Array): Pick<Choice, 'times' | 'first'> {
  const first = new Uint32Array(taken.length + 1);
  taken.forEach((count, k) => { first[k + 1] = first[k] + count; });
  const times = new Float64Array(first[taken.length]);
  taken.forEach((count, k) => times.set(room.subarray(start[k], start[k] + count), first[k]));
  return { times, first };
}
