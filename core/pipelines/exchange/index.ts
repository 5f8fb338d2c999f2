// Sessions in and out, as plain conversions: the field's commands, script lines and input JSON to settings of a session
// and back, what a session leaves unsaid, the scripts of an export. Text and values in, text and values out; no screen,
// and no file but what a plan reads.

export { effectiveSession, schemaOf, sessionProblem } from './effective.ts';
export { formatSession, inFileOrder, leaves, settingsOf } from './settings.ts';
export { type Changed, type Ground, type Parsed, type Used } from './compose.ts';
export type { RunFacts } from './extractorCheck.ts';
export { isInputJson } from './inputJson.ts';
export { kindOf, type NotationKind, parseNotation } from './parseNotation.ts';
export type { NotUsed } from './reading.ts';
export { catgtCommands, type CommandText, stepNotation } from './formatNotation.ts';
export { fitPreset, type Fitted, presetOf, type PresetContent } from './preset.ts';
export { probesOf, type ProbeRegion, regionsOf, specsOf } from './specEntries.ts';
export { planOf, type SessionFile, sessionFiles } from './sessionFiles.ts';
