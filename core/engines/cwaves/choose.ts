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
  /** Times (samples) and clusters of the chosen spikes, in order of time; shared memory, 12 bytes a spike. */
  readonly times: Float64Array;
  readonly clusters: Uint32Array;
  /** Per cluster: how many are chosen, and the time of the first of them in the order of the sorter's file (or NaN). */
  readonly chosen: Float64Array;
  readonly firstTimes: Float64Array;
  /** Spikes whose cluster has none according to the table: they are ignored. */
  readonly strays: number;
}

export type ChooseOptions = Pick<CWavesOptions, 'startSecs' | 'endSecs' | 'samplesPerSpike' | 'preSamples' | 'numSpikes' | 'numerics'>;

/** Goes through the spikes twice: to count, and to choose. */
export function chooseSpikes(spikes: Spikes, recording: Recording, options: ChooseOptions): Choice {
  const { counts } = spikes;
  const eligible = eligibility(recording, options);
  const { found, strays } = countEligible(spikes, eligible);
  const expected = options.numerics === 'native' ? counts.map((count) => Math.trunc(windowFraction(recording.seconds, options) * count)) : found;
  const step = expected.map((count) => Math.max(1, Math.ceil(Math.fround(Math.fround(count) / Math.fround(options.numSpikes)))));
  const most = found.map((count, k) => (expected[k] === 0 ? 0 : Math.min(options.numSpikes, Math.ceil(count / step[k]))));

  const total = most.reduce((sum, value) => sum + value, 0);
  const times = new Float64Array(new SharedArrayBuffer(8 * total));
  const clusters = new Uint32Array(new SharedArrayBuffer(4 * total));
  const firstTimes = new Float64Array(counts.length).fill(Number.NaN);
  const seen = new Float64Array(counts.length);
  const chosen = new Float64Array(counts.length);
  let at = 0;
  for (const block of spikes.blocks()) {
    for (let i = 0; i < block.times.length; i++) {
      const k = block.labels[i];
      const time = block.times[i];
      if (most[k] === 0 || !eligible(time)) continue;
      if (seen[k]++ % step[k] !== 0 || chosen[k] === most[k]) continue;
      if (chosen[k]++ === 0) firstTimes[k] = time;
      times[at] = time;
      clusters[at++] = k;
    }
  }
  sortByTime(times, clusters);
  return { times, clusters, chosen, firstTimes, strays };
}

/** Sorters write spikes in order of time, nearly all of them. */
function sortByTime(times: Float64Array, clusters: Uint32Array): void {
  if (times.every((time, i) => i === 0 || time >= times[i - 1])) return;
  const order = Uint32Array.from(times, (_, i) => i).sort((a, b) => times[a] - times[b]);
  times.set(Float64Array.from(order, (i) => times[i]));
  clusters.set(Uint32Array.from(order, (i) => clusters[i]));
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

function countEligible({ counts, blocks }: Spikes, eligible: (time: number) => boolean): { found: Float64Array; strays: number } {
  const found = new Float64Array(counts.length);
  let strays = 0;
  for (const { times, labels } of blocks()) {
    for (let i = 0; i < times.length; i++) {
      const k = labels[i];
      if (counts[k] === 0) strays++;
      else if (eligible(times[i])) found[k]++;
    }
  }
  return { found, strays };
}
