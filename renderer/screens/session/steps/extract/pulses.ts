// Pulses in order of time: those of a window, the next and the one before, what to call them.

import { type PulseList, type PulseTrain, type Verdict, verdicts } from '../../../../../core/service/contract/index.ts';

/** Why a pulse is not accepted, in a word. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  accepted: 'accepted', short: 'short', long: 'long', below: 'below T2', bounced: 'bounced', unfinished: 'unfinished at the end',
};

export function verdictOf(pulses: PulseList, index: number): Verdict {
  return verdicts[pulses.verdicts[index]];
}

/** First pulse that may be seen in the window, and the one after the last. */
export function between(pulses: PulseList, from_s: number, to_s: number): readonly [number, number] {
  const first = firstAfter(pulses.on_s, from_s);
  // One that began before may still be going on.
  const isOn = first > 0 && pulses.off_s[first - 1] > from_s;
  return [isOn ? first - 1 : first, firstAfter(pulses.on_s, to_s)];
}

/** Index of the first time at or after. */
export function firstAfter(times: Float64Array, time_s: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < time_s) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The next pulse after (or the last before) a time, of all or of the rejected; -1 when there is none. */
export function neighbour(pulses: PulseList, at_s: number, forward: boolean, onlyRejected: boolean): number {
  const step = forward ? 1 : -1;
  const start = forward ? firstAfter(pulses.on_s, at_s + 1e-7) : firstAfter(pulses.on_s, at_s - 1e-7) - 1;
  for (let index = start; index >= 0 && index < pulses.on_s.length; index += step) {
    if (!onlyRejected || pulses.verdicts[index] !== 0) return index;
  }
  return -1;
}

/** What is regular about a bit between two times, from its edges; `startsHigh`: before the first of them. */
export function trainBetween(edges_s: Float64Array, startsHigh: boolean, from_s: number, to_s: number): PulseTrain {
  const [first, end] = [firstAfter(edges_s, from_s), firstAfter(edges_s, to_s)];
  const rises = (index: number) => (index % 2 === 0) !== startsHigh;
  const [on, widths]: [number[], number[]] = [[], []];
  let high_s = 0;
  let since = rises(first) ? NaN : from_s;
  for (let index = first; index < end; index++) {
    if (rises(index)) {
      on.push(edges_s[index]);
      since = edges_s[index];
    } else {
      high_s += edges_s[index] - since;
      if (since > from_s) widths.push(1000 * (edges_s[index] - since));
      since = NaN;
    }
  }
  if (!Number.isNaN(since)) high_s += to_s - since;
  const period_s = on.length < 2 ? null : (on[on.length - 1] - on[0]) / (on.length - 1);
  const sorted = widths.sort((a, b) => a - b);
  return {
    edges: on.length,
    rate_Hz: period_s === null ? null : 1 / period_s,
    period_ms: period_s === null ? null : 1000 * period_s,
    width_ms: sorted.length === 0 ? null : sorted[sorted.length >> 1],
    widths_ms: null,
    duty_pct: on.length === 0 ? null : (100 * high_s) / (to_s - from_s),
  };
}
