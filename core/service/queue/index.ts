// Work that runs or waits: jobs, steps, logs, reports.

import fs from 'node:fs/promises';
import { usageMeter } from '../../execution/index.ts';
import { InputFileError, JobError } from '../../common/index.ts';
import type { Handlers, Job, JobDetails, queueRequests, QueueState } from '../contract/index.ts';
import type { AreaContext } from '../house/index.ts';
import { rememberResults } from '../results/index.ts';
import { conductor } from './conductor.ts';
import { speedsOf } from './estimate.ts';
import { freeze } from './freeze.ts';
import { openHold } from './hold.ts';
import { changeSteps, fresh, hasEnded, isAtWork, type StoredJob, toJob, withFollowers } from './job.ts';
import { openLogs } from './logs.ts';
import { readReport, writeReport } from './report/index.ts';
import { stepDetails } from './stepDetails.ts';
import { openStore } from './store.ts';
import { verdictOf } from './verdict.ts';

export interface QueueArea {
  readonly handlers: Handlers<typeof queueRequests>;
  busy(): readonly string[];
  close(): Promise<void>;
}

export async function queueArea(context: AreaContext): Promise<QueueArea> {
  const store = await openStore(context);
  const logs = openLogs(context.now);
  const usage = usageMeter();
  const hold = openHold(context, store, (jobId, { id }, text) => {
    logs.append(store.folderOf(jobId), id, text);
    context.emit('app.notice', { text: `${store.get(jobId).name}: ${id} ${text}`, severity: 'warn', native: true });
  });
  const queue = conductor(context, store, logs, hold, { report: (job) => writeReport(job, store.folderOf(job.jobId), context.profile), tell });
  // Destinations were chosen when their jobs were added: their results may still be looked at.
  for (const { destination, base } of store.all()) for (const folder of [destination, base]) await context.access.choose(folder).catch(() => undefined);

  const summary = (job: StoredJob): Job => {
    const speeds = speedsOf(context.profile);
    return toJob(job, context.now(), (module) => speeds[module] !== undefined);
  };
  const working = () => store.all().find((job) => job.steps.some(({ state }) => state === 'running'));

  function state(): QueueState {
    const jobs = store.all().map(summary);
    const open = jobs.filter((job) => !hasEnded(job));
    const isFair = open.every(({ left_s }) => left_s !== null);
    return { paused: hold.isPaused(), limits: context.limits.now(context.runs.isRecording()), jobs, journalProblem: store.problem(), keepsAwake: context.shell.keepAwake !== undefined, left_s: isFair ? open.reduce((sum, job) => sum + job.left_s!, 0) : null, usage: working() ? usage() : null };
  }

  function tell(job: StoredJob): void {
    context.emit('app.notice', { text: `${job.name}: ${verdictOf(job)}`, severity: job.state === 'done' ? 'ok' : job.state === 'failed' ? 'stop' : 'note', native: true });
  }

  /** Throws JobError while the job is at work. */
  function resting(jobId: string, what: string): StoredJob {
    const job = store.get(jobId);
    if (isAtWork(job)) throw new JobError(`${job.name} is at work and cannot be ${what}.`, { next: 'Cancel it first.' });
    return job;
  }

  function again(jobId: string, steps: (step: StoredJob['steps'][number]) => boolean): QueueState {
    store.change(jobId, (job) => ({ ...changeSteps(job, steps, fresh), state: 'waiting', endedAt: null, problem: null, notBefore: null }));
    context.emit('queue.changed', { jobId });
    queue.wake();
    return state();
  }

  queue.wake(); // a job may have kept its time

  return {
    handlers: {
      'queue.state': state,
      'queue.job'({ jobId }): JobDetails {
        const job = store.get(jobId);
        return { ...summary(job), allSteps: job.steps.map(({ inputJson: _in, outputJson: _out, ...step }) => step), leftOut: job.leftOut, warnings: job.warnings };
      },
      async 'queue.step'({ jobId, stepId }) {
        return (await stepDetails(store.get(jobId), stepId, logs, store.folderOf(jobId))) ?? unknownStep(stepId);
      },
      'step.log'({ jobId, stepId, from_B }) {
        const step = store.get(jobId).steps.find((each) => each.stepId === stepId) ?? unknownStep(stepId);
        return logs.read(store.folderOf(jobId), step.stepId, from_B);
      },
      'report.get': ({ jobId }) => readReport(store.get(jobId), store.folderOf(jobId), context.profile),
      async 'queue.add'({ draftId, when }) {
        const job = await freeze(context, context.drafts.get(draftId), when === 'now' ? null : when);
        await context.profile.set('lastSession', job.session);
        await rememberResults(context.profile, job.destination);
        await store.add(job);
        context.emit('queue.changed', { jobId: job.jobId });
        queue.wake();
        return { jobId: job.jobId };
      },
      'queue.pause'() {
        queue.pause();
        return state();
      },
      'queue.resume'() {
        queue.resume();
        return state();
      },
      async 'queue.cancel'({ jobId, stepId }) {
        await queue.cancel(jobId, stepId);
        return state();
      },
      'queue.retry'({ jobId }) {
        resting(jobId, 'tried again');
        return again(jobId, ({ state: was }) => was !== 'done' && was !== 'skipped');
      },
      async 'queue.runFrom'({ jobId, stepId }) {
        const job = resting(jobId, 'run again');
        const step = job.steps.find((each) => each.stepId === stepId) ?? unknownStep(stepId);
        // Without its record the step counts as not done, and with it all that follows.
        await fs.rm(step.outputJson, { force: true });
        const followers = withFollowers(job, stepId);
        return again(jobId, (each) => followers.has(each.stepId) || (each.state !== 'done' && each.state !== 'skipped'));
      },
      async 'queue.setLimits'(change) {
        await context.limits.set(change);
        hold.look();
        context.emit('settings.changed', {});
        context.emit('queue.changed', { jobId: '' });
        return state();
      },
      async 'queue.remove'({ jobId }) {
        resting(jobId, 'removed');
        await store.remove(jobId);
        context.emit('queue.changed', { jobId });
        return state();
      },
      async 'queue.move'({ jobId, by }) {
        const others = store.all().map(({ jobId: id, state: was }) => ({ id, moves: was === 'waiting' || was === 'interrupted' }));
        const at = others.findIndex(({ id }) => id === resting(jobId, 'moved').jobId);
        const next = by < 0 ? others.slice(0, at).findLastIndex(({ moves }) => moves) : others.findIndex(({ moves }, index) => index > at && moves);
        if (next >= 0) await store.move(jobId, next - at);
        context.emit('queue.changed', { jobId });
        return state();
      },
    },
    busy() {
      const job = working();
      if (!job) return [];
      const { running, counts, steps } = summary(job);
      return [`${job.name}: ${running ?? 'a step'} is running (${counts.done + counts.skipped} of ${steps} steps done)`];
    },
    async close() {
      await queue.close();
      await logs.flush();
      await store.flush();
    },
  };
}

function unknownStep(stepId: string): never {
  throw new InputFileError(stepId, 'this job has no such step');
}
