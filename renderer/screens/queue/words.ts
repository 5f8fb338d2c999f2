// What the queue says of itself in sentences.

import { type Job, moduleWord, probeTitle, type QueueState, type QueueStep, type StepState } from '../../../core/service/contract/index.ts';
import { counted, duration } from '../../components/format.ts';

export const stateWords: Readonly<Record<StepState, string>> = {
  waiting: 'waiting', running: 'running', paused: 'paused', done: 'done', skipped: 'skipped, still valid', failed: 'failed', blocked: 'blocked by a failure', cancelled: 'cancelled',
};

export const isFinished = ({ state }: Pick<Job, 'state'>): boolean => ['done', 'failed', 'cancelled'].includes(state);
export const isAtWork = ({ state }: Pick<Job, 'state'>): boolean => state === 'running' || state === 'paused';

const settled = ({ counts }: Pick<Job, 'counts'>) => counts.done + counts.skipped;

/** For the top bar: "2 of 8 steps, 41 min left"; null when there is nothing to say. */
export function queueLine({ paused, jobs, left_s }: QueueState): string | null {
  const open = jobs.filter((job) => !isFinished(job));
  const interrupted = open.filter(({ state }) => state === 'interrupted');
  if (open.length === 0) return jobs.length === 0 ? null : 'Queue: nothing left to do';
  if (interrupted.length === open.length) return `${counted(open.length, 'job')} interrupted`;
  const done = open.reduce((sum, job) => sum + settled(job), 0);
  const steps = open.reduce((sum, job) => sum + job.steps, 0);
  const failed = open.reduce((sum, job) => sum + job.counts.failed, 0);
  const waits = open.some(({ waitsFor }) => waitsFor !== null);
  return [paused ? 'Paused' : waits ? 'Waits for room' : null, `${done} of ${counted(steps, 'step')}`, failed > 0 ? `${failed} failed` : null, left_s === null || paused || waits ? null : `${rough(left_s)} left`].filter((part) => part !== null).join(', ');
}

/** At the head of the queue: "▶ working · 2 jobs · 8 of 34 steps, 2 h 12 min left · done about 23:40". */
export function queueHead(state: QueueState, now: Date): string {
  const line = queueLine(state);
  if (line === null) return '';
  const open = state.jobs.filter((job) => !isFinished(job));
  const isWorking = open.some(({ state: each }) => each === 'running');
  const end = isWorking && !state.paused && state.left_s !== null ? new Date(now.getTime() + 1000 * state.left_s) : undefined;
  return [isWorking ? '▶ working' : null, open.length > 0 ? counted(open.length, 'job') : null, line, end && `done about ${two(end.getHours())}:${two(end.getMinutes())}`].filter((part) => part).join(' · ');
}

/** What would be lost if the computer stopped now, and whether it may fall asleep. */
export function journalLine({ journalProblem, keepsAwake, jobs }: QueueState): string {
  const interrupted = jobs.filter(({ state }) => state === 'interrupted').length;
  const journal = journalProblem !== null ? `journal: cannot be written (${journalProblem}); records beside the outputs still tell what is done`
    : interrupted > 0 ? `journal ok: ${counted(interrupted, 'job')} ended with the program; finished steps are kept, the rest goes on when resumed`
      : jobs.some(isAtWork) ? 'journal ok: nothing is lost if this computer stops now but the step at work' : 'journal ok: nothing is lost if this computer stops now';
  return `${journal} · ${keepsAwake ? 'Keep awake ✔ while it works' : 'Keep awake: a browser cannot, the system\'s settings can'}`;
}

/** The tab's title while something is at work or failed: "61 % · 1 failed". */
export function tabTitle({ jobs }: QueueState): string {
  const job = jobs.find(isAtWork);
  const failed = jobs.reduce((sum, { state, counts }) => sum + Math.max(counts.failed, state === 'failed' ? 1 : 0), 0);
  return [job && percent(job.fraction), failed > 0 && `${failed} failed`].filter((part) => part).join(' · ') || 'Queue';
}

/** Read out once a minute. */
export function spokenProgress({ jobs }: QueueState): string {
  const job = jobs.find(isAtWork);
  if (!job) return '';
  return `${job.name}: ${percent(job.fraction)} done, ${settled(job)} of ${counted(job.steps, 'step')}${job.left_s === null ? '' : `, ${rough(job.left_s)} left`}.`;
}

/** "sort imec1" */
export function stepName({ module, probe, run }: Pick<QueueStep, 'module' | 'probe' | 'run'>): string {
  return `${moduleWord(module)} ${probe === null ? run : `${run} ${probeTitle(probe)}`}`;
}

/** What stopping costs, said before: "31 min of work are lost; finished steps stay." */
export function stopCost(lost_s: number): string {
  const work = lost_s < 1 ? 'Nothing is lost' : lost_s < 60 ? `${Math.round(lost_s)} s of work are lost` : `${rough(lost_s)} of work are lost`;
  return `${work}; finished steps stay.`;
}

/** The line of the step at work: speed, time left, what is counted. */
export function stepFigures({ state, fraction, done, total, noun, xRealtime, left_s, est_s, took_s }: QueueStep): string {
  if (state === 'running') {
    return [
      percent(fraction), left_s === null ? `about ${rough(est_s)} in all` : `${rough(left_s)} left`, xRealtime === null || fraction === 0 ? null : `${xRealtime.toFixed(1)} x real time`,
      noun !== null && total !== null && total > 1 ? `${noun} ${count(done ?? 0)} of ${count(total)}` : null,
    ].filter((part) => part !== null).join(' · ');
  }
  if (took_s !== null && (state === 'done' || state === 'skipped')) return `took ${duration(took_s)}, about ${rough(est_s)} expected`;
  return state === 'waiting' || state === 'paused' ? `about ${rough(est_s)} expected` : '';
}

/** 47 s, 12 min, 1 h 05 min: no more than is known. */
export function rough(seconds: number): string {
  if (seconds < 59.5) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

export function percent(fraction: number): string {
  return `${Math.floor(fraction * 100)} %`;
}

function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** "[2026-11-19T18:59:02.123Z] 412 templates" -> "19:59:02 412 templates", in local time. */
export function logLine(line: string): string {
  const match = /^\[([^\]]+)\] (.*)$/.exec(line);
  if (!match) return line;
  const time = new Date(match[1]);
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())} ${match[2]}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
