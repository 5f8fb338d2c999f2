/** What was wrong with the recorded samples of a stream, row by row of the output, looked at one at a time. */
import { joinFiles, type JoinOptions } from './join.ts';
import { usedFlags } from './meta.ts';

export interface HealthRule extends JoinOptions {
  readonly files: readonly { bin: string; meta: string }[];
  /** A converter gives -maxInt to maxInt - 1. */
  readonly maxInt: number;
  /** Columns that touch rails: the first so many. */
  readonly analog: number;
  /** Neural streams: columns are judged together. */
  readonly crowded: boolean;
  /** The last so many columns are status words. */
  readonly words: number;
  /** AP->LF: one row of the output for so many samples. */
  readonly every?: number;
  /** CAR or gfix run: only sites in use are judged. */
  readonly bySites?: boolean;
}

export interface OracleSpan {
  readonly start: number;
  readonly end: number;
}

export interface OracleHealth {
  readonly samples: number;
  readonly touched: Map<number, number>;
  readonly saturated: number[];
  readonly errors: Map<number, number>;
  readonly erroneous: number[];
  readonly missed: number[];
}

const errorBits = [2, 3, 4, 5, 7];

export function oracleHealth(rule: HealthRule): OracleHealth {
  const joined = joinFiles(rule.files, rule);
  const { columns } = joined.meta;
  const every = rule.every ?? 1;
  const used = rule.bySites ? usedFlags(joined.meta, []) : Array.from({ length: rule.analog }, () => true);
  const judged = used.filter(Boolean).length;
  const found: OracleHealth = { samples: 0, touched: new Map(), saturated: [], errors: new Map(errorBits.map((bit) => [bit, 0])), erroneous: [], missed: [] };
  let samples = 0;
  let row = 0;
  let pending = 0;
  for (const part of joined.parts) {
    if (part.kind === 'fill') {
      row += Math.floor((every - 1 - pending + part.length) / every);
      continue;
    }
    const value = (at: number, column: number): number => part.samples[at * columns + column];
    for (let from = 0; from < part.length; from += every, row++, samples++) {
      const ats = Array.from({ length: Math.min(every, part.length - from) }, (_, i) => from + i);
      for (let column = 0; column < rule.analog; column++) {
        if (ats.some((at) => value(at, column) <= -rule.maxInt || value(at, column) >= rule.maxInt - 1)) found.touched.set(column, (found.touched.get(column) ?? 0) + 1);
      }
      const near = (v: number): boolean => v >= rule.maxInt - 1 - 0.02 * rule.maxInt || v <= -rule.maxInt + 0.02 * rule.maxInt;
      const crowd = (at: number): number => used.filter((judge, column) => judge && near(value(at, column))).length;
      if (rule.crowded && ats.some((at) => crowd(at) >= 0.2 * judged)) found.saturated.push(row);
      const has = (bit: number): boolean => ats.some((at) => Array.from({ length: rule.words }, (_, word) => value(at, columns - 1 - word)).some((word) => (word & (1 << bit)) !== 0));
      for (const bit of errorBits) if (has(bit)) found.errors.set(bit, found.errors.get(bit)! + 1);
      if (errorBits.some(has)) found.erroneous.push(row);
      if (has(11)) found.missed.push(row);
    }
    pending = (every - (part.length % every)) % every;
  }
  return { ...found, samples };
}

/** Rows as spans; what lies less than a millisecond apart is one. */
export function oracleSpans(rows: readonly number[], rate: number): OracleSpan[] {
  const spans: { start: number; end: number }[] = [];
  for (const row of rows) {
    const last = spans.at(-1);
    if (last && (row - last.end) / rate < 0.001) last.end = row + 1;
    else spans.push({ start: row, end: row + 1 });
  }
  return spans;
}
