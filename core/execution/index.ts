// Runs work: the piscina pool whose threads carry out the engines' tasks, and plans: graphs of module runs with a journal,
// so that a run that was killed goes on where it was, and one probe's failure stops nothing else.
// May import modules, engines and everything below; nothing below may import it (engines see only the TaskPool
// interface of core/common). Knows no sessions (core/pipelines makes plans of them), no screens and no commands.

export { createPool, defaultWorkers, type WorkerPool } from './pool.ts';
export { executePlan, type ExecuteOptions, type ExecutionEvent } from './execute.ts';
export { fingerprintOf } from './fingerprint.ts';
export { journalPath, parseJournal, type StepRecord } from './journal.ts';
export { keptSteps } from './keptSteps.ts';
export { checkPlan, type Dependency, type Plan, type Step } from './plan.ts';
export { type StepResult } from './runStep.ts';
export { type StepProgress, usualSeconds } from './stepProgress.ts';
export { withinWidth } from './width.ts';
export { type Usage, usageMeter } from './usage.ts';
