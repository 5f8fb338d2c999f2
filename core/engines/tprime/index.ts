// TPrime: moves event times from the clocks of other streams to the clock of one, by the edges of a shared sync pulse
// that every stream recorded. Plain options with paths in, event files and a sync report out.
// Knows times in seconds only: no samples, no SpikeGLX run folders, no pipeline. Must not import another engine.

export { parseTPrimeArguments, tprimeCommandLine, type EventFile, type FromStream, type Numerics, type TPrimeOptions } from './options.ts';
export { matchEdges, type EdgeMatch, type MatchInput } from './matchEdges.ts';
export { describeSync } from './describe.ts';
export { readEdges } from './edges.ts';
export { offsetsRow, readOffsets } from './offsets.ts';
export { runTPrime, type EventReport, type StreamReport, type TPrimeResult } from './run.ts';
export { syncReport, type InterpolationReport, type SyncReport } from './syncReport.ts';
export { tasks } from './mapEvents.ts';
