// From a session (what the window edits and a lab's script says: runs, gates, triggers, probes, regions, modules) to a plan
// of module runs, and its execution: multi-run and file-list; super-run and split-shanks are known and refused.
// May use execution, modules and what lies below. Reads recordings' names and metas to plan; whatever is written, modules
// write, but for the csv log. Knows no screen and no command.

export { expandSession, type Expanded, type ExpandOptions, type Problem } from './expand.ts';
export { failuresOf, runPlan, runSession, type Failure, type SessionReport, type SessionOptions } from './runSession.ts';
export { parseSession, type Session } from './session/parseSession.ts';
export { fileListSchema, multiRunSchema } from './session/schema.ts';
