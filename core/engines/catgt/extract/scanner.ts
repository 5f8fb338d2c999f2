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

export function createScanner(extraction: Extraction): Scanner {
  return extraction.kind === 'bf' ? fieldScanner(extraction) : pulseScanner(extraction);
}

type Phase = 'before-low' | 'leading' | 'trailing';

/**
 * After one low sample, `inARow` high samples make a leading edge. If neither width nor height matters that is the
 * event; else the pulse ends at the first of `inARow` low samples. Either way the next pulse needs a fresh low sample
 * first, so that a pulse following exactly `inARow` low samples goes unseen, as in the native tool.
 */
function pulseScanner({ inARow, width, reach, kind }: PulseExtraction): Scanner {
  const times = growingList();
  const needsTrailingEdge = width !== undefined || reach !== undefined;
  const reaches = (value: number) => reach === undefined || (kind === 'xia' ? value <= reach.counts : value >= reach.counts);
  const fits = (samples: number) => width === undefined || (samples >= width.least && samples <= width.most);
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
    if (phase === 'leading' || (highEnough && fits(first - leading))) times.push(leading);
    phase = 'before-low';
  };

  const feedRun = (high: boolean, from: number, to: number, outIndex: number, values: Int16Array | undefined) => {
    for (let row = from; row < to; ) {
      if (phase === 'trailing' && high && !highEnough) highEnough = values!.subarray(row, to).some(reaches);
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
    finish: () => ({ times: times.toArray() }),
  };
}

/** A value that differs from the one last reported is reported once it was seen `inARow` times in a row. */
function fieldScanner({ inARow }: FieldExtraction): Scanner {
  const times = growingList();
  const values = growingList();
  let reported: number | undefined;
  let candidate: number | undefined;
  let seen = 0;
  let first = 0;

  const feedRun = (value: number, length: number, at: number) => {
    if (value !== candidate) {
      candidate = value;
      seen = 0;
      first = at;
    }
    seen += length;
    if (candidate === reported || seen < inARow) return;
    times.push(first);
    values.push(value);
    reported = value;
  };

  return {
    feed(runs, rows, outIndex) {
      const { starts, values: found } = runs as FieldRuns;
      starts.forEach((start, index) => feedRun(found[index], (starts[index + 1] ?? rows) - start, outIndex + start));
    },
    finish: () => ({ times: times.toArray(), values: values.toArray() }),
  };
}
