// What happens outside the brain: the sync wave, task events, counters. Each is a list of pulses in true time, made for
// the whole run; an outlet shows it on a line or channel of a stream.

import type { CounterDescription, Outlet, PulsesDescription, RunDescription } from './description.ts';
import { randomStream } from './random.ts';

export interface PulseTrain {
  readonly name: string;
  /** True times in s, ascending, not overlapping. */
  readonly onsets: Float64Array;
  readonly offsets: Float64Array;
  readonly outlets: readonly Outlet[];
}

export interface CounterTrain {
  readonly name: string;
  /** True times at which the value changes to 1, 2, 3 ... (modulo 2^bits), s. */
  readonly changes: Float64Array;
  readonly description: CounterDescription;
}

export const syncName = 'sync';

/** All pulse trains up to `seconds`, the sync wave among them as `sync`. */
export function pulseTrains(run: RunDescription, seconds: number): PulseTrain[] {
  const trains = run.events.map((event, index) => eventTrain(event, randomStream(run.seed, 'events', index), seconds));
  if (run.sync) trains.unshift(syncTrain(run, run.sync, seconds));
  return trains;
}

export function counterTrains(run: RunDescription, seconds: number): CounterTrain[] {
  return run.counters.map((description) => {
    const count = Math.max(0, Math.floor(seconds / description.periodS));
    return { name: description.name, description, changes: Float64Array.from({ length: count }, (_, index) => (index + 1) * description.periodS) };
  });
}

function eventTrain(event: PulsesDescription, random: ReturnType<typeof randomStream>, seconds: number): PulseTrain {
  const onsets: number[] = [];
  const offsets: number[] = [];
  const push = (time: number) => {
    // A pulse that begins before the last one ended continues it.
    if (time < (offsets.at(-1) ?? 0)) offsets[offsets.length - 1] = time;
    onsets.push(time);
    offsets.push(time + event.widthsMs[Math.floor(random.uniform() * event.widthsMs.length)]! / 1000);
  };
  if (event.atS) {
    [...event.atS].sort((a, b) => a - b).forEach(push);
  } else {
    for (let time = event.firstS; time < seconds; ) {
      push(time);
      const interval = event.intervalS * (1 + event.jitter * (2 * random.uniform() - 1));
      time = Math.max(time + interval, offsets.at(-1)! + 0.02);
    }
  }
  return { name: event.name, onsets: Float64Array.from(onsets), offsets: Float64Array.from(offsets), outlets: event.outlets };
}

function syncTrain(run: RunDescription, sync: NonNullable<RunDescription['sync']>, seconds: number): PulseTrain {
  const count = Math.max(0, Math.ceil((seconds - sync.firstS) / sync.periodS));
  const onsets = Float64Array.from({ length: count }, (_, index) => sync.firstS + index * sync.periodS);
  return { name: syncName, onsets, offsets: onsets.map((time) => time + sync.periodS / 2), outlets: syncOutlets(run) };
}

/** The sync bit of SY words, and NI's sync input. */
const syncBit = 6;

function syncOutlets(run: RunDescription): Outlet[] {
  const outlets: Outlet[] = run.probes.map((_, index) => ({ stream: `imec${index}`, line: syncBit }));
  run.oneBoxes.forEach((_, index) => outlets.push({ stream: syWordOf(index), line: syncBit }));
  const input = run.ni?.sync;
  if (input) outlets.push('line' in input ? { stream: 'nidq', line: input.line } : { stream: 'nidq', channel: input.channel, volts: input.volts, shape: 'square' });
  return outlets;
}

/** The SY word of a OneBox is not one of its digital inputs: its sync bit goes by a name of its own. */
export function syWordOf(oneBox: number): string {
  return `obx${oneBox} SY`;
}
