// The condensed form of a file's lines: for every block of samples the least and greatest count of each word (of digital
// words the bits always set and the bits ever set), and how often each analog level occurs. Made once per file by worker
// tasks, kept in the cache; it makes any zoom fast and lets scans skip blocks in which nothing happens.

import fs from 'node:fs';
import type { TaskPool } from '../../common/index.ts';
import { inOrder, writeWhole } from '../../common/index.ts';
import { openBin } from '../../spikeglx/index.ts';
import type { LineFile, LineSource } from './source.ts';

/** Samples of a block. */
export const BLOCK = 128;
/** Bins of the histogram of levels, 16 counts each. */
export const LEVELS = 4096;

/** Samples of a task, and of one read in it. */
const TASK_BYTES = 48e6;
const READ_BYTES = 4e6;

export interface Condensed {
  readonly blocks: number;
  /** [word][block] by `words` of the source. */
  readonly lo: readonly Int16Array[];
  readonly hi: readonly Int16Array[];
  /** [word][level], zeros for digital words. */
  readonly levels: readonly Uint32Array[];
}

interface CondenseTask {
  readonly bin: string;
  readonly columns: number;
  readonly words: readonly { readonly word: number; readonly kind: 'analog' | 'digital' }[];
  readonly from: number;
  readonly count: number;
}

interface CondensedPart {
  readonly lo: Int16Array[];
  readonly hi: Int16Array[];
  readonly levels: Uint32Array[];
}

/** A worker's share: blocks from sample `from` on, a multiple of BLOCK. */
export function condense({ bin, columns, words, from, count }: CondenseTask): CondensedPart {
  const blocks = Math.ceil(count / BLOCK);
  const part: CondensedPart = {
    lo: words.map(() => new Int16Array(blocks)),
    hi: words.map(() => new Int16Array(blocks)),
    levels: words.map(() => new Uint32Array(LEVELS)),
  };
  const rowsAtOnce = Math.max(1, Math.floor(READ_BYTES / (2 * columns * BLOCK))) * BLOCK;
  const samples = new Int16Array(Math.min(rowsAtOnce, blocks * BLOCK) * columns);
  const file = openBin(bin, columns);
  try {
    for (let done = 0; done < count; done += rowsAtOnce) {
      const rows = file.read(from + done, Math.min(rowsAtOnce, count - done), samples);
      words.forEach(({ word, kind }, index) => {
        const [lo, hi] = [part.lo[index], part.hi[index]];
        for (let row = 0, block = done / BLOCK; row < rows; row += BLOCK, block++) {
          const end = Math.min(rows, row + BLOCK);
          if (kind === 'analog') analogBlock(samples, columns, word, row, end, lo, hi, block, part.levels[index]);
          else digitalBlock(samples, columns, word, row, end, lo, hi, block);
        }
      });
    }
  } finally {
    file.close();
  }
  return part;
}

function analogBlock(samples: Int16Array, columns: number, word: number, row: number, end: number, lo: Int16Array, hi: Int16Array, block: number, levels: Uint32Array): void {
  let least = 32767;
  let most = -32768;
  for (let at = row * columns + word, stop = end * columns; at < stop; at += columns) {
    const value = samples[at];
    if (value < least) least = value;
    if (value > most) most = value;
    levels[(value + 32768) >> 4]++;
  }
  lo[block] = least;
  hi[block] = most;
}

function digitalBlock(samples: Int16Array, columns: number, word: number, row: number, end: number, lo: Int16Array, hi: Int16Array, block: number): void {
  let always = -1;
  let ever = 0;
  for (let at = row * columns + word, stop = end * columns; at < stop; at += columns) {
    always &= samples[at];
    ever |= samples[at];
  }
  lo[block] = always;
  hi[block] = ever;
}

/** Makes what is missing of a source's condensed files. */
export async function condenseSource(source: LineSource, pool: TaskPool, signal: AbortSignal, progress: (done: number, total: number) => void): Promise<void> {
  const missing = source.files.filter((file) => !fs.existsSync(file.condensed));
  const words = source.words.map(({ word, kind }) => ({ word, kind }));
  const rows = Math.max(1, Math.floor(TASK_BYTES / (2 * source.columns * BLOCK))) * BLOCK;
  const total = missing.reduce((sum, file) => sum + file.samples, 0);
  let before = 0;
  for (const file of missing) {
    const condensed = emptyCondensed(words.length, file.samples);
    const parts = Math.ceil(file.samples / rows);
    // One thread stays free for windows that are asked for meanwhile.
    await inOrder(parts, Math.max(1, pool.size - 1), (index) => {
      signal.throwIfAborted();
      const task: CondenseTask = { bin: file.bin, columns: source.columns, words, from: index * rows, count: Math.min(rows, file.samples - index * rows) };
      return pool.run<CondensedPart>('lines.condense', task, { signal });
    }, (part, index) => {
      words.forEach((_, word) => {
        condensed.lo[word].set(part.lo[word], (index * rows) / BLOCK);
        condensed.hi[word].set(part.hi[word], (index * rows) / BLOCK);
        part.levels[word].forEach((count, level) => (condensed.levels[word][level] += count));
      });
      progress(before + Math.min(file.samples, (index + 1) * rows), total);
    });
    before += file.samples;
    await writeWhole(file.condensed, new Uint8Array(condensed.bytes));
  }
}

/** One buffer, with views into it: levels first, then lo and hi of each word. */
function emptyCondensed(words: number, samples: number, bytes = new ArrayBuffer(words * (4 * LEVELS + 4 * Math.ceil(samples / BLOCK)))): Condensed & { readonly bytes: ArrayBuffer } {
  const blocks = Math.ceil(samples / BLOCK);
  const each = <View>(make: (word: number) => View) => Array.from({ length: words }, (_, word) => make(word));
  const start = words * 4 * LEVELS;
  return {
    bytes,
    blocks,
    levels: each((word) => new Uint32Array(bytes, word * 4 * LEVELS, LEVELS)),
    lo: each((word) => new Int16Array(bytes, start + 4 * blocks * word, blocks)),
    hi: each((word) => new Int16Array(bytes, start + 4 * blocks * word + 2 * blocks, blocks)),
  };
}

const kept = new Map<string, Condensed>();
const KEPT_FILES = 24;

/** Read from the cache; a thread remembers those it used last. */
export function readCondensed(source: LineSource, file: LineFile): Condensed {
  const known = kept.get(file.condensed);
  if (known) return known;
  const bytes = fs.readFileSync(file.condensed);
  const own = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const condensed = emptyCondensed(source.words.length, file.samples, own);
  if (kept.size >= KEPT_FILES) kept.delete(kept.keys().next().value!);
  kept.set(file.condensed, condensed);
  return condensed;
}
