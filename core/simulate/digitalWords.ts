// Digital words of a stream: which lines are high in which samples.

import { firstSampleFrom } from './clock.ts';
import type { Clock } from './clock.ts';
import type { CounterTrain, PulseTrain } from './pulses.ts';

/** Words 0, 1 ... of `stream`, each of 16 lines, for samples first .. first + count - 1; word-major. */
export function digitalWords(trains: readonly PulseTrain[], counters: readonly CounterTrain[], stream: string, words: number, clock: Clock, first: number, count: number): Int16Array {
  const values = new Int16Array(words * count);
  const raise = (line: number, from: number, to: number) => {
    const word = line >> 4;
    if (word >= words) return;
    for (let i = Math.max(0, from); i < Math.min(count, to); i++) values[word * count + i]! |= 1 << (line & 15);
  };
  for (const train of trains) {
    const lines = train.outlets.flatMap((outlet) => (outlet.stream === stream && 'line' in outlet ? [outlet.line] : []));
    if (lines.length === 0) continue;
    for (const pulse of pulsesIn(train, clock.timeAt(first - 1), clock.timeAt(first + count))) {
      const from = firstSampleFrom(clock, train.onsets[pulse]!) - first;
      const to = firstSampleFrom(clock, train.offsets[pulse]!) - first;
      for (const line of lines) raise(line, from, to);
    }
  }
  for (const counter of counters) if (counter.description.stream === stream) countIn(counter, clock, first, count, raise);
  return values;
}

/** Indices of the pulses that are on at some time in [from, to]. */
export function* pulsesIn(train: PulseTrain, from: number, to: number): Generator<number> {
  for (let pulse = firstAbove(train.offsets, from); pulse < train.onsets.length && train.onsets[pulse]! <= to; pulse++) yield pulse;
}

/** Index of the first of ascending values that is greater than `limit`. */
function firstAbove(ascending: Float64Array, limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

function countIn(counter: CounterTrain, clock: Clock, first: number, count: number, raise: (line: number, from: number, to: number) => void): void {
  const { firstLine, bits } = counter.description;
  let value = firstAbove(counter.changes, clock.timeAt(first - 1));
  let from = 0;
  while (from < count) {
    const change = counter.changes[value];
    const to = change === undefined ? count : Math.min(count, firstSampleFrom(clock, change) - first);
    for (let bit = 0; bit < bits; bit++) if ((value >> bit) & 1) raise(firstLine + bit, from, to);
    from = Math.max(from, to);
    value++;
  }
}
