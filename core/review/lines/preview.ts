// The pulses of a gate and what becomes of each, by the very code that will extract them. Blocks whose samples all lie on
// one side of the threshold are not read.

import { createScanner, type Extraction, type Fate, findRuns, type PulseExtraction, type PulseRuns, type Runs } from '../../engines/catgt/index.ts';
import { BLOCK, readCondensed } from './condensed.ts';
import type { LineSource } from './source.ts';
import { openBin } from '../../spikeglx/index.ts';
import { readRows, walk, type WalkVisitor } from './walk.ts';

export const fates = ['accepted', 'short', 'long', 'below', 'bounced', 'unfinished'] as const satisfies readonly Fate[];

export interface PreviewTask {
  readonly source: LineSource;
  readonly extraction: Extraction;
  /** Samples; pulses of this stretch are told when those of the whole gate are too many. */
  readonly from?: number;
  readonly to?: number;
}

export interface PulseTable {
  readonly on: Float64Array;
  readonly off: Float64Array;
  readonly extremes: Float64Array;
  readonly verdicts: Uint8Array;
  readonly values: Uint16Array | null;
  readonly partial: boolean;
}

export interface PreviewResult {
  readonly counts: Readonly<Record<Fate, number>>;
  readonly pulses: PulseTable;
  readonly widths: { readonly edges: Float64Array; readonly counts: Uint32Array; readonly typical: Float64Array; readonly log: boolean } | null;
  readonly values: readonly { readonly value: number; readonly count: number; readonly first: number }[] | null;
}

const MOST_PULSES = 100_000;
const MOST_WIDTHS = 1_000_000;
const MOST_EXTREMES = 5000;
const WIDTH_BINS = 48;

export function previewExtraction(task: PreviewTask): PreviewResult {
  const { source, extraction, from = 0, to = Infinity } = task;
  const counts: Record<Fate, number> = { accepted: 0, short: 0, long: 0, below: 0, bounced: 0, unfinished: 0 };
  const all: number[] = [];
  const inWindow: number[] = [];
  const widths: number[] = [];
  const fields = new Map<number, { count: number; first: number }>();
  let value = 0;
  let before = 0;
  const scanner = createScanner(extraction, (fate, on, off) => {
    counts[fate]++;
    const code = fates.indexOf(fate);
    const shown = fate === 'bounced' ? before : value;
    if (all.length < 4 * MOST_PULSES) all.push(on, off, code, shown);
    if (on < to && !(off < from) && (off >= from || on >= from) && inWindow.length < 4 * MOST_PULSES) inWindow.push(on, off, code, shown);
    if (extraction.kind === 'bf' && fate === 'accepted') {
      const known = fields.get(value);
      if (known) known.count++;
      else fields.set(value, { count: 1, first: on });
    }
    if (fate !== 'bounced' && fate !== 'below' && off - on >= 0 && widths.length < MOST_WIDTHS) widths.push(off - on);
  });
  // Any edge has no end: a second scanner, which waits for ends, measures the widths.
  const measures = extraction.kind !== 'bf' && extraction.width === undefined && extraction.reach === undefined;
  const measurer = measures ? createScanner(anyWidth(extraction), (fate, on, off) => { if (fate === 'accepted' && widths.length < MOST_WIDTHS) widths.push(off - on); }) : undefined;

  scanRuns(source, extraction, (runs, rows, out) => {
    if (runs.kind === 'field') {
      // One run at a time, so that the witness knows its value.
      runs.starts.forEach((start, index) => {
        before = value;
        value = runs.values[index];
        scanner.feed({ kind: 'field', starts: Uint32Array.of(0), values: runs.values.subarray(index, index + 1) }, (runs.starts[index + 1] ?? rows) - start, out + start);
      });
      return;
    }
    scanner.feed(runs, rows, out);
    measurer?.feed(runs, rows, out);
  });
  scanner.finish();

  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const partial = 4 * total > all.length;
  return {
    counts,
    pulses: { ...tableOf(partial ? inWindow : all, source, extraction), partial },
    widths: extraction.kind === 'bf' ? null : histogram(widths),
    values: extraction.kind === 'bf' ? [...fields].map(([each, facts]) => ({ value: each, ...facts })).sort((a, b) => a.value - b.value) : null,
  };
}

export function anyWidth(extraction: PulseExtraction): PulseExtraction {
  return { ...extraction, width: { least: 0, most: Infinity } };
}

/** Runs of the whole source in order; quiet blocks come as one run. */
export function scanRuns(source: LineSource, extraction: Extraction, feed: (runs: Runs, rows: number, out: number) => void): void {
  const { column } = extraction;
  walk(source, column, {
    levelOf: levelOf(extraction),
    quiet: (level, rows, out) => feed(extraction.kind === 'bf' ? { kind: 'field', starts: Uint32Array.of(0), values: Uint16Array.of(level) } : quietRun(level), rows, out),
    busy: (samples, rows, out) => feed(findRuns(extraction, samples, source.columns, rows), rows, out),
  });
}

const quietRun = (level: number): PulseRuns => ({ kind: 'pulse', startsHigh: level === 1, flips: new Uint32Array(0) });

/** Level of a block after inversion; a high block in which the second threshold might be reached must be read. */
function levelOf(extraction: Extraction): WalkVisitor['levelOf'] {
  if (extraction.kind === 'bf') {
    const { startBit, bits } = extraction;
    const mask = 2 ** bits - 1;
    return (lo, hi) => (((lo >> startBit) & mask) === ((hi >> startBit) & mask) ? (lo >> startBit) & mask : undefined);
  }
  const { signal, reach, kind } = extraction;
  const flip = kind === 'xia' || kind === 'xid' ? 1 : 0;
  if ('bit' in signal) return (lo, hi) => (((lo >> signal.bit) & 1) === ((hi >> signal.bit) & 1) ? ((lo >> signal.bit) & 1) ^ flip : undefined);
  return (lo, hi) => {
    if (hi < signal.threshold !== lo < signal.threshold) return undefined;
    const level = (lo >= signal.threshold ? 1 : 0) ^ flip;
    const mayReach = reach !== undefined && (kind === 'xa' ? hi >= reach.counts : lo <= reach.counts);
    return level === 1 && mayReach ? undefined : level;
  };
}

/** @param flat on, off, fate, value, and so on */
function tableOf(flat: readonly number[], source: LineSource, extraction: Extraction): Omit<PulseTable, 'partial'> {
  const count = flat.length / 4;
  const column = (offset: number) => Float64Array.from({ length: count }, (_, index) => flat[4 * index + offset]);
  const [on, off] = [column(0), column(1)];
  return {
    on, off,
    extremes: extremesOf(on, off, source, extraction),
    verdicts: Uint8Array.from(column(2)),
    values: extraction.kind === 'bf' ? Uint16Array.from(column(3)) : null,
  };
}

/** Counts; NaN where there is no end, for digital lines, and beyond the first thousands. */
function extremesOf(on: Float64Array, off: Float64Array, source: LineSource, extraction: Extraction): Float64Array {
  const extremes = new Float64Array(on.length).fill(NaN);
  if (extraction.kind !== 'xa' && extraction.kind !== 'xia') return extremes;
  const index = source.words.findIndex(({ word }) => word === extraction.column);
  const better = extraction.kind === 'xa' ? Math.max : Math.min;
  const bins = source.files.map((file) => openBin(file.bin, source.columns));
  try {
    for (let pulse = 0; pulse < Math.min(on.length, MOST_EXTREMES); pulse++) {
      if (!(off[pulse] > on[pulse])) continue;
      let extreme = extraction.kind === 'xa' ? -Infinity : Infinity;
      for (const segment of source.segments) {
        const first = Math.max(segment.start, segment.start + on[pulse] - segment.out);
        const end = Math.min(segment.start + segment.count, segment.start + off[pulse] - segment.out);
        if (first >= end) continue;
        const condensed = readCondensed(source, source.files[segment.file]);
        const [wholeFrom, wholeTo] = [Math.ceil(first / BLOCK), Math.floor(end / BLOCK)];
        for (let block = wholeFrom; block < wholeTo; block++) extreme = better(extreme, condensed[extraction.kind === 'xa' ? 'hi' : 'lo'][index][block]);
        const rest: readonly (readonly [number, number])[] = wholeFrom < wholeTo ? [[first, wholeFrom * BLOCK], [wholeTo * BLOCK, end]] : [[first, end]];
        for (const [start, stop] of rest) {
          const samples = readRows(bins[segment.file], start, Math.max(0, stop - start));
          for (let at = extraction.column; at < samples.length; at += source.columns) extreme = better(extreme, samples[at]);
        }
      }
      if (Number.isFinite(extreme)) extremes[pulse] = extreme;
    }
  } finally {
    for (const bin of bins) bin.close();
  }
  return extremes;
}

/** Log bins beyond a range of 100:1. */
function histogram(widths: readonly number[]): PreviewResult['widths'] {
  if (widths.length === 0) return null;
  const sorted = Float64Array.from(widths).sort();
  const [least, most] = [Math.max(1, sorted[0]), Math.max(1, sorted[sorted.length - 1])];
  const log = most / least > 100;
  const span = log ? Math.log(1.1 * most) - Math.log(0.9 * least) : Math.max(4, 1.2 * (most - least), 0.4 * most);
  const start = log ? Math.log(0.9 * least) : Math.max(0, (least + most) / 2 - span / 2);
  const edges = Float64Array.from({ length: WIDTH_BINS + 1 }, (_, bin) => (log ? Math.exp(start + (bin * span) / WIDTH_BINS) : start + (bin * span) / WIDTH_BINS));
  const counts = new Uint32Array(WIDTH_BINS);
  const typical = new Float64Array(WIDTH_BINS).fill(NaN);
  let from = 0;
  for (let bin = 0; bin < WIDTH_BINS; bin++) {
    let end = from;
    while (end < sorted.length && (sorted[end] < edges[bin + 1] || bin === WIDTH_BINS - 1)) end++;
    counts[bin] = end - from;
    if (end > from) typical[bin] = sorted[(from + end) >> 1];
    from = end;
  }
  return { edges, counts, typical, log };
}
