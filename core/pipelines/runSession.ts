// A whole session: planned, carried out, its csv log written, its failures said.

import path from 'node:path';
import { isAftergateError } from '../common/index.ts';
import { executePlan, type ExecuteOptions, type ExecutionEvent, type Step, type StepResult } from '../execution/index.ts';
import type { Module, ParameterInput } from '../modules/index.ts';
import { logProbe } from './csvLog.ts';
import { type Expanded, expandSession, moduleFinder, type Problem } from './expand.ts';
import { keepLostRuns } from './lostDevices.ts';
import type { Session } from './session/parseSession.ts';
import { removeAp } from './steps/removeAp.ts';

export interface SessionOptions extends Omit<ExecuteOptions, 'find' | 'on'> {
  /** The modules there are. */
  readonly modules?: readonly Module[];
  readonly on?: (event: ExecutionEvent) => void;
  /** Something the user should read that belongs to no step. */
  readonly warn: (line: string) => void;
}

export interface SessionReport {
  readonly results: readonly StepResult[];
  readonly problems: readonly Problem[];
}

/** @param base folder that relative paths of the session start from. Throws ParameterError before anything starts, and what executePlan throws. */
export async function runSession(content: ParameterInput, base: string, options: SessionOptions): Promise<SessionReport> {
  return runPlan(await expandSession(content, { base, modules: options.modules }), options);
}

/** Throws the signal's reason after an abort. */
export async function runPlan(expanded: Expanded, options: SessionOptions): Promise<SessionReport> {
  for (const warning of expanded.warnings) options.warn(warning);
  const first = options.resume ? await keepLostRuns(expanded) : expanded;
  const report = await carryOut(first, options);
  const failed = report.results.filter(({ step, state }) => step.module === 'catGT_helper' && state === 'failed').map(({ step }) => step);
  if (failed.length === 0) return report;
  // A drive that went away in the night takes the whole call of CatGT with it: what is still there is done without it.
  const again = await expanded.again();
  // The runs of a super-run depend on one another.
  const isWhole = expanded.session.kind === 'super-run';
  const hasFailed = (item: { run: string; gate: number }) => isWhole || failed.some(({ run, gate }) => run === item.run && gate === item.gate);
  const problems = again.problems.filter(hasFailed);
  if (problems.length === report.problems.filter(hasFailed).length) return report;
  options.warn('files have gone since the work began; what is left is done without them');
  const second = await carryOut({ ...again, problems, plan: { ...again.plan, steps: again.plan.steps.filter(hasFailed) } }, isWhole ? { ...options, resume: true } : options);
  return {
    results: [...report.results.filter(({ step }) => !hasFailed(step)), ...second.results],
    problems: [...report.problems.filter((problem) => !hasFailed(problem)), ...problems],
  };
}

async function carryOut({ session, plan, problems }: Expanded, { modules, on, warn, ...options }: SessionOptions): Promise<SessionReport> {
  const log = csvWriter(plan.steps, logFile(session), warn);
  const results = await executePlan(plan, {
    ...options,
    find: moduleFinder(modules),
    async on(event) {
      on?.(event);
      if (event.kind === 'settled') await log(event.result);
    },
  });
  options.signal?.throwIfAborted();
  return { results, problems };
}

export interface Failure {
  /** The step's id, or the run or probe that was left out from the beginning. */
  readonly what: string;
  readonly message: string;
  readonly next?: string;
}

/** What did not work: probes and runs that were left out first, then steps that failed or were not run, in order. */
export function failuresOf({ results, problems }: SessionReport): Failure[] {
  const failed = results.filter(({ state }) => state === 'failed' || state === 'left out');
  return [...problems.map(({ what, message, next }) => ({ what, message, next })), ...failed.map(({ step, message = '', next }) => ({ what: step.id, message, next }))];
}

function logFile(session: Session): string {
  const folder = session.kind === 'file-list' ? (session.kilosort_output_parent ?? session.json_directory) : session.catGT_dest;
  return path.resolve(folder, session.logName);
}

/** Writes a probe's row when its last step has ended. */
function csvWriter(steps: readonly Step[], file: string, warn: (line: string) => void): (result: StepResult) => Promise<void> {
  const settled = new Map<string, StepResult>();
  return async (result) => {
    settled.set(result.step.id, result);
    const ofProbe = steps.filter((step) => step.probe !== undefined && step.module !== removeAp.name && step.inputJson === result.step.inputJson);
    const results = ofProbe.map((step) => settled.get(step.id));
    if (results.length === 0 || results.some((each) => each === undefined || each.state === 'cancelled')) return;
    const done = results.filter((each) => each!.state === 'done' || each!.state === 'kept').map((each) => each!.step);
    try {
      await logProbe(file, path.basename(result.step.inputJson).replace(/-input\.json$/, ''), done);
    } catch (error) {
      if (!isAftergateError(error)) throw error;
      warn(error.message); // the log may be open in a spreadsheet: no reason to lose a night's work
    }
  };
}
