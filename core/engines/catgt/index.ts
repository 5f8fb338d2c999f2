// CatGT: joins the files of a run on the true time axis, aligns, filters, references and fixes the probes' channels,
// extracts sync edges and events. Plain functions on plain options: it knows command lines, SpikeGLX files and samples,
// no JSON, no pipeline, no threads (heavy work is handed to the context's pool as the tasks listed here). It must not
// import another engine.
// badChannels/ looks for channels to leave out; command/ reads and prints options; joining/ finds the inputs and lays them
// out on the time axis; samples/ is what a worker does to them; gfix/ finds and edits artifacts; selection/ chooses
// channels; extract/ finds pulses; health/ watches over what was recorded; text/ writes
// metas and lists.

export { type BadChannels, type BadChannelsReport, type ChannelReport, findBadChannels } from './badChannels/index.ts';
export { canonicalCommand } from './command/canonical.ts';
export { extractorForms, printExtractor, readExtractor } from './command/extractorOptions.ts';
export { type BitFieldExtractor, type CatGTOptions, type Extractor, extractorStream, selectedStreams, writesBinary } from './command/options.ts';
export { parseCatGTArguments } from './command/parse.ts';
export { layoutOf } from './joining/layout.ts';
export { fyiPath, offsetsPath, outputBase, outputTop } from './joining/paths.ts';
export type { Segment, SourceFile, StreamInput, StreamSequence } from './joining/plan.ts';
export { sequenceFiles, type SequenceOptions } from './joining/sequence.ts';
export { createScanner, eventSuffixes, type Extraction, type Fate, type FieldExtraction, findRuns, planExtractions, type PulseExtraction, type PulseRuns, type Runs, syncExtractor, syncWidthMs, type Witness } from './extract/index.ts';
export { detectArtifacts, type Detection } from './gfix/detect.ts';
export { editsOf, type Edit } from './gfix/edit.ts';
export { type ArtifactSpan, createExtentFilter, measureExtents, WINDOW_BEFORE, WINDOW_LENGTH } from './gfix/extent.ts';
export type { HealthFigures } from './health/index.ts';
export { type Block, blocksOf, segmentsBetween } from './joining/blocks.ts';
export { lineInto } from './samples/editRows.ts';
export { negateNeural, readSegments, repeatRow } from './samples/inputRows.ts';
export { type GfixSpec, type Processing, processingOf } from './samples/processing.ts';
export { type OutputReport, runCatGT, type CatGTResult, type StreamReport } from './run.ts';
export { selectOutputs, type SelectedOutput, type Selection, shanksInUse } from './selection/index.ts';
export { subsetMeta } from './text/subsetMeta.ts';
export { tasks } from './tasks.ts';
export { catgtUsage } from './command/usage.ts';
