// -supercat_trim_edges: each element is cut at sync edges that all its streams saw, so that the joined streams stay
// aligned. Pure arithmetic on edge times but for the reading of edge files.

import { InputFileError } from '../../../common/index.ts';
import { growingList } from '../extract/growingList.ts';
import { lineBatches, lineNumber } from './textLines.ts';

/** What is kept of an element's stream: the samples from `start` to before `end`, the events in `from < t <= to`. */
export interface Cut {
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

/** The sync edges that a stream of an element saw. */
export interface StreamEdges {
  readonly file: string;
  /** Seconds, ascending. */
  readonly times: Float64Array;
  /** Samples per second of the stream, and how many of them its LF file spans, which may be shorter; Infinity without one. */
  readonly rate: number;
  readonly lfSpan: number;
}

export type Numerics = 'native' | 'exact';

/** The native tool takes less for fewer than two edges, whatever the period. */
const LEAST_SPAN = 2;

/** Throws InputFileError. Lines that are no numbers are passed over. */
export async function readEdgeTimes(file: string): Promise<Float64Array> {
  const times = growingList();
  for await (const lines of lineBatches(file)) {
    for (const line of lines) {
      const time = lineNumber(line);
      if (time !== undefined) times.push(time);
    }
  }
  return times.toArray();
}

/** The distance of the first two edges, seconds. Throws InputFileError when there are not two. */
export function edgePeriod({ file, times }: StreamEdges): number {
  const period = times[1] - times[0];
  if (!(period > 0)) throw tooFew(file, 'found fewer than 2 edges');
  return period;
}

/** Head and tail edge of every stream of an element, in their order. The first element keeps its start: its heads are 0. */
export function commonEdges(streams: readonly StreamEdges[], period: number, isFirst: boolean, numerics: Numerics): { head: number; tail: number }[] {
  const spans = streams.map((edges) => ({ edges, head: isFirst ? 0 : (edges.times[0] ?? Number.NaN), tail: ownTail(edges, period, numerics) }));
  for (const { edges, head, tail } of spans) checkSpan(edges, head, edges.times.at(-1) ?? 0, tail, numerics);
  const shortest = Math.min(...spans.map(({ tail }) => tail));
  return spans.map(({ edges, head, tail: last }) => {
    const limit = shortest + period / 2;
    const tail = numerics === 'exact' ? lastEdge(edges, (time) => time <= limit) : stepBack(last, limit, period);
    // Rounding of the times must not decide about one period.
    if (!(tail - head >= (numerics === 'exact' ? period / 2 : period))) throw tooFew(edges.file, 'found fewer than 2 edges that all streams have');
    return { head, tail };
  });
}

/** The samples and events between two edges: the one at the head belongs to the element before, the one at the tail is kept. */
export function cutBetween({ head, tail }: { head: number; tail: number }, rate: number, isFirst: boolean, numerics: Numerics): Cut {
  if (numerics === 'native') return { start: isFirst ? 0 : Math.trunc(head * rate) + 1, end: Math.trunc(tail * rate + 1), from: head, to: tail };
  // Edge times have six decimals: the sample is the nearest one. Half a sample keeps the bounds off the events.
  const [start, end] = [isFirst ? 0 : Math.round(head * rate) + 1, Math.round(tail * rate) + 1];
  return { start, end, from: (start - 0.5) / rate, to: (end - 0.5) / rate };
}

/** The last edge within the LF file. The native tool steps back once, by the nominal period. */
function ownTail(edges: StreamEdges, period: number, numerics: Numerics): number {
  if (numerics === 'exact') return lastEdge(edges, () => true);
  const last = edges.times.at(-1) ?? 0;
  return last * edges.rate >= edges.lfSpan ? last - period : last;
}

function checkSpan({ file }: StreamEdges, head: number, last: number, tail: number, numerics: Numerics): void {
  if (numerics === 'exact') {
    if (!(tail > head)) throw tooFew(file, 'found fewer than 2 edges');
  } else if (last === 0 || !(last - head >= LEAST_SPAN)) {
    throw tooFew(file, 'found fewer than 2 edges, or less than 2 s of them,');
  }
}

function stepBack(from: number, limit: number, period: number): number {
  let tail = from;
  while (tail > limit) tail -= period;
  return tail;
}

/** Of those that the LF file spans too. */
function lastEdge({ times, rate, lfSpan }: StreamEdges, fits: (time: number) => boolean): number {
  return times.findLast((time) => time * rate < lfSpan && fits(time)) ?? Number.NaN;
}

function tooFew(file: string, what: string): InputFileError {
  return new InputFileError(file, `-supercat_trim_edges ${what} in it`, { next: 'Check that the stream recorded the sync wave for long enough, or join the runs without -supercat_trim_edges.' });
}
