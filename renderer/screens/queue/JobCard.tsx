// A job that waits or works: its head with counts, bar and time left, and the matrix of its steps.

import { Button, Progress } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Job } from '../../../core/service/contract/index.ts';
import { useAsk } from '../../api/index.ts';
import { Mark, Problem, Waiting, when } from '../../components/index.ts';
import { JobMatrix } from './JobMatrix.tsx';
import { matrixOf } from './matrix.ts';
import styles from './queue.module.css';
import type { QueueActions } from './useActions.ts';
import { isAtWork, isFinished, percent, rough, stateWords, stopCost } from './words.ts';

interface JobCardProps {
  readonly job: Job;
  readonly active: string | null;
  readonly canMove: { readonly up: boolean; readonly down: boolean };
  readonly actions: QueueActions;
  /** Runs with failures stand above the others. */
  readonly failedFirst: boolean;
  readonly onFailedFirst: () => void;
  readonly onActive: (stepId: string) => void;
  readonly onOpen: () => void;
}

export function JobCard({ job, active, canMove, actions, failedFirst, onFailedFirst, onActive, onOpen }: JobCardProps) {
  const { jobId, name, counts, fraction, left_s } = job;
  const [opened, setOpened] = useState(false);
  const isFolded = !opened && active === null && !isFinished(job) && job.startedAt === null;
  const { data, error } = useAsk('queue.job', { jobId }, { keep: true, enabled: !isFolded });
  const matrix = useMemo(() => data && matrixOf(data, failedFirst), [data, failedFirst]);
  const hasOrder = matrix && matrix.rows.filter(({ isRun }) => isRun).length > 1 && counts.failed + counts.blocked + (data?.leftOut.length ?? 0) > 0;
  return (
    <section className={styles.job} aria-label={name}>
      <div className={styles.head}>
        <h2>{name}</h2>
        <span className="muted">{situation(job)}</span>
        <span className={styles.counts}>
          {(['done', 'skipped', 'running', 'paused', 'waiting', 'failed', 'blocked', 'cancelled'] as const).filter((state) => counts[state] > 0).map((state) => (
            <span key={state}><Mark name={state} word={stateWords[state]} short /> {counts[state]}</span>
          ))}
        </span>
        <span className={styles.space} />
        {isFolded && <Button variant="subtle" aria-label={`Show steps of ${name}`} onClick={() => setOpened(true)}>Show steps</Button>}
        {hasOrder && <Button variant="subtle" onClick={onFailedFirst}>{failedFirst ? 'In order' : 'Failed first'}</Button>}
        {canMove.up && <Button variant="subtle" aria-label={`Move ${name} up`} onClick={() => actions.send('queue.move', { jobId, by: -1 })}>Up</Button>}
        {canMove.down && <Button variant="subtle" aria-label={`Move ${name} down`} onClick={() => actions.send('queue.move', { jobId, by: 1 })}>Down</Button>}
        {isFinished(job) && <Button variant="default" onClick={() => actions.send('queue.remove', { jobId })}>Remove from list</Button>}
        {!isFinished(job) && <Button variant="default" onClick={() => actions.confirm(cancelQuestion(job, actions))}>Cancel job</Button>}
      </div>
      {isAtWork(job) && (
        <div className={styles.bar}>
          <Progress value={fraction * 100} aria-label={`${name}: ${percent(fraction)}`} className={styles.progress} />
          <span>{percent(fraction)}{left_s === null ? '' : `, about ${rough(left_s)} left`}</span>
        </div>
      )}
      {job.waitsFor && <p><Mark name="warn" word="waits" short /> {name} {job.waitsFor.text}. <span className="muted">{job.waitsFor.next}</span></p>}
      {job.problem && <Problem error={{ text: job.problem.text, next: job.problem.next ?? undefined }} />}
      {data?.warnings.map((warning) => <p key={warning}><Mark name="warn" word="warning" short /> {warning}</p>)}
      {error && <Problem error={error} />}
      {!isFolded && !matrix && !error && <Waiting what="steps" />}
      {!isFolded && matrix && <JobMatrix name={name} matrix={matrix} active={active} onActive={onActive} onOpen={onOpen} onRetry={isFinished(job) ? () => actions.send('queue.retry', { jobId }) : undefined} />}
    </section>
  );
}

export function cancelQuestion({ jobId, name, lost_s, running }: Job, actions: QueueActions) {
  return { title: `Cancel ${name}?`, text: running ? stopCost(lost_s) : 'No step is at work: nothing is lost, finished steps stay.', label: 'Cancel job', act: () => actions.send('queue.cancel', { jobId }) };
}

function situation({ state, startedAt, notBefore, steps, waitsFor }: Job): string {
  switch (state) {
    case 'running': return `started ${when(startedAt)}`;
    case 'paused': return waitsFor ? 'waits for room on the drive' : 'paused between two steps';
    case 'interrupted': return startedAt ? 'interrupted when the program ended; finished steps are kept' : notBefore ? `${steps} steps, was to start at ${when(notBefore)}, when the program was not running; Resume starts it` : `${steps} steps, was waiting when the program ended`;
    case 'waiting': return notBefore ? `${steps} steps, not before ${when(notBefore)}` : `${steps} steps, starts when its turn comes`;
    default: return '';
  }
}
