// Works through the jobs, one after the other: begins the next when its turn has come, holds between steps, stops one
// step or a whole job.

import type { AreaContext } from '../house/index.ts';
import type { Hold } from './hold.ts';
import { changeSteps, finalState, fresh, hasEnded, isAtWork, isOpen, type StoredJob } from './job.ts';
import type { StepLogs } from './logs.ts';
import { runJob } from './runJob.ts';
import type { JobStore } from './store.ts';

export interface Conductor {
  /** Looks whether there is something to do. */
  wake(): void;
  pause(): void;
  resume(): void;
  /** Ends when the job, or the one step, has stopped. */
  cancel(jobId: string, stepId: string | undefined): Promise<void>;
  /** Stops what is at work; it can go on at the next start. */
  close(): Promise<void>;
}

/** What the job at work is told from outside. */
interface Work {
  readonly jobId: string;
  readonly abort: AbortController;
  readonly ofSteps: Map<string, AbortController>;
  readonly ended: Promise<void>;
}

/** setTimeout knows no longer wait, ms. */
const longest = 2 ** 31 - 1;

/** What is done when a job has ended: its report written, then the user told. */
export interface AtEnd {
  readonly report: (job: StoredJob) => Promise<void>;
  readonly tell: (job: StoredJob) => void;
}

export function conductor(context: AreaContext, store: JobStore, logs: StepLogs, hold: Hold, { report, tell }: AtEnd): Conductor {
  let work: Work | undefined;
  let closed = false;
  let openAtClosing: ReadonlySet<string> = new Set();
  let timer: NodeJS.Timeout | undefined;

  function wake(): void {
    clearTimeout(timer);
    if (work || hold.isPaused() || closed) return;
    const waiting = store.all().filter(({ state }) => state === 'waiting');
    const due = ({ notBefore }: StoredJob) => (notBefore === null ? 0 : Date.parse(notBefore) - context.now());
    const next = waiting.find((job) => due(job) <= 0);
    if (next) return begin(next.jobId);
    if (waiting.length > 0) timer = setTimeout(wake, Math.min(longest, Math.max(100, Math.min(...waiting.map(due)))));
  }

  function begin(jobId: string): void {
    const abort = new AbortController();
    const ofSteps = new Map<string, AbortController>();
    context.shell.keepAwake?.(true);
    const stepSignal = ({ id }: { readonly id: string }) => controllerOf(ofSteps, id).signal;
    const ended = runJob(context, store, logs, jobId, { signal: abort.signal, stepSignal, hold: (step) => hold.before(jobId, step, [abort.signal, stepSignal(step)]) })
      .then(() => end(jobId));
    work = { jobId, abort, ofSteps, ended };
  }

  async function end(jobId: string): Promise<void> {
    if (closed) store.change(jobId, (job) => changeSteps({ ...job, state: 'interrupted' }, ({ stepId, state }) => state === 'cancelled' && openAtClosing.has(stepId), fresh));
    else {
      store.change(jobId, (job) => ({ ...job, state: finalState(job), endedAt: new Date(context.now()).toISOString() }));
      await report(store.get(jobId)).catch(() => undefined); // a full disk must not keep the next job waiting
    }
    work = undefined;
    context.shell.keepAwake?.(false);
    context.emit('queue.changed', { jobId });
    if (!closed) tell(store.get(jobId));
    wake();
  }

  return {
    wake,
    pause() {
      hold.pause();
      context.emit('queue.changed', { jobId: work?.jobId ?? '' });
    },
    resume() {
      for (const job of store.all()) if (job.state === 'interrupted') store.change(job.jobId, (old) => ({ ...old, state: 'waiting' }));
      hold.resume();
      context.emit('queue.changed', { jobId: work?.jobId ?? '' });
      wake();
    },
    async cancel(jobId, stepId) {
      const job = store.get(jobId);
      if (work?.jobId === jobId && isAtWork(job)) {
        if (stepId !== undefined) return controllerOf(work.ofSteps, stepId).abort();
        work.abort.abort();
        return work.ended;
      }
      if (hasEnded(job)) return;
      const at = new Date(context.now()).toISOString();
      store.change(jobId, (old) => ({ ...changeSteps(old, isOpen, { state: 'cancelled' }), state: 'cancelled', endedAt: at }));
      context.emit('queue.changed', { jobId });
      wake();
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      if (work) openAtClosing = new Set(store.get(work.jobId).steps.filter(isOpen).map(({ stepId }) => stepId));
      work?.abort.abort();
      hold.close();
      await work?.ended;
    },
  };
}

function controllerOf(controllers: Map<string, AbortController>, stepId: string): AbortController {
  const controller = controllers.get(stepId) ?? new AbortController();
  controllers.set(stepId, controller);
  return controller;
}
