// When the simulated edges and events truly happened, on the clock of the reference stream's output.

import type { SimulatedRun } from '../../simulate/index.ts';

export interface TrueEvents {
  /** Seconds on the reference clock, ascending; only events that lie whole within recorded data. */
  readonly times: readonly number[];
  /** True for the name of the event file that should hold them. */
  readonly matches: (file: string) => boolean;
}

/** Time an edge needs around it to be seen: a few samples of the other level. */
const MARGIN = 0.001;

/** Which extractor (see preprocess.ts) sees which pulses. The photodiode lags by its own rise time and is left out. */
const FILES: Record<string, RegExp> = {
  stimulus: /\.xd_\d+_1_50\.txt$/,
  reward: /\.xd_\d+_3_25\.txt$/,
  lick: /\.xd_\d+_2_0\.txt$/,
};

export function trueTimes(run: SimulatedRun, gate: number, reference: string, stream: string): { sync: TrueEvents; events: TrueEvents[] } {
  const toReference = referenceClock(run, gate, reference);
  const recorded = recordedSpans(run, gate, stream);
  const seen = (onset: number, offset: number) => recorded.some(({ fromS, toS }) => onset - MARGIN >= fromS && offset + MARGIN <= toS);
  const { sync } = run.truth;
  const last = Math.max(...recorded.map(({ toS }) => toS));
  const pulses = sync ? Array.from({ length: Math.ceil(last / sync.periodS) }, (_, k) => sync.firstS + k * sync.periodS) : [];
  return {
    sync: { times: pulses.filter((onset) => seen(onset, onset + sync!.periodS / 2)).map(toReference), matches: () => true },
    events: run.truth.events
      .filter(({ name, outlets }) => FILES[name] && outlets.some((outlet) => outlet.stream === stream))
      .map(({ name, onsets, offsets }) => ({
        times: Array.from(onsets).filter((onset, index) => seen(onset, offsets[index])).map(toReference),
        matches: (file) => FILES[name].test(file),
      })),
  };
}

/** True time to the time of the joined file, whose gaps are filled: the clock runs straight from its first sample. */
function referenceClock(run: SimulatedRun, gate: number, reference: string): (trueSeconds: number) => number {
  const { rate, metaRate, files } = streamTruth(run, reference);
  const first = files.find((file) => file.gate === gate)!;
  return (trueSeconds) => ((trueSeconds - first.fromS) * rate) / metaRate;
}

/** Overlapping and adjoining files make one span; a gap parts two. */
function recordedSpans(run: SimulatedRun, gate: number, stream: string): { fromS: number; toS: number }[] {
  const spans: { fromS: number; toS: number }[] = [];
  for (const { fromS, toS } of streamTruth(run, stream).files.filter((file) => file.gate === gate)) {
    const last = spans.at(-1);
    if (last && fromS <= last.toS) last.toS = Math.max(last.toS, toS);
    else spans.push({ fromS, toS });
  }
  return spans;
}

function streamTruth(run: SimulatedRun, stream: string) {
  return run.truth.streams.find((candidate) => candidate.stream === stream)!;
}
