// The product's chain on single blocks of a stream: the same framing, margins and kernels as a run, but what comes out of
// each stage is handed over instead of written.

import {
  type ArtifactSpan, type Block, createExtentFilter, type Detection, detectArtifacts, measureExtents, negateNeural, readSegments, repeatRow, type Segment, segmentsBetween, WINDOW_BEFORE, WINDOW_LENGTH,
} from '../../engines/catgt/index.ts';
import { type Biquad, type Chain, createBiquad, createChain, FFT_MARGIN, FFT_POINTS } from '../../signal/index.ts';
import type { Source } from './source.ts';

/** Rows of one block's output, [rows][columns] as in the file. Each is valid only while it is handed over. */
export interface BlockStages {
  readonly block: Block;
  raw(rows: Int16Array): void;
  /** Shifted and band-passed, before referencing. */
  filtered(rows: Int16Array): void;
  referenced(rows: Int16Array): void;
}

export interface BlockTools {
  readonly chain: Chain;
  readonly biquad: Biquad | undefined;
}

/** A chain costs as much to set up as a block to process, and holds 60 MB: a thread keeps those it used last. */
const kept = new Map<string, BlockTools>();
const mostKept = 2;

export function toolsOf({ processing }: Source): BlockTools {
  const { columns, neural, rate } = processing.chain;
  const key = JSON.stringify([processing.chain, processing.biquad]);
  const tools = kept.get(key) ?? { chain: createChain(processing.chain), biquad: processing.biquad && createBiquad({ columns, neural, rate, ...processing.biquad }) };
  kept.delete(key);
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value!);
  kept.set(key, tools);
  return tools;
}

/** Reads the block into the chain's input with its margins, biquad applied, and shifts and band-passes it. Returns the row after the last real one. */
export function fillBlock(source: Source, tools: BlockTools, block: Block, onRaw?: (rows: Int16Array) => void): number {
  const { processing, sequence } = source;
  const { columns, neural } = processing.chain;
  const { input } = tools.chain;
  const firstRow = FFT_MARGIN - (block.position - block.first);
  const endRow = firstRow + (block.end - block.first);
  readSegments(segmentsBetween(sequence.stretches[block.stretch], block.first, block.end), columns, input, firstRow);
  if (processing.negate) negateNeural(input, columns, neural, firstRow, endRow);
  onRaw?.(input.subarray(FFT_MARGIN * columns, (FFT_MARGIN + block.rows) * columns));
  const extendLeft = () => repeatRow(input, columns, firstRow, 0, firstRow);
  if (processing.chain.numerics === 'native') extendLeft();
  if (tools.biquad) {
    warmUp(source, tools.biquad, block);
    tools.biquad.run(input.subarray(firstRow * columns, endRow * columns), endRow - firstRow);
  }
  if (processing.chain.numerics === 'exact') extendLeft();
  repeatRow(input, columns, endRow - 1, endRow, FFT_POINTS);
  return endRow;
}

/** A biquad remembers all that came before, across gaps too; some periods of its lowest corner are enough to know its state to a count. */
const PERIODS = 20;

function warmUp({ processing, sequence, rate }: Source, biquad: Biquad, block: Block): void {
  const { columns, neural } = processing.chain;
  const { high, low } = processing.biquad!;
  const segments = segmentsBefore(sequence, block, Math.min(FFT_POINTS, Math.ceil((PERIODS * rate) / (2 * Math.PI * (high || low)))));
  const rows = segments.reduce((sum, { count }) => sum + count, 0);
  biquad.state.fill(0);
  if (rows === 0) return;
  const before = new Int16Array(rows * columns);
  readSegments(segments, columns, before, 0);
  if (processing.negate) negateNeural(before, columns, neural, 0, rows);
  biquad.run(before, rows);
}

/** The samples before a block's first, at most `rows`, over gaps. */
function segmentsBefore({ stretches }: Source['sequence'], block: Block, rows: number): Segment[] {
  const segments: Segment[] = [];
  for (let stretch = block.stretch, end = block.first, left = rows; stretch >= 0 && left > 0; stretch--, end = stretches[stretch]?.count ?? 0) {
    const start = Math.max(0, end - left);
    segments.unshift(...segmentsBetween(stretches[stretch], start, end));
    left -= end - start;
  }
  return segments;
}

/** An artefact as detected, with the size of its largest channel. */
export interface Peak {
  /** Output sample. */
  readonly at: number;
  readonly column: number;
  readonly mV: number;
  readonly slope_mV: number;
}

export interface Found {
  readonly spans: readonly ArtifactSpan[];
  readonly peaks: readonly Peak[];
}

/** Artefacts of a block that was just transformed. `filter` carries the measurement's state from block to block. */
export function findArtefacts(source: Source, { chain }: BlockTools, block: Block, endRow: number, filter: Biquad | undefined): Found {
  const { gfix, chain: { columns } } = source.processing;
  if (!gfix) return { spans: [], peaks: [] };
  const detections = detectArtifacts(chain, gfix, block.out);
  const spans = detections.flatMap((detection) => {
    const start = FFT_MARGIN + detection.row - WINDOW_BEFORE;
    const available = Math.min(WINDOW_LENGTH, endRow - start);
    const window = chain.input.slice(start * columns, (start + available) * columns);
    return measureExtents(window, available, columns, detection, block.out, gfix, filter);
  });
  return { spans, peaks: detections.flatMap((detection) => peaksOf(source, chain, block, detection)) };
}

function peaksOf({ scale }: Source, chain: Chain, block: Block, { row, peaks }: Detection): Peak[] {
  return peaks.map(({ column }) => {
    const value = chain.value(row, column);
    const slope = row > 0 ? value - chain.value(row - 1, column) : 0;
    return { at: block.out + row, column, mV: (value * scale[column]) / 1000, slope_mV: (slope * scale[column]) / 1000 };
  });
}

/** The filter that measures how far artefacts reach; undefined where the data are high-passed by a biquad. */
export function extentFilter({ processing, rate }: Source): Biquad | undefined {
  return processing.gfix && createExtentFilter(processing.gfix, processing.chain.columns, processing.chain.neural, rate);
}

/** Every stage of one block; the artefacts found on the way. */
export function runBlock(source: Source, tools: BlockTools, stages: BlockStages, filter: Biquad | undefined): Found {
  const { block } = stages;
  const { processing } = source;
  const { columns } = processing.chain;
  const endRow = fillBlock(source, tools, block, stages.raw);
  if (processing.plainCopy && !processing.gfix) {
    const rows = tools.chain.input.subarray(FFT_MARGIN * columns, (FFT_MARGIN + block.rows) * columns);
    stages.filtered(rows);
    stages.referenced(rows);
    return { spans: [], peaks: [] };
  }
  tools.chain.transform(FFT_MARGIN, block.rows);
  const found = findArtefacts(source, tools, block, endRow, filter);
  stages.filtered(tools.chain.interleave());
  if (processing.chain.reference) tools.chain.applyReference();
  stages.referenced(tools.chain.interleave());
  return found;
}
