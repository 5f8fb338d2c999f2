// Synthetic SpikeGLX runs with known truth: for the demo, the tests, and a user's check of an installation. From one
// declarative description (`RunInput`; times are true seconds since the acquisition started) come binaries, metas and a
// truth folder; the same description gives the same bytes, whatever the machine or the number of workers.
// It may use core/spikeglx, core/formats and core/common. It shares no code with filters or the sorter, because it is
// what they are judged by, and it never writes outside the folder it is given.

export { presetRun, presets, lowestChannels } from './presets.ts';
export type { PresetName, PresetOptions } from './presets.ts';
export { describeRun, runSchema } from './description.ts';
export type { RunDescription, RunInput } from './description.ts';
export type { ProbeInput } from './probeDescription.ts';
export { displacement } from './drift.ts';
export { clockOf } from './plan.ts';
export type { Clock } from './clock.ts';
export { simulateRun } from './simulateRun.ts';
export type { SimulateContext, SimulatedFile, SimulatedRun } from './simulateRun.ts';
export { quickDescription, quickRun } from './quickRun.ts';
export type { QuickOverrides } from './quickRun.ts';
export { makeSparseRun, sparseValue } from './sparseRun.ts';
export type { Island, SparseOptions, SparseRun } from './sparseRun.ts';
export type { FileTruth, ProbeTruth, SpikeTruth, StreamTruth, Truth, UnitTruth } from './truth.ts';
export { tasks } from './tasks.ts';
export type { StretchPayload } from './tasks.ts';
