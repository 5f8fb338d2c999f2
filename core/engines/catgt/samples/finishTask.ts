// The last touches on a written stream, in a pool worker: gaps become lines, artifact extents are measured in order of
// time, artifacts are edited out. Everything here looks at single places of the file, so one worker does it all.

import { applyEdits, editsOf, type EditTarget, type Edit } from '../gfix/edit.ts';
import { createExtentFilter, measureExtents, WINDOW_BEFORE, WINDOW_LENGTH, type ArtifactSpan } from '../gfix/extent.ts';
import type { Detection } from '../gfix/detect.ts';
import { negateNeural, readSegments, repeatRow } from './inputRows.ts';
import { lineFill } from './lineFill.ts';
import { segmentsBetween, type Block } from '../joining/blocks.ts';
import type { Fill, Stretch } from '../joining/plan.ts';
import type { Processing } from './processing.ts';

export interface FinishTask {
  readonly targets: readonly EditTarget[];
  readonly processing: Processing;
  readonly lineFill: boolean;
  readonly fills: readonly Fill[];
  readonly stretches: readonly Stretch[];
  /** Blocks that hold artifacts, in order of time: their spans if measured, else their detections. */
  readonly found: readonly { readonly block: Block; readonly detections: readonly Detection[]; readonly spans: readonly ArtifactSpan[] }[];
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
  const window = new Int16Array(WINDOW_LENGTH * columns);
  const spans: ArtifactSpan[] = [];
  for (const { block, detections, spans: measured } of task.found) {
    spans.push(...measured);
    for (const detection of detections) {
      const available = readWindow(window, block, detection, task.stretches[block.stretch], processing);
      spans.push(...measureExtents(window, available, columns, detection, block.out, processing.gfix!, filter));
    }
  }
  return spans;
}

/** The samples around a detection; before the stretch's first sample that one is repeated, after its last there is nothing. */
function readWindow(window: Int16Array, block: Block, detection: Detection, stretch: Stretch, processing: Processing): number {
  const { columns, neural } = processing.chain;
  const start = block.position + detection.row - WINDOW_BEFORE;
  const first = Math.max(0, start);
  const end = Math.min(start + WINDOW_LENGTH, block.end);
  readSegments(segmentsBetween(stretch, first, end), columns, window, first - start);
  if (processing.negate) negateNeural(window, columns, neural, first - start, end - start);
  repeatRow(window, columns, first - start, 0, first - start);
  return end - start;
}
