// Puts together what the blocks of a stream had to tell, in order of time, into the record that is written beside it.

import type { HealthReport, HealthSpan } from '../../../formats/spanFiles/index.ts';
import type { BlockHealth } from './scanBlock.ts';
import { createSpanList, FLAGGED, LISTED, type RowSpan, type SpanList } from './spans.ts';
import { ruleOf, type HealthSpec } from './spec.ts';
import { ERROR_BITS, type ErrorName } from './statusWord.ts';

export interface HealthJob {
  readonly spec: HealthSpec;
  /** `imec0.ap` */
  readonly label: string;
  /** Rows of the output per second. */
  readonly rate: number;
  /** Rows that lists beside the recording call missed: ascending, none twice; null when there is no such list. */
  readonly listed: readonly RowSpan[] | null;
}

export interface HealthCollector {
  /** Takes the blocks in order of time. */
  feed(block: BlockHealth): void;
  finish(): HealthReport;
}

/** Spans of each kind that a record holds. */
const MOST_SPANS = 10_000;

export function createHealthCollector({ spec, label, rate, listed }: HealthJob): HealthCollector {
  const lists = { saturated: createSpanList(spec.apart, MOST_SPANS), error: createSpanList(spec.apart, MOST_SPANS), missed: createSpanList(spec.apart, MOST_SPANS) };
  const touched = new Map<number, number>();
  const bitRows = ERROR_BITS.map(() => 0);
  const sum = { rows: 0, saturated: 0, errors: 0, flagged: 0 };
  let nextListed = 0;

  const listedBefore = (row: number): RowSpan[] => {
    const found: RowSpan[] = [];
    for (; listed && nextListed < listed.length && listed[nextListed].start < row; nextListed++) found.push(listed[nextListed]);
    return found;
  };
  return {
    feed(block) {
      sum.rows += block.rows;
      sum.saturated += block.saturatedRows;
      sum.errors += block.errorRows;
      sum.flagged += block.missedRows;
      for (const { column, rows } of block.touched) touched.set(column, (touched.get(column) ?? 0) + rows);
      block.bitRows.forEach((rows, index) => (bitRows[index] += rows));
      block.saturated.forEach(lists.saturated.add);
      block.errors.forEach(lists.error.add);
      [...block.missed, ...listedBefore(block.row + block.rows)].sort((a, b) => a.start - b.start).forEach(lists.missed.add);
    },
    finish() {
      const { spans, leftOut } = tell(lists, rate);
      return {
        version: 1,
        stream: label,
        rate_hz: rate,
        samples: sum.rows,
        saturation: {
          ...spec.rails, rule: ruleOf(spec), samples: sum.saturated,
          channels: [...touched].sort(([a], [b]) => a - b).map(([column, samples]) => ({ column, samples })),
        },
        sync_word: spec.statusColumns.length === 0 ? null : { errors: Object.fromEntries(ERROR_BITS.map(({ name }, index) => [name, bitRows[index]])) as Record<ErrorName, number>, samples: sum.errors },
        missed: { flagged: spec.statusColumns.length === 0 ? null : sum.flagged, listed: listed && listed.reduce((rows, { start, end }) => rows + end - start, 0) },
        spans,
        spans_left_out: leftOut,
      };
    },
  };
}

/** All kinds in order of time. */
function tell(lists: Readonly<Record<HealthSpan['kind'], SpanList>>, rate: number): { spans: HealthSpan[]; leftOut: number } {
  const kinds = ['saturated', 'error', 'missed'] as const;
  const finished = kinds.map((kind) => ({ kind, ...lists[kind].finish() }));
  const spans = finished.flatMap(({ kind, spans: ofKind }) => ofKind.map(({ start, end, channels, marks }): HealthSpan => ({
    kind,
    start_sample: start,
    samples: end - start,
    start_s: start / rate,
    seconds: (end - start) / rate,
    channels: kind === 'saturated' ? channels : null,
    detail: kind === 'error' ? bitNames(marks) : kind === 'missed' ? tellers(marks) : '',
  })));
  return { spans: spans.sort((a, b) => a.start_sample - b.start_sample), leftOut: finished.reduce((all, { leftOut }) => all + leftOut, 0) };
}

function bitNames(marks: number): string {
  return ERROR_BITS.filter(({ bit }) => (marks >> bit) & 1).map(({ name }) => name).join(' ');
}

function tellers(marks: number): string {
  return [...(marks & FLAGGED ? ['flagged'] : []), ...(marks & LISTED ? ['listed'] : [])].join(' ');
}
