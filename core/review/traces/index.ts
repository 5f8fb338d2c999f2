// Windows of traces at any zoom, with the pyramids that make long ones quick; what lies over them: events, spikes, spans;
// the clocks of a run's devices. Reads recordings and results; writes nothing but pyramids, where the caller says.

import type { Task } from '../../common/index.ts';
import { readTimes } from './events.ts';
import { readOverview } from './overview.ts';
import { buildBlock } from './pyramidBlock.ts';
import { writeSnippetBlock } from './snippetBlock.ts';
import { readSpikes } from './spikes.ts';
import { readWindow } from './window.ts';

export { type ClockMap, type Clocks, fromReference, readClocks, toReference } from './clocks.ts';
export { eventLines, type EventLine, readTimes as readEventTimes } from './events.ts';
export { findOutputFolders, findOutputs, type OutputFolder, runOfFolder } from './outputs.ts';
export { type OverviewTask, readOverview, type TraceOverview } from './overview.ts';
export { createPyramids, type Pyramids, type PyramidState } from './pyramids.ts';
export { indexSpans, type PlacedSpan, type SpanIndex } from './spanIndex.ts';
export { cutSnippet, type Snippet, type SnippetFiles, snippetFiles, type SnippetKind, snippetKinds } from './snippet.ts';
export type { SnippetBlock } from './snippetBlock.ts';
export { type SpanKind, spanKinds, spansOf, type TraceSpan } from './spans.ts';
export { readSpikes, type SorterSpikes } from './spikes.ts';
export { deviceTime, gridSample, type OutputTime, readTarget, type TraceFile, type TraceSource, type TraceState, type TraceTarget } from './target.ts';
export { liveLimit_s, readWindow as readTraceWindow, type TraceWindow, type TraceWindowTask } from './window.ts';

/** What worker threads do for this. */
export const tracesTasks: Record<string, Task> = {
  'traces.window': readWindow,
  'traces.overview': readOverview,
  'traces.block': buildBlock,
  'traces.times': readTimes,
  'traces.spikes': readSpikes,
  'traces.snippet': writeSnippetBlock,
};
