// One block of a stream, start to end, in a pool worker: read, (biquad), shift and band-pass, detect artifacts,
// reference, (rebuild bad channels), write at its place. Pulse columns are scanned on the way, so that the file is read once.

import fs from 'node:fs';
import { outputFileError } from '../../../common/index.ts';
import { createBiquad, createChain, FFT_MARGIN, FFT_POINTS, type Biquad, type Chain } from '../../../signal/index.ts';
import { rebuildColumns } from '../badChannels/index.ts';
import type { Block } from '../joining/blocks.ts';
import { writeAll } from './editRows.ts';
import { findRuns, type Extraction, type Runs } from '../extract/index.ts';
import { detectArtifacts, type Detection } from '../gfix/detect.ts';
import { scanHealth, type BlockHealth, type HealthSpec } from '../health/index.ts';
import { measureExtents, WINDOW_BEFORE, WINDOW_LENGTH, type ArtifactSpan } from '../gfix/extent.ts';
import { negateNeural, readSegments, repeatRow } from './inputRows.ts';
import type { Segment } from '../joining/plan.ts';
import type { Processing } from './processing.ts';

/** A file that a stream becomes, under its temporary name. */
export interface OutputFile {
  readonly path: string;
  /** The columns of the stream that it holds; undefined: all. */
  readonly columns?: readonly number[];
}

/** What all blocks of a stream share. */
export interface StreamTask {
  /** Of this stream of this call alone: a worker keeps the chain of the stream it worked on last. */
  readonly key: string;
  readonly processing: Processing;
  readonly extractions: readonly Extraction[];
  /** What is watched of the samples as they were recorded. */
  readonly health?: HealthSpec;
  /** Files to write to; none when only pulses are wanted. */
  readonly files: readonly OutputFile[];
}

export interface BlockTask {
  readonly stream: StreamTask;
  readonly block: Block;
  /** Where the samples [block.first, block.end) of the stretch are. */
  readonly segments: readonly Segment[];
  /** Output row of the block's first kept sample. */
  readonly outputRow: number;
  /** Samples of the block before its first kept one (AP->LF), else 0. */
  readonly keepOffset: number;
  /** State of the biquad before sample `block.first`. */
  readonly biquadState?: Float64Array;
}

export interface BlockResult {
  readonly runs: readonly Runs[];
  readonly detections: readonly Detection[];
  /** Measured already when the data are high-passed by a biquad; else a later pass measures the detections. */
  readonly spans: readonly ArtifactSpan[];
  readonly health?: BlockHealth;
}

interface StreamTools {
  readonly key: string;
  readonly chain: Chain;
  readonly biquad?: Biquad;
}

let lastTools: StreamTools | undefined;

/** Setting up a chain costs as much as a few blocks, and its memory is large: a worker keeps that of its last stream. */
function toolsOf({ key, processing }: StreamTask): StreamTools {
  if (lastTools?.key === key) return lastTools;
  lastTools = undefined;
  const { columns, neural, rate } = processing.chain;
  lastTools = {
    key,
    chain: createChain(processing.chain),
    biquad: processing.biquad && createBiquad({ columns, neural, rate, ...processing.biquad }),
  };
  return lastTools;
}

export function processBlock(task: BlockTask): BlockResult {
  const { stream, block } = task;
  const { processing } = stream;
  const { columns, neural } = processing.chain;
  const { chain } = toolsOf(stream);
  const input = chain.input;

  // Row FFT_MARGIN of the input is the block's first output sample.
  const firstRow = FFT_MARGIN - (block.position - block.first);
  const endRow = firstRow + (block.end - block.first);
  readSegments(task.segments, columns, input, firstRow);
  const health = stream.health && scanBlock(chain, stream.health, task, endRow);
  if (processing.negate) negateNeural(input, columns, neural, firstRow, endRow);

  const runs = scanPulses(stream, block, input, columns);
  const extendLeft = () => repeatRow(input, columns, firstRow, 0, firstRow);
  // The native tool repeats the first sample as it was before the biquad; filtered data deserve a filtered edge.
  if (processing.chain.numerics === 'native') extendLeft();
  runBiquad(stream, input.subarray(firstRow * columns, endRow * columns), endRow - firstRow, task.biquadState);
  if (processing.chain.numerics === 'exact') extendLeft();
  repeatRow(input, columns, endRow - 1, endRow, FFT_POINTS);

  if (stream.files.length === 0) return { runs, detections: [], spans: [], health };
  if (processing.plainCopy && !processing.gfix) {
    writeRows(input.subarray(FFT_MARGIN * columns, (FFT_MARGIN + block.rows) * columns), columns, task);
    return { runs, detections: [], spans: [], health };
  }
  chain.transform(FFT_MARGIN, block.rows);
  const found = processing.gfix ? detectArtifacts(chain, processing.gfix, block.out) : [];
  const spans = processing.gfix && !processing.gfix.helperFilter ? measureInBlock(found, input, endRow, processing, block) : [];
  chain.applyReference();
  writeRows(chain.interleave(), columns, task);
  return { runs, detections: spans.length > 0 ? [] : found, spans, health };
}

/** The block's rows, and after its last kept one those that the row stands for; they may lie in the right margin. */
function scanBlock(chain: Chain, spec: HealthSpec, { stream, block, outputRow, keepOffset }: BlockTask, endRow: number): BlockHealth {
  const { chain: { columns }, keepEvery } = stream.processing;
  const rows = Math.max(0, Math.ceil((block.rows - keepOffset) / keepEvery));
  const first = FFT_MARGIN + keepOffset;
  return scanHealth(chain, columns, spec, { first, end: Math.max(first, Math.min(first + rows * keepEvery, endRow)), every: keepEvery, row: outputRow });
}

function scanPulses(stream: StreamTask, block: Block, input: Int16Array, columns: number): Runs[] {
  const samples = input.subarray(FFT_MARGIN * columns, (FFT_MARGIN + block.rows) * columns);
  return stream.extractions.map((extraction) => findRuns(extraction, samples, columns, block.rows));
}

/** Filters `rows` rows in place, from the state `before` them (zeros when undefined), and returns the state after them. */
export function runBiquad(stream: StreamTask, samples: Int16Array, rows: number, before: Float64Array | undefined): Float64Array | undefined {
  const { biquad } = toolsOf(stream);
  if (!biquad) return undefined;
  if (before) biquad.state.set(before);
  else biquad.state.fill(0);
  biquad.run(samples, rows);
  return biquad.state.slice();
}

/** The biquad high-pass is the measurement's filter too, so that detections need no state and no second pass. */
function measureInBlock(detections: readonly Detection[], input: Int16Array, endRow: number, processing: Processing, block: Block): ArtifactSpan[] {
  const { columns } = processing.chain;
  return detections.flatMap((detection) => {
    const start = FFT_MARGIN + detection.row - WINDOW_BEFORE;
    const available = Math.min(WINDOW_LENGTH, endRow - start);
    return measureExtents(input.slice(start * columns, (start + available) * columns), available, columns, detection, block.out, processing.gfix!, undefined);
  });
}

/** Writes the block, or every n-th sample of it, at its place in every file of the stream; bad channels are rebuilt first. */
function writeRows(rows: Int16Array, columns: number, task: BlockTask): void {
  const { keepEvery, rebuilt } = task.stream.processing;
  rebuildColumns(rows, columns, rebuilt);
  const kept = keepEvery === 1 ? rows : keepRows(rows, columns, task.keepOffset, keepEvery);
  for (const file of task.stream.files) {
    if (file.columns) writeAt(file.path, chooseColumns(kept, columns, file.columns), task.outputRow * file.columns.length);
    else writeAt(file.path, kept, task.outputRow * columns);
  }
}

/** Writes `values` to a file from its value number `first` on. */
function writeAt(file: string, values: Int16Array, first: number): void {
  try {
    const handle = fs.openSync(file, 'r+');
    try {
      writeAll(handle, new Uint8Array(values.buffer, values.byteOffset, values.byteLength), first * 2);
    } finally {
      fs.closeSync(handle);
    }
  } catch (error) {
    throw outputFileError(file, error);
  }
}

function chooseColumns(rows: Int16Array, columns: number, chosen: readonly number[]): Int16Array {
  const places = Int32Array.from(chosen);
  const values = new Int16Array((rows.length / columns) * places.length);
  for (let from = 0, to = 0; to < values.length; from += columns, to += places.length) {
    for (let index = 0; index < places.length; index++) values[to + index] = rows[from + places[index]];
  }
  return values;
}

function keepRows(rows: Int16Array, columns: number, offset: number, every: number): Int16Array {
  const count = Math.max(0, Math.ceil((rows.length / columns - offset) / every));
  const kept = new Int16Array(count * columns);
  for (let row = 0; row < count; row++) {
    const from = (offset + row * every) * columns;
    kept.set(rows.subarray(from, from + columns), row * columns);
  }
  return kept;
}
