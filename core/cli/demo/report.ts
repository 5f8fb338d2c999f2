// The demo's table: what was done to each stream of a gate, and how far edges and events lie from where they truly were.

import type { StreamReport } from '../../engines/catgt/index.ts';
import type { SimulatedRun } from '../../simulate/index.ts';
import { REFERENCE, type Alignment } from './align.ts';
import type { GateResult } from './preprocess.ts';
import { trueTimes, type TrueEvents } from './truth.ts';

interface Row {
  readonly cells: readonly string[];
}

const HEAD = ['stream', 'seconds', 'x real time', 'gaps filled', 'gfix edits', 'sync edges', 'sync residual', 'events', 'event residual'];

export function reportGate(run: SimulatedRun, { gate, catgt }: GateResult, alignment: Alignment): string {
  const rows = [...catgt.streams].sort((a, b) => a.label.localeCompare(b.label)).map((stream) => streamRow(run, gate, stream, alignment));
  return `\n${run.name}_g${gate} (residual: worst distance from the truth, on probe 0's clock)\n${table(rows)}`;
}

function streamRow(run: SimulatedRun, gate: number, stream: StreamReport, alignment: Alignment): Row {
  // LF streams have no edges of their own: their AP file's serve.
  const aligned = alignment.streams.get(stream.label);
  const truth = aligned && trueTimes(run, gate, REFERENCE, stream.label);
  const sync = aligned && truth && compare(aligned.edges, truth.sync);
  const events = aligned?.events.flatMap(({ name, times }) => truth!.events.filter((event) => event.matches(name)).map((event) => compare(times, event))) ?? [];
  return {
    cells: [
      stream.label,
      stream.seconds.toFixed(2),
      (stream.seconds / stream.workSeconds).toFixed(1),
      String(stream.fills.filter(({ length }) => length > 0).length),
      stream.binary && stream.stream.kind === 'ap' ? String(stream.edits.length) : '-',
      sync ? `${sync.found} of ${sync.expected}` : '-',
      sync ? microseconds(sync.worst) : '-',
      events.length > 0 ? `${sum(events.map(({ found }) => found))} of ${sum(events.map(({ expected }) => expected))}` : '-',
      events.length > 0 ? microseconds(Math.max(...events.map(({ worst }) => worst))) : '-',
    ],
  };
}

interface Comparison {
  readonly found: number;
  readonly expected: number;
  /** Largest distance of a found time from its true one, s. */
  readonly worst: number;
}

/** Pairs every true time with the nearest found one within half a millisecond. */
function compare(times: Float64Array, { times: expected }: TrueEvents): Comparison {
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

function table(rows: readonly Row[]): string {
  const all = [HEAD, ...rows.map(({ cells }) => cells)];
  const widths = HEAD.map((_, column) => Math.max(...all.map((cells) => cells[column].length)));
  const line = (cells: readonly string[]) => `  ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ')}\n`;
  return line(HEAD) + line(widths.map((width) => '-'.repeat(width))) + rows.map(({ cells }) => line(cells)).join('');
}

function microseconds(seconds: number): string {
  return `${(seconds * 1e6).toFixed(0)} us`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
