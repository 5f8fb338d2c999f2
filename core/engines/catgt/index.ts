// CatGT: joins the files of a run on the true time axis, aligns, filters, references and fixes the probes' channels,
// extracts sync edges and events. Plain functions on plain options: it knows command lines, SpikeGLX files and samples,
// no JSON, no pipeline, no threads (heavy work is handed to the context's pool as the tasks listed here). It must not
// import another engine.
// command/ reads and prints options; joining/ finds the inputs and lays them out on the time axis; samples/ is what a
// worker does to them; gfix/ finds and edits artifacts; extract/ finds pulses; text/ writes metas and lists.

export { canonicalCommand } from './command/canonical.ts';
export type { CatGTOptions } from './command/options.ts';
export { parseCatGTArguments } from './command/parse.ts';
export { runCatGT, type CatGTResult, type StreamReport } from './run.ts';
export { tasks } from './tasks.ts';
export { catgtUsage } from './command/usage.ts';
