// Where the lines of a stream lie: its files joined on the true time axis as CatGT joins them, and the columns that carry
// lines. Plain data that can be sent to a worker.

import fs from 'node:fs/promises';
import path from 'node:path';
import { createHash } from 'node:crypto';
import { inputFileError } from '../../common/index.ts';
import { sequenceFiles } from '../../engines/catgt/index.ts';
import { lengthOf, type LineWord, lineWords, type Meta, readMeta, type StreamFacts, streamFacts, type StreamId, streamLabel, trimToShortest } from '../../spikeglx/index.ts';

/** A file of the stream, with its companions of the same trigger: all end with the shortest. */
export interface LineInput {
  readonly bin: string;
  readonly gate: number;
  readonly trigger: number;
  readonly companions: readonly { readonly samples: number; readonly rate: number; readonly columns: number }[];
}

export interface LineFile {
  readonly bin: string;
  readonly trigger: number;
  /** Samples of it that are looked at, from its first. */
  readonly samples: number;
  /** Its condensed form in the cache. */
  readonly condensed: string;
}

export interface LineSegment {
  /** Index in `files`. */
  readonly file: number;
  readonly start: number;
  readonly count: number;
  /** Sample of the joined gate. */
  readonly out: number;
}

export interface LineSource {
  readonly stream: StreamId;
  readonly label: string;
  readonly columns: number;
  readonly rate: number;
  readonly words: readonly LineWord[];
  readonly files: readonly LineFile[];
  readonly segments: readonly LineSegment[];
  readonly gaps: readonly { readonly out: number; readonly length: number }[];
  /** Samples of the joined gate that are looked at, and all of it. */
  readonly covered: number;
  readonly total: number;
}

export interface OpenedLines {
  readonly source: LineSource;
  readonly meta: Meta;
  readonly facts: StreamFacts;
}

/** Probe files are large and their lines few: so much of them is read unless all is wanted. */
const PROBE_BYTES = 1.5e9;

/** @param cache folder for condensed lines. Throws InputFileError. */
export async function openLines(stream: StreamId, inputs: readonly LineInput[], cache: string, whole: boolean): Promise<OpenedLines> {
  const opened = await Promise.all(inputs.map(async (input) => {
    const meta = await readMeta(metaOf(input.bin));
    const stat = await fs.stat(input.bin).catch((error: unknown) => { throw inputFileError(input.bin, error); });
    const { samples } = lengthOf(stat.size, meta);
    const facts = streamFacts(meta, stream);
    const [kept] = trimToShortest([{ samples, rate: facts.rate, columns: facts.columns }, ...input.companions]);
    return { input, meta, facts, stamp: `${input.bin}|${stat.size}|${stat.mtimeMs}`, samples: kept };
  }));
  const { meta, facts } = opened[0];
  const sequence = sequenceFiles({ stream, fromAp: false, meta, facts, files: opened.map(({ input, meta: own, samples }) => ({ bin: input.bin, meta: own, gate: input.gate, trigger: input.trigger, samples, present: true })) }, {});
  const limit = stream.kind === 'ap' && !whole ? Math.floor(PROBE_BYTES / (2 * facts.columns)) : Infinity;

  const files: LineFile[] = [];
  const segments: LineSegment[] = [];
  let left = limit;
  let covered = 0;
  for (const stretch of sequence.stretches) {
    let out = stretch.out;
    for (const { bin, start, count } of stretch.segments) {
      const take = Math.min(count, left);
      if (take <= 0) break;
      const from = opened.find(({ input }) => input.bin === bin)!;
      segments.push({ file: files.length, start, count: take, out });
      const samples = start + take;
      const key = createHash('sha1').update(`2|${from.stamp}|${samples}`).digest('hex').slice(0, 20);
      files.push({ bin, trigger: from.input.trigger, samples, condensed: path.join(cache, `${key}.lines`) });
      out += take;
      left -= take;
      covered = out;
    }
  }
  const gaps = sequence.fills.filter((fill) => fill.length > 0 && fill.out < covered).map(({ out, length }) => ({ out, length }));
  const source: LineSource = { stream, label: streamLabel(stream), columns: facts.columns, rate: facts.rate, words: lineWords(meta, facts), files, segments, gaps, covered, total: sequence.total };
  return { source, meta, facts };
}

export function metaOf(bin: string): string {
  return bin.replace(/\.bin$/i, '.meta');
}
