// The embedded spike sorter: one probe's .ap.bin to a folder that phy and the field's modules read. Shank by shank in
// space, block by block in time; drift is estimated and used; the same bytes whatever the number of workers.
// Comes in: options, a pool, a recording with its meta beside it. Must not: JSON of pipelines, other engines, screens.
//
// noise -> detect -> drift -> cluster -> templates -> match (on a sample, to refine; then on everything) -> clean -> output.
// Each folder is one stage, a function of the stages before it.

export { runSorter } from './run.ts';
export type { SorterResult } from './run.ts';
export { settingsFrom, sorterDefaults } from './options.ts';
export type { SorterOptions } from './options.ts';
export { tasks } from './tasks.ts';
