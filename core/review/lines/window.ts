// A window of some words, condensed to pixel columns or as samples; of digital words also the edges of each bit.

import { openBin } from '../../spikeglx/index.ts';
import { BLOCK, readCondensed } from './condensed.ts';
import type { LineSource } from './source.ts';
import { type BitFacts, createWordCounter } from './trains.ts';
import { readRows, walk } from './walk.ts';

export interface WindowTask {
  readonly source: LineSource;
  readonly words: readonly number[];
  /** Samples of the joined gate. */
  readonly from: number;
  readonly to: number;
  /** Pixel columns there is room for. */
  readonly columns: number;
}

export interface WindowedWord {
  readonly word: number;
  readonly lo: Int16Array;
  readonly hi: Int16Array;
  readonly bits: readonly BitFacts[] | null;
}

export interface WindowResult {
  readonly first: number;
  readonly perColumn: number;
  readonly words: readonly WindowedWord[];
}

/** What may be read to answer at once. */
const MOST_BYTES = 48e6;
/** Samples a pixel column may stand for when it is made of samples. */
const RAW = 512;
/** Changes of a bit that are told one by one. */
const MOST_EDGES = 4000;

/** Whether a window is answered from samples, which needs no condensed files. */
export function isRawWindow({ source, from, to, columns }: Omit<WindowTask, 'words'>): boolean {
  return to - from <= RAW * columns && 2 * source.columns * (to - from) <= MOST_BYTES;
}

/** lo > hi (digital: always > ever) marks columns without samples. */
export function readWindow(task: WindowTask): WindowResult {
  const { source } = task;
  const from = Math.max(0, Math.floor(task.from));
  const to = Math.max(from + 1, Math.min(source.covered, Math.ceil(task.to)));
  const perColumn = to - from <= 2 * task.columns ? 1 : Math.ceil((to - from) / task.columns);
  const count = Math.ceil((to - from) / perColumn);
  const words = task.words.map((word) => ({ word, isDigital: source.words.find((each) => each.word === word)?.kind === 'digital', lo: new Int16Array(count), hi: new Int16Array(count) }));
  for (const each of words) {
    each.lo.fill(each.isDigital ? -1 : 32767);
    each.hi.fill(each.isDigital ? 0 : -32768);
  }
  const put = (each: (typeof words)[number], column: number, lo: number, hi: number) => {
    if (each.isDigital) {
      each.lo[column] &= lo;
      each.hi[column] |= hi;
    } else {
      if (lo < each.lo[column]) each.lo[column] = lo;
      if (hi > each.hi[column]) each.hi[column] = hi;
    }
  };
  const isRaw = isRawWindow({ ...task, from, to });
  const counters = words.map((each) => (each.isDigital ? createWordCounter(each.word, source.columns, source.rate, MOST_EDGES) : undefined));

  source.segments.forEach((segment) => {
    const first = Math.max(from, segment.out);
    const end = Math.min(to, segment.out + segment.count);
    if (first >= end) return;
    const file = source.files[segment.file];
    const start = segment.start + (first - segment.out);
    if (!isRaw) {
      const condensed = readCondensed(source, file);
      for (const each of words) {
        const index = source.words.findIndex(({ word }) => word === each.word);
        for (let block = Math.floor(start / BLOCK); block * BLOCK < start + (end - first); block++) {
          const out = Math.max(first, block * BLOCK - start + first);
          put(each, Math.floor((out - from) / perColumn), condensed.lo[index][block], condensed.hi[index][block]);
        }
      }
      return;
    }
    const bin = openBin(file.bin, source.columns);
    try {
      const samples = readRows(bin, start, end - first);
      words.forEach((each, index) => {
        for (let row = 0, at = each.word; row < end - first; row++, at += source.columns) put(each, Math.floor((first - from + row) / perColumn), samples[at], samples[at]);
        counters[index]?.busy(samples, end - first, first);
      });
    } finally {
      bin.close();
    }
  });

  return {
    first: from,
    perColumn,
    words: words.map(({ word, lo, hi }, index) => {
      const counter = counters[index];
      if (!counter) return { word, lo, hi, bits: null };
      if (!isRaw) {
        if (busyBytes(source, word, from, to) > MOST_BYTES) return { word, lo, hi, bits: null };
        walk(source, word, { levelOf: (least, most) => (least === most ? least : undefined), ...counter }, from, to);
      }
      return { word, lo, hi, bits: counter.finish().bits };
    }),
  };
}

function busyBytes(source: LineSource, word: number, from: number, to: number): number {
  const index = source.words.findIndex((each) => each.word === word);
  let blocks = 0;
  for (const segment of source.segments) {
    const first = Math.max(from, segment.out) - segment.out + segment.start;
    const end = Math.min(to, segment.out + segment.count) - segment.out + segment.start;
    if (first >= end) continue;
    const { lo, hi } = readCondensed(source, source.files[segment.file]);
    for (let block = Math.floor(first / BLOCK); block * BLOCK < end; block++) if (lo[index][block] !== hi[index][block]) blocks++;
  }
  return 2 * blocks * BLOCK * source.columns;
}
