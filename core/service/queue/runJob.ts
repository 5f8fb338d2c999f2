// One job from its frozen session to its end: the disk is looked at anew, valid results are kept, and what the execution
// says becomes states, figures and logs of the steps.

import { isAftergateError } from '../../common/index.ts';
import type { ExecuteOptions, ExecutionEvent, Step, StepProgress, StepResult } from '../../execution/index.ts';
import { expandSession, memoryNeed, runPlan, size } from '../../pipelines/index.ts';
import type { StepState } from '../contract/index.ts';
import type { AreaContext } from '../house/index.ts';
import { learnSpeed } from './estimate.ts';
import { leftOutOf, planned } from './freeze.ts';
import { changeSteps, fresh, isOpen, type JobStep } from './job.ts';
import type { StepLogs } from './logs.ts';
import type { JobStore } from './store.ts';

/** Between two events of progress, ms. */
const pace = 250;

type Control = Required<Pick<ExecuteOptions, 'signal' | 'stepSignal' | 'hold'>>;

/** Ends when the job has ended, one way or the other; what went wrong is in the job. */
export async function runJob(context: AreaContext, store: JobStore, logs: StepLogs, jobId: string, control: Control): Promise<void> {
  const changeStep = (stepId: string, change: Partial<JobStep>, keep = true) => store.change(jobId, (job) => changeSteps(job, (step) => step.stepId === stepId, change), keep);
  const say = (stepId: string, line: string) => logs.append(store.folderOf(jobId), stepId, line);
  const now = () => new Date(context.now()).toISOString();
  const progress = paced(() => context.emit('queue.progress', { jobId }), pace);
  const changed = () => context.emit('queue.changed', { jobId });

  function on(event: ExecutionEvent): void {
    switch (event.kind) {
      case 'planned': return;
      case 'started':
        changeStep(event.step.id, { ...fresh, state: 'running', startedAt: now() });
        say(event.step.id, 'begins');
        warnOfMemory(event.step);
        return changed();
      case 'log': return say(event.step.id, event.line);
      case 'warning':
        say(event.step.id, `warning: ${event.line}`);
        return changeStep(event.step.id, { message: event.line });
      case 'progress':
        changeStep(event.step.id, figuresOf(event.progress, context.now() - Date.parse(stepOf(event.step.id)?.startedAt ?? now())), false);
        return progress.tell();
      case 'settled':
        settle(event.result);
        return changed();
    }
  }

  /** Steps run one at a time: there are no others to wait for. */
  function warnOfMemory(step: Step): void {
    const { memory_GB, installed_GB } = context.limits.now(false);
    const most = (memory_GB ?? installed_GB) * 1e9;
    const need = memoryNeed(step);
    if (!need || need.bytes <= most) return;
    const text = `${need.name} asks for about ${size(need.bytes)} of memory; ${memory_GB === null ? 'this computer has' : 'the limit is'} ${size(most)}. It runs alone.`;
    on({ kind: 'warning', step, line: text });
  }

  const stepOf = (stepId: string) => store.get(jobId).steps.find((step) => step.stepId === stepId);

  function settle({ step: { id, module }, state, seconds, message, next }: StepResult): void {
    const before = stepOf(id);
    if (state === 'done') {
      changeStep(id, { state: 'done', fraction: 1, took_s: seconds, left_s: null });
      say(id, `done in ${seconds.toFixed(1)} s`);
      if (before) void learnSpeed(context.profile, module, before.input_B, seconds).catch(() => undefined);
    } else if (state === 'kept') {
      // What this very job did before it was interrupted or tried again stays done.
      if (before?.state !== 'done') changeStep(id, { state: (before?.took_s ?? null) === null ? 'skipped' : 'done', fraction: 1 });
    } else {
      changeStep(id, { state: states[state], left_s: null, message: state === 'cancelled' ? 'was cancelled' : (message ?? null), next: next ?? null });
      if (state === 'cancelled' && before?.state === 'running') say(id, 'cancelled');
    }
  }

  try {
    store.change(jobId, (job) => ({ ...job, state: 'running', startedAt: job.startedAt ?? now(), endedAt: null, problem: null }));
    const { session, base, steps } = store.get(jobId);
    const expanded = await expandSession(session, { base });
    const plan = await planned(context, expanded, steps);
    store.change(jobId, (job) => ({ ...job, ...plan }));
    changed();
    const report = await runPlan(expanded, { pool: context.pool(), resume: true, on, warn: (line) => store.change(jobId, (job) => ({ ...job, warnings: [...new Set([...job.warnings, line])] })), ...control });
    store.change(jobId, (job) => ({ ...changeSteps(job, isOpen, { state: 'skipped', message: 'its files are not to be found now; earlier results are left as they are' }), leftOut: report.problems.map(leftOutOf) }));
  } catch (error) {
    if (control.signal.aborted) store.change(jobId, (job) => changeSteps(job, isOpen, { state: 'cancelled', message: 'was cancelled' }));
    else {
      const problem = { text: error instanceof Error ? error.message : String(error), next: isAftergateError(error) ? (error.next ?? null) : 'This is a bug in Aftergate; please report it with the log.' };
      store.change(jobId, (job) => ({ ...changeSteps(job, isOpen, { state: 'blocked' }), problem }));
    }
  } finally {
    progress.stop();
    await logs.flush();
  }
}

const states: Readonly<Record<'failed' | 'left out' | 'cancelled', StepState>> = { failed: 'failed', 'left out': 'blocked', cancelled: 'cancelled' };

/** @param elapsed of the step, ms */
function figuresOf({ fraction, part, xRealTime, secondsLeft }: StepProgress, elapsed: number): Partial<JobStep> {
  const isFair = fraction >= 0.05 && elapsed >= 30_000;
  return { fraction, done: part.done, total: part.total, noun: part.label, xRealtime: xRealTime ?? null, left_s: isFair ? secondsLeft : null };
}

/** At most one call in so many ms, the last one included. */
function paced(act: () => void, ms: number): { readonly tell: () => void; readonly stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    tell: () => void (timer ??= setTimeout(() => {
      timer = undefined;
      act();
    }, ms)),
    stop: () => clearTimeout(timer),
  };
}
