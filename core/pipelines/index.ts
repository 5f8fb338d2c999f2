// From a session (what the window edits and a lab's script says: runs, gates, triggers, probes, regions, modules) to a plan
// of module runs, and its execution: multi-run, file-list, super-run and split-shanks.
// May use execution, modules and what lies below. Reads recordings' names and metas to plan; whatever is written, modules
// write, but for the csv log. Knows no screen and no command.

export { expandSession, type Expanded, type ExpandOptions, type Problem } from './expand.ts';
export { failuresOf, runPlan, runSession, type Failure, type SessionReport, type SessionOptions } from './runSession.ts';
export { parseSession, type Session } from './session/parseSession.ts';
export { parseRunSpecs, type RunSpec, type TriggerRange } from './session/runSpecs.ts';
export { type GatePart, gateParts, triggersAsked, wantedTriggers } from './recording/triggers.ts';
export { fileListSchema, multiRunSchema } from './session/schema.ts';
export { planned } from './session/overrides.ts';
export { refractoryMs, thresholdsOf } from './session/regions.ts';
export { type DescribedStep, methodsText } from './methodsText.ts';
export { afterSorting, sorterOf } from './steps/moduleChoice.ts';
export { type ExtractorNotice, fitNotices, type LineColumns, lineColumns, readExtractorWord, sameFile, streamNotChosen, widthNotices } from './extractors/index.ts';
export { longFill_s } from './preflight/checkJoins.ts';
export { type DiskNeed } from './preflight/diskNeed.ts';
export { type PreflightFinding, type SetupStep, type WayOut } from './preflight/finding.ts';
export { stepOfKey } from './preflight/readSession.ts';
export { type MetaCache, metaCache } from './preflight/metaCache.ts';
export { type AskModule } from './preflight/planning.ts';
export { type OutputFile, type OutputState } from './preflight/outputs.ts';
export { type PlannedStep, preflight, type Preflight, type PreflightOptions } from './preflight/preflight.ts';
export { memoryNeed, roomFor, type Speeds } from './preflight/estimate.ts';
export { makesRoom } from './steps/removeAp.ts';
export { size } from './preflight/words.ts';
export { type StepState } from './preflight/stepStates.ts';
