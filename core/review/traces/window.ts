// A window of a source, in a pool thread: the samples themselves when they are few, else lowest and highest values per
// column of the picture. Nothing is ever left out: a spike of one sample shows at any zoom.

import { openBin } from '../../spikeglx/index.ts';
import { rowOf } from './cuts.ts';
import { createEnvelope, type Envelope } from './envelope.ts';
import { filteredRows, type LiveSpec } from './liveChain.ts';
import { blockSamples } from './pyramidFile.ts';
import { addFromPyramid } from './pyramidReader.ts';

/** A file, or a piece of one. */
export interface TraceWindowFile {
  readonly path: string;
  /** Row of the file with which it begins, and the grid sample of that row. */
  readonly from_row: number;
  readonly first_smp: number;
  readonly samples_smp: number;
  /** Its pyramid, and the blocks of it that are done. */
  readonly pyramid: { readonly file: string; readonly done: Uint8Array; readonly bytes: number; readonly mtimeMs: number } | null;
}

export interface TraceWindowTask {
  /** Tells sources apart: a thread keeps the filter of the last one. */
  readonly key: string;
  readonly files: readonly TraceWindowFile[];
  readonly columns: number;
  readonly analog: number;
  /** Grid samples [from, to). */
  readonly from_smp: number;
  readonly to_smp: number;
  /** File columns, digital ones last. */
  readonly wanted: Int32Array;
  /** Columns of the picture. */
  readonly width: number;
  readonly live: LiveSpec | null;
}

export interface TraceWindow {
  readonly mode: 'samples' | 'minmax';
  /** Grid sample of the first column of the answer, samples per column, columns. */
  readonly first_smp: number;
  readonly per_smp: number;
  readonly count: number;
  /** [channels x count] counts: samples, or the lowest of each column. Digital words: bits that stayed high. */
  readonly low: Int16Array;
  /** Empty in mode samples. Digital words: bits that were ever high. */
  readonly high: Int16Array;
  /** Columns with data: starts and ends, alternating. */
  readonly present: Int32Array;
  /** Part of the recorded samples in the window that is not shown because the pyramid is not that far. */
  readonly missing: number;
  /** A pyramid would make this quick, or complete. */
  readonly isSlow: boolean;
}

/** Fewer samples per column than this are shown one by one. */
const samplesPerColumn = 4;
/**
 * Values (samples x columns of the file) that are read without a pyramid: always (a pyramid's finest columns are wider than
 * those of a picture of few seconds), and when there is no pyramid.
 */
const quickValues = 64e6;
const patientValues = 128e6;
/** Computing filter and reference takes longer than reading. */
export const liveLimit_s = 10;

export function readWindow(task: TraceWindowTask): TraceWindow {
  const { from_smp, to_smp, width, columns, wanted, analog, live } = task;
  const length = to_smp - from_smp;
  if (length <= samplesPerColumn * width) return readSamples(task);

  const parts = partsOf(task.files, from_smp, to_smp);
  const recorded = parts.reduce((sum, part) => sum + part.to - part.from, 0);
  const isDirect = live !== null || recorded * columns <= quickValues;
  const per = Math.max(Math.ceil(length / width), isDirect ? 1 : Math.min(256, length));
  const envelope = createEnvelope(wanted, analog, from_smp, per, Math.ceil(length / per));
  const isSlow = !isDirect && parts.some(({ file, from, to }) => !isDone(file, from, to));
  let missing = 0;
  for (const { file, from, to } of parts) {
    if (isDirect || (isSlow && recorded * columns <= patientValues)) addRows(envelope, task, file, from, to);
    else missing += addFromPyramid(envelope, file, { columns, analog }, from, to, per);
  }
  return { mode: 'minmax', first_smp: from_smp, per_smp: per, count: envelope.count, low: envelope.low, high: envelope.high, present: envelope.present(), missing: recorded > 0 ? missing / recorded : 0, isSlow };
}

interface Part {
  readonly file: TraceWindowFile;
  /** Grid samples. */
  readonly from: number;
  readonly to: number;
}

/** Where files overlap, the earlier one counts, as in joining. */
function partsOf(files: readonly TraceWindowFile[], from: number, to: number): Part[] {
  const parts: Part[] = [];
  let reached = from;
  for (const file of files) {
    const start = Math.max(reached, file.first_smp);
    const end = Math.min(to, file.first_smp + file.samples_smp);
    if (end <= start) continue;
    parts.push({ file, from: start, to: end });
    reached = end;
  }
  return parts;
}

function isDone(file: TraceWindowFile, from: number, to: number): boolean {
  if (!file.pyramid) return false;
  const [first, end] = [rowOf(file, from) / blockSamples, rowOf(file, to) / blockSamples];
  return file.pyramid.done.subarray(Math.floor(first), Math.ceil(end)).every((flag) => flag === 1);
}

/** Samples that are read at a time. */
const slice = 4096;

/** Hands on the rows of a part, filtered or not; `at`: grid sample of the first one. */
export function eachRows({ key, columns, live }: Pick<TraceWindowTask, 'key' | 'columns' | 'live'>, file: Pick<TraceWindowFile, 'path' | 'first_smp' | 'from_row'>, from: number, to: number, take: (rows: Int16Array, count: number, at: number) => void): void {
  if (live) {
    filteredRows(key, live, file.path, rowOf(file, from), rowOf(file, to), (rows, first) => take(rows, rows.length / columns, file.first_smp + first - file.from_row));
    return;
  }
  const bin = openBin(file.path, columns);
  const rows = new Int16Array(Math.min(slice, to - from) * columns);
  try {
    for (let at = from; at < to; ) {
      const got = bin.read(rowOf(file, at), Math.min(slice, to - at), rows);
      if (got === 0) break;
      take(rows, got, at);
      at += got;
    }
  } finally {
    bin.close();
  }
}

function addRows(envelope: Envelope, task: TraceWindowTask, file: TraceWindowFile, from: number, to: number): void {
  eachRows(task, file, from, to, (rows, count, at) => envelope.addRows(rows, count, task.columns, at));
}

function readSamples(task: TraceWindowTask): TraceWindow {
  const { from_smp, to_smp, wanted, columns } = task;
  const count = to_smp - from_smp;
  const low = new Int16Array(wanted.length * count);
  const present: number[] = [];
  for (const { file, from, to } of partsOf(task.files, from_smp, to_smp)) {
    present.push(from - from_smp, to - from_smp);
    eachRows(task, file, from, to, (rows, rowCount, at) => {
      for (let k = 0; k < wanted.length; k++) {
        const place = k * count + at - from_smp;
        for (let row = 0, source = wanted[k]; row < rowCount; row++, source += columns) low[place + row] = rows[source];
      }
    });
  }
  return { mode: 'samples', first_smp: from_smp, per_smp: 1, count, low, high: new Int16Array(0), present: Int32Array.from(present), missing: 0, isSlow: false };
}
