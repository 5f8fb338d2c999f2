// Second half of scanning: takes the runs of all blocks in order of time and finds the events. State goes on across
// blocks, file joins and gaps: gap fills are not scanned, so a pulse may bridge a gap. Positions are output samples;
// "in a row" counts scanned samples.

import type { Extraction, FieldExtraction, PulseExtraction } from './extraction.ts';
import { growingList } from './growingList.ts';
import type { FieldRuns, PulseRuns, Runs } from './runs.ts';

export interface Events {
  /** Output sample index of every event, ascending. */
  readonly times: Float64Array;
  /** Of bit fields: the value that began there. */
  readonly values?: Float64Array;
}

export interface Scanner {
  /** `rows` samples were scanned, the first of which is output sample `outIndex`; no gap within. */
  feed(runs: Runs, rows: number, outIndex: number): void;
  /** What was found; a pulse still going on is not reported. */
  finish(): Events;
}

/** What became of a pulse. `bounced`: it did not last for `inARow` samples; of a bit field, a value that did not. */
export type Fate = 'accepted' | 'short' | 'long' | 'below' | 'bounced' | 'unfinished';

/** Told of every pulse, also those not reported: first sample, first sample after it (NaN where no end was waited for). */
export type Witness = (fate: Fate, leading: number, trailing: number) => void;

export function createScanner(extraction: Extraction, witness?: Witness): Scanner {
  return extraction.kind === 'bf' ? fieldScanner(extraction, witness) : pulseScanner(extraction, witness);
}

type Phase = 'before-low' | 'leading' | 'trailing';

/**
 * After one low sample, `inARow` high samples make a leading edge. If neither width nor height matters that is the
 * event; else the pulse ends at the first of `inARow` low samples. Either way the next pulse needs a fresh low sample
 * first, so that a pulse following exactly `inARow` low samples goes unseen, as in the native tool.
 */
function pulseScanner({ inARow, width, reach, kind }: PulseExtraction, witness: Witness | undefined): Scanner {
  const times = growingList();
  const needsTrailingEdge = width !== undefined || reach !== undefined;
  const reaches = (value: number) => reach === undefined || (kind === 'xia' ? value <= reach.counts : value >= reach.counts);
  const fateOf = (samples: number): Fate => {
    if (!highEnough) return 'below';
    if (width === undefined) return 'accepted';
    return samples < width.least ? 'short' : samples > width.most ? 'long' : 'accepted';
  };
  let phase: Phase = 'before-low';
  /** Samples in a row that show the level of the edge being waited for, and the first of them. */
  let seen = 0;
  let first = 0;
  let leading = 0;
  let highEnough = false;

  /** Takes in up to `length` samples of one level, the first of which is at `at`; returns how many it took. */
  const take = (high: boolean, length: number, at: number): number => {
    if (phase === 'before-low') {
      if (high) return length;
      phase = 'leading';
      seen = 0;
      return length;
    }
    if (high !== (phase === 'leading')) {
      if (phase === 'leading' && seen > 0) witness?.('bounced', first, at);
      seen = 0;
      return length;
    }
    if (seen === 0) first = at;
    const taken = Math.min(length, inARow - seen);
    seen += taken;
    if (seen === inARow) edge();
    return taken;
  };

  const edge = () => {
    seen = 0;
    if (phase === 'leading') {
      leading = first;
      highEnough = reaches(reach?.from ?? 0);
    }
    if (phase === 'leading' && needsTrailingEdge) {
      phase = 'trailing';
      return;
    }
    const fate = phase === 'leading' ? 'accepted' : fateOf(first - leading);
    if (fate === 'accepted') times.push(leading);
    witness?.(fate, leading, phase === 'leading' ? NaN : first);
    phase = 'before-low';
  };

  const feedRun = (high: boolean, from: number, to: number, outIndex: number, values: Int16Array | undefined) => {
    for (let row = from; row < to; ) {
      if (phase === 'trailing' && high && !highEnough) highEnough = values?.subarray(row, to).some(reaches) ?? false;
      row += take(high, to - row, outIndex + row);
    }
  };

  return {
    feed(runs, rows, outIndex) {
      const { startsHigh, flips, values } = runs as PulseRuns;
      let high = startsHigh;
      let from = 0;
      for (const flip of flips) {
        feedRun(high, from, flip, outIndex, values);
        high = !high;
        from = flip;
      }
      feedRun(high, from, rows, outIndex, values);
    },
    finish() {
      if (phase === 'trailing') witness?.('unfinished', leading, NaN);
      return { times: times.toArray() };
    },
  };
}

/** A value that differs from the one last reported is reported once it was seen `inARow` times in a row. */
function fieldScanner({ inARow }: FieldExtraction, witness: Witness | undefined): Scanner {
  const times = growingList();
  const values = growingList();
  let reported: number | undefined;
  let candidate: number | undefined;
  let seen = 0;
  let first = 0;

  const feedRun = (value: number, length: number, at: number) => {
    if (value !== candidate) {
      if (candidate !== undefined && candidate !== reported && seen < inARow) witness?.('bounced', first, at);
      candidate = value;
      seen = 0;
      first = at;
    }
    seen += length;
    if (candidate === reported || seen < inARow) return;
    times.push(first);
    values.push(value);
    reported = value;
    witness?.('accepted', first, NaN);
  };

  return {
    feed(runs, rows, outIndex) {
      const { starts, values: found } = runs as FieldRuns;
      starts.forEach((start, index) => feedRun(found[index], (starts[index + 1] ?? rows) - start, outIndex + start));
    },
    finish: () => ({ times: times.toArray(), values: values.toArray() }),
  };
}
