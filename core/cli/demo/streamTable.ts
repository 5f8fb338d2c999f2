// What CatGT and TPrime did to each stream of a gate, and how far edges and events lie from where they truly were.

import type { SimulatedRun } from '../../simulate/index.ts';
import { REFERENCE, type AlignedStream } from './align.ts';
import type { GateResult, StreamFigures } from './session.ts';
import { microseconds, table } from './table.ts';
import { trueTimes, type TrueEvents } from './truth.ts';

const HEAD = ['stream', 'seconds', 'x real time', 'gaps filled', 'gfix edits', 'sync edges', 'sync residual', 'events', 'event residual'];

export function streamTable(run: SimulatedRun, gate: GateResult, alignment: ReadonlyMap<string, AlignedStream>): string {
  const streams = [...gate.streams].sort((a, b) => (a.stream < b.stream ? -1 : 1));
  const recorded = streams.reduce((sum, { seconds }) => sum + seconds, 0);
  const title = `\n${run.name}_g${gate.gate}: CatGT on ${streams.length} streams, ${recorded.toFixed(0)} s in ${gate.catgtSeconds.toFixed(1)} s (${(recorded / gate.catgtSeconds).toFixed(1)} x real time); residual = worst distance from the truth, on probe 0's clock\n`;
  return title + table(HEAD, streams.map((stream) => streamRow(run, gate.gate, stream, alignment.get(stream.stream))));
}

/** LF streams have no edges of their own: their AP file's serve. */
function streamRow(run: SimulatedRun, gate: number, figures: StreamFigures, aligned: AlignedStream | undefined): string[] {
  const truth = aligned && trueTimes(run, gate, REFERENCE, figures.stream);
  const sync = aligned && truth && compare(aligned.edges, truth.sync);
  const events = aligned?.events.flatMap(({ name, times }) => truth!.events.filter((event) => event.matches(name)).map((event) => compare(times, event))) ?? [];
  return [
    figures.stream,
    figures.seconds.toFixed(2),
    (figures.seconds / figures.execution_time).toFixed(1),
    String(figures.gaps),
    figures.stream.endsWith('.ap') ? String(figures.gfix_edits) : '-',
    sync ? `${sync.found} of ${sync.expected}` : '-',
    sync ? microseconds(sync.worst) : '-',
    events.length > 0 ? `${sum(events.map(({ found }) => found))} of ${sum(events.map(({ expected }) => expected))}` : '-',
    events.length > 0 ? microseconds(Math.max(...events.map(({ worst }) => worst))) : '-',
  ];
}

export interface Deviation {
  readonly found: number;
  readonly expected: number;
  /** Largest distance of a found time from its true one, s. */
  readonly worst: number;
}

/** Pairs every true time with the nearest found one within half a millisecond. */
export function compare(times: Float64Array, { times: expected }: TrueEvents): Deviation {
  let found = 0;
  let worst = 0;
  for (const time of expected) {
    const distance = times.reduce((nearest, candidate) => Math.min(nearest, Math.abs(candidate - time)), Number.POSITIVE_INFINITY);
    if (distance > 5e-4) continue;
    found++;
    worst = Math.max(worst, distance);
  }
  return { found, expected: expected.length, worst };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
