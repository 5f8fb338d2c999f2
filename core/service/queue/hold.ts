// What a step waits for before it begins: a queue that is not paused, and room on the drive of its results.

import { makesRoom, roomFor, size } from '../../pipelines/index.ts';
import type { Step } from '../../execution/index.ts';
import { moduleWord } from '../contract/index.ts';
import type { AreaContext } from '../house/index.ts';
import { inputBytes } from './estimate.ts';
import { changeSteps } from './job.ts';
import type { JobStore } from './store.ts';

export interface Hold {
  isPaused(): boolean;
  pause(): void;
  resume(): void;
  /** What kept a step waiting may have changed. */
  look(): void;
  /** Lets everything go. */
  close(): void;
  /** Ends when the step may begin, or need not any more. */
  before(jobId: string, step: Step, signals: readonly AbortSignal[]): Promise<void>;
}

/** Pause between two looks at a drive without room, ms. */
const again = 2000;

interface Reason {
  readonly text: string | null;
  readonly next: string | null;
}

const pausedByUser: Reason = { text: null, next: null };

/** @param tell once a step begins to wait for room: somebody has to make it */
export function openHold(context: AreaContext, store: JobStore, tell: (jobId: string, step: Step, text: string) => void): Hold {
  let paused = false;
  let closed = false;
  const wakers = new Set<() => void>();
  const look = () => wakers.forEach((wake) => wake());

  async function reasonOf(jobId: string, step: Step): Promise<Reason | undefined> {
    if (paused) return pausedByUser;
    return tooLittleRoom(store.get(jobId).destination, step, context);
  }

  function show(jobId: string, { id }: Step, reason: Reason | undefined): void {
    const [jobState, stepState] = reason ? (['paused', 'paused'] as const) : (['running', 'waiting'] as const);
    store.change(jobId, (job) => changeSteps({ ...job, state: jobState }, (step) => step.stepId === id, { state: stepState, message: reason?.text ?? null, next: reason?.next ?? null }));
    context.shell.keepAwake?.(reason === undefined);
    context.emit('queue.changed', { jobId });
  }

  /** Ends when something may have changed. */
  function change(signals: readonly AbortSignal[]): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        wakers.delete(wake);
        for (const signal of signals) signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, again);
      wakers.add(wake);
      for (const signal of signals) signal.addEventListener('abort', wake);
    });
  }

  return {
    isPaused: () => paused,
    pause() {
      paused = true;
    },
    resume() {
      paused = false;
      look();
    },
    look,
    close() {
      closed = true;
      look();
    },
    async before(jobId, step, signals) {
      const isOver = () => closed || signals.some(({ aborted }) => aborted);
      let shown: Reason | undefined;
      for (let reason = await reasonOf(jobId, step); reason && !isOver(); reason = await reasonOf(jobId, step)) {
        if (reason.text !== null && (shown?.text ?? null) === null) tell(jobId, step, reason.text);
        if (reason.text !== shown?.text) show(jobId, step, reason);
        shown = reason;
        await change(signals);
      }
      if (shown && !closed) show(jobId, step, undefined);
    },
  };
}

/** Drives that do not tell are believed; what cannot be written at all is said by the step. */
async function tooLittleRoom(destination: string, step: Step, { limits, freeBytes }: AreaContext): Promise<Reason | undefined> {
  if (makesRoom(step)) return undefined;
  const reserve = limits.get().diskReserve_GB * 1e9;
  const free = await freeBytes(destination);
  if (free === null) return undefined;
  const needed = roomFor(step, await inputBytes(step));
  if (free - needed >= reserve) return undefined;
  return {
    text: `waits for room: ${destination} has ${size(free)} free, ${moduleWord(step.module)} writes about ${size(needed)}, and ${size(reserve)} must stay free`,
    next: 'Free some space there, or lower the disk reserve (Limits): the step then begins by itself.',
  };
}
