// Carries out a plan: steps whose dependencies are met go into the pool; a failure is noted and stops only what depends on
// it; an abort stops everything, and a later run with `resume` goes on from there.

import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { forgetRemoval, type TaskPool, writeWhole } from '../common/index.ts';
import { findModule, type Module } from '../modules/index.ts';
import { formatInputJson } from '../modules/createInputJson/index.ts';
import { fingerprintOf } from './fingerprint.ts';
import { type Journal, openJournal } from './journal.ts';
import { takeLock } from './lock.ts';
import { checkPlan, type Dependency, neededFiles, type Plan, type Step } from './plan.ts';
import { keptSteps } from './keptSteps.ts';
import { keptResult, runStep, type StepResult } from './runStep.ts';
import { progressMeter, type StepProgress } from './stepProgress.ts';

export type ExecutionEvent =
  | { readonly kind: 'planned'; readonly plan: Plan }
  | { readonly kind: 'started'; readonly step: Step }
  | { readonly kind: 'progress'; readonly step: Step; readonly progress: StepProgress }
  | { readonly kind: 'log' | 'warning'; readonly step: Step; readonly line: string }
  | { readonly kind: 'settled'; readonly step: Step; readonly result: StepResult };

export interface ExecuteOptions {
  readonly pool: TaskPool;
  /** Keep the results of earlier runs that are still valid. */
  readonly resume?: boolean;
  readonly signal?: AbortSignal;
  readonly on?: (event: ExecutionEvent) => void | Promise<void>;
  /** Where modules are looked up. */
  readonly find?: (name: string) => Module;
  /** Steps at the same time. One by default: each step has all threads, and the memory is that of one. */
  readonly atOnce?: number;
  /** How long a module may take to stop after an abort, ms. */
  readonly patience?: number;
  /** Stops one step alone: it ends as cancelled with what depends on it, all else goes on. */
  readonly stepSignal?: (step: Step) => AbortSignal | undefined;
  /** Awaited before a step begins to work: while it waits, the plan pauses between steps. */
  readonly hold?: (step: Step) => Promise<void> | undefined;
}

/**
 * One result per step, in the order of the plan. Throws JobError when another process works on the same folder, and
 * OutputFileError when journal or JSON files cannot be written; what modules throw is in the results.
 */
export async function executePlan(plan: Plan, options: ExecuteOptions): Promise<StepResult[]> {
  checkPlan(plan);
  const lock = await takeLock(plan.folder);
  try {
    const journal = await openJournal(plan.folder);
    try {
      for (const [file, content] of new Map(plan.steps.map((step) => [step.inputJson, step.input]))) await writeWhole(file, formatInputJson(content));
      await forgetRemovals(plan.steps, journal, options);
      await options.on?.({ kind: 'planned', plan });
      return await workThrough(plan, journal, options);
    } finally {
      await journal.close();
    }
  } finally {
    await lock.release();
  }
}

/** Files that were removed after an earlier run and that a step will read again are made again, by the step that made them. */
async function forgetRemovals(steps: readonly Step[], { earlier }: Journal, { resume, find = findModule }: ExecuteOptions): Promise<void> {
  const files = resume ? (await keptSteps(steps, earlier, find)).neededAgain : neededFiles(steps);
  for (const file of files) await forgetRemoval(file);
}

async function workThrough(plan: Plan, journal: Journal, options: ExecuteOptions): Promise<StepResult[]> {
  const results = new Map<string, StepResult>();
  const waiting = new Set(plan.steps);
  const running = new Set<Promise<void>>();
  const begin = stepRunner(plan, journal, options);
  const isReady = (step: Step) => [...step.dependsOn.map((dependency) => dependency.step), ...step.after].every((id) => results.has(id));
  while (waiting.size > 0 || running.size > 0) {
    for (const step of [...waiting].filter(isReady).slice(0, (options.atOnce ?? 1) - running.size)) {
      waiting.delete(step);
      const work: Promise<void> = begin(step, results).then((result) => void results.set(step.id, result)).finally(() => running.delete(work));
      running.add(work);
    }
    await Promise.race(running).catch(async (error: unknown) => {
      await Promise.allSettled(running);
      throw error;
    });
  }
  return plan.steps.map((step) => results.get(step.id)!);
}

type Results = ReadonlyMap<string, StepResult>;

function stepRunner(plan: Plan, journal: Journal, options: ExecuteOptions): (step: Step, results: Results) => Promise<StepResult> {
  const { pool, signal, on = () => undefined, find = findModule, patience = 1500 } = options;
  const meter = progressMeter(plan.steps);
  const logFile = path.join(plan.folder, 'log.txt');
  const say = (step: Step, kind: 'log' | 'warning', line: string) => {
    appendLog(logFile, `[${new Date().toISOString()}] ${step.id}: ${kind === 'warning' ? 'warning: ' : ''}${line}\n`);
    void on({ kind, step, line });
  };

  const needed = neededFiles(plan.steps);

  const carryOut = async (step: Step, results: Results): Promise<StepResult> => {
    if (signal?.aborted) return { step, state: 'cancelled', seconds: 0, runId: 'cancelled' };
    const failed = step.dependsOn.find((dependency) => !isMet(dependency, results));
    if (failed) return leftOut(step, results.get(failed.step)!);
    const module = find(step.module);
    const before = [...step.dependsOn.map((dependency) => dependency.step), ...step.after].map((id) => `${id} ${results.get(id)!.runId}`);
    const fingerprint = await fingerprintOf(step, module, before);
    const kept = options.resume ? await keptResult(step, fingerprint, journal, needed) : undefined;
    if (kept) return kept;

    await options.hold?.(step);
    const stop = either(signal, options.stepSignal?.(step));
    if (stop?.aborted) return { step, state: 'cancelled', seconds: 0, runId: 'cancelled' };
    await on({ kind: 'started', step });
    meter.begin(step);
    for (const note of [...step.notes, ...missing(step, results)]) say(step, 'warning', note);
    const context = { pool, cwd: path.dirname(step.inputJson), log: (line: string) => say(step, 'log', line), warn: (line: string) => say(step, 'warning', line) };
    const watched = plan.steps.flatMap((other) => other.dependsOn.filter((dependency) => dependency.step === step.id).flatMap(({ leaving = [] }) => leaving));
    return runStep(step, module, fingerprint, [...new Set(watched)], {
      journal, context, signal: stop, patience,
      progress: (progress) => void on({ kind: 'progress', step, progress: meter.report(step, progress) }),
    });
  };

  return async (step, results) => {
    const result = await carryOut(step, results);
    meter.end(step, result.state === 'done');
    if (result.state === 'failed') say(step, 'log', `failed: ${result.message}`);
    await on({ kind: 'settled', step, result });
    return result;
  };
}

function either(first: AbortSignal | undefined, second: AbortSignal | undefined): AbortSignal | undefined {
  return first && second ? AbortSignal.any([first, second]) : (first ?? second);
}

/** A log that cannot be written must not stop the work. */
function appendLog(file: string, text: string): void {
  try {
    appendFileSync(file, text);
  } catch {
    // what it says is passed on as an event, too
  }
}

function isMet({ step, leaving }: Dependency, results: Results): boolean {
  const { state, left } = results.get(step)!;
  return state === 'done' || state === 'kept' || (state === 'failed' && leaving !== undefined && leaving.every((file) => left?.has(file)));
}

function leftOut(step: Step, cause: StepResult): StepResult {
  if (cause.state === 'cancelled') return { step, state: 'cancelled', seconds: 0, runId: 'cancelled' };
  return { step, state: 'left out', seconds: 0, runId: 'failed', message: `was not run, because ${cause.step.id} ${cause.state === 'failed' ? 'failed' : 'was not run'}` };
}

/** Steps this one was to wait for, and goes on without. */
function missing(step: Step, results: Results): string[] {
  const without = step.after.filter((id) => ['failed', 'left out', 'cancelled'].includes(results.get(id)!.state));
  return without.length === 0 ? [] : [`goes on without ${without.join(', ')}`];
}
