// Joins a stream's files on the true time axis: what is skipped as overlap, where gaps are filled, where output ends.
// Pure arithmetic; no file is opened.

import path from 'node:path';
import { InputFileError } from '../../../common/index.ts';
import { joinTo, metaNumber } from '../../../spikeglx/index.ts';
import type { Fill, Segment, SourceFile, StreamInput, StreamSequence, Stretch } from './plan.ts';

export interface SequenceOptions {
  /** Longest zero fill in ms; undefined = no limit. */
  readonly zeroFillMax?: number;
  readonly startSecs?: number;
  readonly maxSecs?: number;
}

interface OpenStretch {
  segments: Segment[];
  count: number;
  out: number;
}

/** Lays out `input`'s files one after the other. Throws InputFileError when startsecs lies beyond the first file. */
export function sequenceFiles(input: StreamInput, options: SequenceOptions): StreamSequence {
  const { rate } = input.facts;
  const limit = options.maxSecs && options.maxSecs > 0 ? Math.trunc(options.maxSecs * rate) : Number.POSITIVE_INFINITY;
  const fillLimit = options.zeroFillMax === undefined ? Number.POSITIVE_INFINITY : Math.trunc(0.001 * options.zeroFillMax * rate);

  const stretches: Stretch[] = [];
  const fills: Fill[] = [];
  const offsets: number[] = [];
  const fileEnds: number[] = [];
  const notes: string[] = [];
  let open: OpenStretch = { segments: [], count: 0, out: 0 };
  let total = 0;
  let previous: SourceFile | undefined;
  let lastGate = -1;
  let lastTrigger = -1;

  const closeStretch = () => {
    if (open.count > 0) stretches.push(open);
    open = { segments: [], count: 0, out: total };
  };

  for (const file of input.files) {
    if (!file.present) {
      notes.push(`File not found '${file.bin}'.`);
      continue;
    }
    if (total >= limit) break;
    let start = 0;
    if (!previous) {
      start = samplesToSkip(file, options.startSecs, rate);
    } else {
      const join = joinFiles(previous, file, notes);
      const afterFile = path.basename(previous.bin);
      previous = file;
      if (join.kind === 'swallowed') {
        notes.push(`Skipping tiny content: '${path.basename(file.bin)}' lies within the file before it (overlap of ${join.samples} samples).`);
        continue;
      }
      if (join.kind === 'overlap') start = join.samples;
      if (join.kind === 'gap') {
        closeStretch();
        const length = Math.min(join.samples, fillLimit, limit - total);
        fills.push({ out: total, length, gap: join.samples, beforeFile: path.basename(file.bin), afterFile, atEnd: total + length >= limit });
        total += length;
        open.out = total;
        if (total >= limit) break;
      }
    }
    previous = file;
    const count = Math.min(file.samples - start, limit - total);
    // Where the file's first sample would lie, though an overlap or -startsecs may have cut it off.
    offsets.push(total - start);
    lastGate = Math.max(lastGate, file.gate);
    lastTrigger = Math.max(lastTrigger, file.trigger);
    if (count > 0) {
      open.segments.push({ bin: file.bin, start, count });
      open.count += count;
      total += count;
    }
    fileEnds.push(total);
  }
  closeStretch();
  return { stretches, fills, total, offsets, fileEnds, lastGate, lastTrigger, notes };
}

function samplesToSkip(file: SourceFile, startSecs: number | undefined, rate: number): number {
  if (startSecs === undefined || startSecs < 0) return 0;
  const skip = Math.trunc(startSecs * rate);
  if (skip >= file.samples) {
    throw new InputFileError(file.bin, `-startsecs=${startSecs} is not before its end (${(file.samples / rate).toFixed(3)} s)`, { next: 'Give an earlier start.' });
  }
  return skip;
}

/** Old metas carry no firstSample: then nothing is known of gaps, and the files are taken to follow one another. */
function joinFiles(previous: SourceFile, file: SourceFile, notes: string[]) {
  const first = metaNumber(file.meta, 'firstSample');
  const firstBefore = metaNumber(previous.meta, 'firstSample');
  if (first === undefined || firstBefore === undefined) {
    notes.push(`'${path.basename(file.bin)}' is joined without a gap: its meta or the one before has no firstSample.`);
    return { kind: 'contiguous', samples: 0 } as const;
  }
  return joinTo({ first: firstBefore, samples: previous.samples }, { first, samples: file.samples });
}
