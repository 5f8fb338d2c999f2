// Which pairs of edges may be joined by straight lines? Two clocks differ by a rate that wanders slowly, and each edge is
// off by the sampling of its stream. A pair that is farther from its neighbours than that is no measure of the clocks and is
// left out; where all that follows is off, one clock has jumped, and no line may cross the jump.

import { median } from '../../common/index.ts';
import { clockDifference, type Moments } from './clockRate.ts';
import { componentParts, type EdgeMatch } from './matchEdges.ts';
import { neighbourResiduals } from './residuals.ts';

/** Pairs that lie on one line, in order of time. At least one. */
export interface ClockLine extends Moments {
  readonly component: number;
}

export interface ClockJump {
  /** The last edge before it and the first after it, s, to-stream. */
  readonly after: number;
  readonly before: number;
  /** By how much the to-stream is later than it should be, s. */
  readonly seconds: number;
}

export interface ClockLines {
  readonly lines: readonly ClockLine[];
  /** Seconds of the to-stream per second of the from-stream, over all lines; 1 where no line has two pairs. */
  readonly rate: number;
  /** Times (s, to-stream) of pairs that are on no line. */
  readonly offLine: Float64Array;
  readonly jumps: readonly ClockJump[];
}

/** A pair may be so far from where the one before says it is: seconds, or medians of the residuals if that is more ... */
const smallestTolerance = 1e-3;
const residualTolerance = 10;
/** ... and this part of the time between them, for a rate that wanders. */
const largestWander = 50e-6;

export function clockLines(match: EdgeMatch): ClockLines {
  const parts = componentParts(match);
  const pilot = pilotRate(parts);
  const residuals = parts.flatMap((part) => Array.from(neighbourResiduals(part), Math.abs));
  const tolerance = Math.max(smallestTolerance, residualTolerance * (median(residuals) || 0));
  const follows = ({ from, to }: Moments, i: number, next: number) => {
    const span = from[next] - from[i];
    return span > 0 && to[next] > to[i] && Math.abs(to[next] - to[i] - pilot * span) <= tolerance + largestWander * span;
  };

  const lines: ClockLine[] = [];
  const offLine: number[] = [];
  const breaks: ClockLine[][] = [];
  for (const part of parts) {
    const { kept, left } = straightStretches(part.from.length, (i, next) => follows(part, i, next));
    const own = kept.map((pairs) => ({ component: part.component, from: pick(part.from, pairs), to: pick(part.to, pairs) }));
    offLine.push(...left.map((pair) => part.to[pair]));
    for (let i = 1; i < own.length; i++) breaks.push([own[i - 1], own[i]]);
    lines.push(...own);
  }
  const rate = rateOf(lines) ?? 1;
  return { lines, rate, offLine: Float64Array.from(offLine), jumps: breaks.map(([line, next]) => jumpBetween(line, next, rate)) };
}

/** Seconds of the to-stream per second of the from-stream; undefined where no line has two pairs. */
export function rateOf(lines: readonly Moments[]): number | undefined {
  const difference = clockDifference(lines.map(({ from, to }) => ({ from: to, to: from })));
  return Number.isNaN(difference) ? undefined : 1 + difference;
}

/** The median of what neighbours say: neither a jump nor a stray edge moves it. */
function pilotRate(parts: readonly Moments[]): number {
  const rates = parts.flatMap(({ from, to }) => Array.from(from.subarray(1), (edge, i) => (to[i + 1] - to[i]) / (edge - from[i])));
  return median(rates.filter((rate) => Number.isFinite(rate) && rate > 0)) || 1;
}

/** Cuts where neighbours do not follow each other, drops lone pairs between cuts, and joins again what follows then. */
function straightStretches(count: number, follows: (pair: number, next: number) => boolean): { kept: number[][]; left: number[] } {
  const pieces: number[][] = [];
  for (let pair = 0; pair < count; pair++) {
    if (pair > 0 && follows(pair - 1, pair)) pieces.at(-1)!.push(pair);
    else pieces.push([pair]);
  }
  const hasLine = pieces.some(({ length }) => length > 1);
  const kept: number[][] = [];
  const left: number[] = [];
  for (const piece of pieces) {
    const last = kept.at(-1);
    if (hasLine && piece.length === 1) left.push(piece[0]);
    else if (last && follows(last.at(-1)!, piece[0])) for (const pair of piece) last.push(pair);
    else kept.push(piece);
  }
  return { kept, left };
}

function jumpBetween(line: ClockLine, next: ClockLine, rate: number): ClockJump {
  const [from, to] = [line.from.at(-1)!, line.to.at(-1)!];
  return { after: to, before: next.to[0], seconds: next.to[0] - to - rate * (next.from[0] - from) };
}

function pick(values: Float64Array, indices: readonly number[]): Float64Array {
  return Float64Array.from(indices, (index) => values[index]);
}
