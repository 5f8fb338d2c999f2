// A job of the queue as it is kept: a session frozen when it was added, and what has become of its steps.

import type { Job, JobState, LeftOut, QueueStep, SessionContent, StepState } from '../contract/index.ts';
import { stepStates } from '../contract/index.ts';
import { verdictOf } from './verdict.ts';

export interface JobStep extends QueueStep {
  readonly inputJson: string;
  readonly outputJson: string;
}

export interface StoredJob {
  readonly jobId: string;
  readonly name: string;
  readonly state: JobState;
  readonly session: SessionContent;
  /** Folder that relative paths of the session start from: that of the session file. */
  readonly base: string;
  readonly sessionFile: string;
  readonly destination: string;
  readonly addedAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly notBefore: string | null;
  readonly steps: readonly JobStep[];
  readonly leftOut: readonly LeftOut[];
  readonly warnings: readonly string[];
  readonly problem: { readonly text: string; readonly next: string | null } | null;
}

const openStates: readonly StepState[] = ['waiting', 'running', 'paused'];
const atWork: readonly JobState[] = ['running', 'paused'];

export function isOpen({ state }: Pick<QueueStep, 'state'>): boolean {
  return openStates.includes(state);
}

/** Its steps are being carried out, or it is held between two of them. */
export function isAtWork({ state }: Pick<StoredJob, 'state'>): boolean {
  return atWork.includes(state);
}

export function hasEnded({ state }: Pick<StoredJob, 'state'>): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled';
}

export function changeSteps(job: StoredJob, wanted: (step: JobStep) => boolean, change: Partial<JobStep>): StoredJob {
  return { ...job, steps: job.steps.map((step) => (wanted(step) ? { ...step, ...change } : step)) };
}

/** What a step is when it is to be done again. */
export const fresh: Partial<JobStep> = { state: 'waiting', fraction: 0, done: null, total: null, noun: null, xRealtime: null, left_s: null, message: null, next: null };

/** The step and all that follows from it. */
export function withFollowers({ steps }: StoredJob, stepId: string): ReadonlySet<string> {
  const found = new Set([stepId]);
  for (const step of steps) if (step.needs.some((id) => found.has(id))) found.add(step.stepId);
  return found;
}

/** How it has ended, when nothing is open any more. */
export function finalState({ steps, leftOut, problem }: StoredJob): JobState {
  if (problem || leftOut.length > 0 || steps.some(({ state }) => state === 'failed' || state === 'blocked')) return 'failed';
  return steps.some(({ state }) => state === 'cancelled') ? 'cancelled' : 'done';
}

/** @param isKnown whether the speed of a module has been measured on this computer */
export function toJob(job: StoredJob, now: number, isKnown: (module: string) => boolean): Job {
  const { steps, startedAt } = job;
  const running = steps.find(({ state }) => state === 'running');
  const weight = (step: JobStep) => Math.max(step.est_s, 0.1);
  const all = steps.reduce((sum, step) => sum + weight(step), 0);
  const done = steps.reduce((sum, step) => sum + weight(step) * (isOpen(step) ? step.fraction : 1), 0);
  const fraction = all > 0 ? done / all : 0;
  const open = steps.filter(isOpen);
  const isFair = open.every(({ module, input_B }) => input_B === 0 || isKnown(module)) || (isAtWork(job) && startedAt !== null && now - Date.parse(startedAt) > 30_000 && fraction > 0.05);
  const left = open.reduce((sum, step) => sum + (step.left_s ?? step.est_s * (1 - step.fraction)), 0);
  return {
    jobId: job.jobId, name: job.name, state: job.state, addedAt: job.addedAt, startedAt, endedAt: job.endedAt, notBefore: job.notBefore,
    counts: Object.fromEntries(stepStates.map((state) => [state, steps.filter((step) => step.state === state).length])) as Record<StepState, number>,
    steps: steps.length,
    fraction,
    left_s: isFair ? left : null,
    running: running?.stepId ?? null,
    waitsFor: waitsFor(steps),
    lost_s: running?.startedAt ? Math.max(0, (now - Date.parse(running.startedAt)) / 1000) : 0,
    verdict: hasEnded(job) ? verdictOf(job) : null,
    problem: job.problem,
    sessionFile: job.sessionFile,
    destination: job.destination,
  };
}

function waitsFor(steps: readonly JobStep[]): Job['waitsFor'] {
  const held = steps.find(({ state, message }) => state === 'paused' && message !== null);
  return held ? { text: held.message!, next: held.next } : null;
}
