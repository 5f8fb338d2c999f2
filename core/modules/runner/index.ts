// Running a module: reading its input JSON, checking it against the module's record, writing the output JSON with the
// record of the run. Knows no particular module and no command line.

export { parseInputJson, readInputJson } from './inputJson.ts';
export { findJsonProblem, type JsonProblem } from './jsonPosition.ts';
export { formatOutputJson, type OutputJson, runModule, type RunModuleOptions } from './runModule.ts';
export type { InputIdentity, RunRecord } from './runRecord.ts';
export { aftergateVersion } from './version.ts';
