// The last touches on a written stream, in a pool worker: gaps become lines, artifact extents are measured in order of
// time, artifacts are edited out. Everything here looks at single places of the file, so one worker does it all.

import { createBiquad, type Biquad } from '../../../signal/index.ts';
import { applyEdits, editsOf, type EditTarget, type Edit } from '../gfix/edit.ts';
import { createExtentFilter, measureExtents, WINDOW_BEFORE, WINDOW_LENGTH, type ArtifactSpan } from '../gfix/extent.ts';
import type { Detection } from '../gfix/detect.ts';
import { negateNeural, readSegments, repeatRow } from './inputRows.ts';
import { lineFill } from './lineFill.ts';
import { segmentsBetween, type Block } from '../joining/blocks.ts';
import type { Fill, Stretch } from '../joining/plan.ts';
import type { Processing } from './processing.ts';

export interface FoundInBlock {
  readonly block: Block;
  readonly detections: readonly Detection[];
  readonly spans: readonly ArtifactSpan[];
  /** Of the stream's biquad before sample `block.first`. */
  readonly biquadState?: Float64Array;
}

export interface FinishTask {
  readonly targets: readonly EditTarget[];
  readonly processing: Processing;
  readonly lineFill: boolean;
  readonly fills: readonly Fill[];
  readonly stretches: readonly Stretch[];
  /** Blocks that hold artifacts, in order of time: their spans if measured, else their detections. */
  readonly found: readonly FoundInBlock[];
  /** Rows of every file. */
  readonly total: number;
}

export interface FinishResult {
  readonly edits: readonly Edit[];
}

export function finishStream(task: FinishTask): FinishResult {
  const { processing, targets } = task;
  const exact = processing.chain.numerics === 'exact';
  // When -maxsecs ends the output within a gap, the native tool stops before any gap is filled.
  const stopsInGap = task.fills.some(({ atEnd }) => atEnd);
  const fills = task.lineFill && (exact || !stopsInGap) ? task.fills : [];
  for (const target of targets) for (const fill of fills) lineFill(target, fill.out, fill.length, task.total, exact);
  if (!processing.gfix) return { edits: [] };
  const edits = editsOf(measureAll(task), task.total);
  for (const target of targets) applyEdits(target, edits, { lineFill: task.lineFill, exact });
  return { edits };
}

function measureAll(task: FinishTask): ArtifactSpan[] {
  const { processing } = task;
  const { columns, neural, rate } = processing.chain;
  const filter = createExtentFilter(processing.gfix!, columns, neural, rate);
  // A biquad with a high-pass has had its extents measured in the blocks; so this one is a low-pass.
  const lowPass = processing.biquad && createBiquad({ columns, neural, rate, ...processing.biquad });
  const window = new Int16Array(WINDOW_LENGTH * columns);
  const spans: ArtifactSpan[] = [];
  for (const { block, detections, spans: measured, biquadState } of task.found) {
    spans.push(...measured);
    if (detections.length === 0) continue;
    const recorded = recordedSamples(task.stretches[block.stretch], processing);
    const samples = lowPass ? filteredSamples(recorded, block, columns, lowPass, biquadState) : recorded;
    // See processBlock: natively the margin before a stretch is not filtered.
    const margin = processing.chain.numerics === 'native' ? recorded : samples;
    for (const detection of detections) {
      const available = readWindow(window, columns, block, detection, samples, margin);
      spans.push(...measureExtents(window, available, columns, detection, block.out, processing.gfix!, filter));
    }
  }
  return spans;
}

/** Copies samples [first, end) of a stretch to the beginning of `into`. */
type Samples = (first: number, end: number, into: Int16Array) => void;

function recordedSamples(stretch: Stretch, { chain: { columns, neural }, negate }: Processing): Samples {
  return (first, end, into) => {
    readSegments(segmentsBetween(stretch, first, end), columns, into, 0);
    if (negate) negateNeural(into, columns, neural, 0, end - first);
  };
}

/** A filtered sample depends on all before it: the block is filtered once more, from the state it began with. */
function filteredSamples(recorded: Samples, block: Block, columns: number, biquad: Biquad, before: Float64Array | undefined): Samples {
  const rows = new Int16Array((block.end - block.first) * columns);
  recorded(block.first, block.end, rows);
  if (before) biquad.state.set(before);
  else biquad.state.fill(0);
  biquad.run(rows, block.end - block.first);
  return (first, end, into) => into.set(rows.subarray((first - block.first) * columns, (end - block.first) * columns));
}

/** The samples around a detection; before the stretch's first sample that one of `margin` is repeated, after its last there is nothing. */
function readWindow(window: Int16Array, columns: number, block: Block, detection: Detection, samples: Samples, margin: Samples): number {
  const start = block.position + detection.row - WINDOW_BEFORE;
  const first = Math.max(0, start);
  const end = Math.min(start + WINDOW_LENGTH, block.end);
  if (first > start) {
    margin(first, first + 1, window);
    repeatRow(window, columns, 0, 1, first - start);
  }
  samples(first, end, window.subarray((first - start) * columns));
  return end - start;
}
