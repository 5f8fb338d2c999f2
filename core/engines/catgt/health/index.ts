// What was wrong with a recording, seen while it is read anyway: values at the rails, error bits of the status words, missed
// samples. A worker scans each block before anything is done to it; the main thread puts the blocks together.

export { createHealthCollector, type HealthCollector, type HealthJob } from './collect.ts';
export { planHealth } from './plan.ts';
export { healthFigures, healthLine, type HealthFigures } from './record.ts';
export { scanHealth, type BlockHealth, type ScannedRows } from './scanBlock.ts';
export type { HealthSpec } from './spec.ts';
