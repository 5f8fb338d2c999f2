// Jobs that have ended, a line each: verdict, report, what can still be done.

import { Anchor, Button } from '@mantine/core';
import { Link } from 'wouter';
import type { Job } from '../../../core/service/contract/index.ts';
import { Mark, when } from '../../components/index.ts';
import styles from './queue.module.css';
import type { QueueActions } from './useActions.ts';

const marks = { done: 'done', failed: 'failed', cancelled: 'cancelled' } as const;

export function FinishedJobs({ jobs, opened, onOpen, actions }: { readonly jobs: readonly Job[]; readonly opened: string | undefined; readonly onOpen: (jobId: string | null) => void; readonly actions: QueueActions }) {
  return (
    <section aria-label="Finished jobs">
      <h2>Finished</h2>
      <ul className={styles.finished}>
        {jobs.map((job) => (
          <li key={job.jobId}>
            <Mark name={marks[job.state as keyof typeof marks]} />
            <Anchor component={Link} href={`/report/${job.jobId}`}>{job.name}</Anchor>
            <span className={styles.verdict}>{job.verdict}</span>
            <span className="caption">{when(job.endedAt)}</span>
            {job.state !== 'done' && <Button variant="default" onClick={() => actions.send('queue.retry', { jobId: job.jobId })}>{retryLabel(job)}</Button>}
            <Button variant="subtle" aria-expanded={opened === job.jobId} onClick={() => onOpen(opened === job.jobId ? null : job.jobId)}>{opened === job.jobId ? 'Hide steps' : 'Show steps'}</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function retryLabel({ state, counts }: Job): string {
  return state === 'failed' ? `Retry ${Math.max(1, counts.failed)} failed` : 'Go on';
}
