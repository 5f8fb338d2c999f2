// OverStrike: blanks a span of a probe's file, in place, with zeros or straight lines, and takes it back again.
// The only place that changes a recording. Before its first byte changes, the original bytes lie complete in
// `<file>.overstrike-undo` beside it. Must not import another engine.

export { overStrikeCommandLine, parseOverStrikeArguments, type EditOptions, type OverStrikeOptions, type UndoOptions } from './options.ts';
export { runOverStrike, type OverStrikeResult } from './run.ts';
export { undoPath } from './undoRecord.ts';
