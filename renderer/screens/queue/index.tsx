// Work that runs or waits: a matrix per job, the panel of the focused step, finished jobs folded to a line.

import { Button, Modal } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import type { Job, QueueState } from '../../../core/service/contract/index.ts';
import type { ScreenProps } from '../../app/screens.ts';
import { useAsk, useKept } from '../../api/index.ts';
import { bytes, counted, Empty, LimitsButton, Page, Problem, Waiting } from '../../components/index.ts';
import type { Primary } from '../../components/Page.tsx';
import { Announcer } from './Announcer.tsx';
import { FinishedJobs, retryLabel } from './FinishedJobs.tsx';
import { cancelQuestion, JobCard } from './JobCard.tsx';
import styles from './queue.module.css';
import { StepPanel } from './StepPanel.tsx';
import { type QueueActions, useActions } from './useActions.ts';
import { useQueueKeys } from './useQueueKeys.ts';
import { isAtWork, isFinished, journalLine, queueHead, tabTitle } from './words.ts';

export default function QueueScreen({ params }: ScreenProps) {
  const [, go] = useLocation();
  const { data: state, error } = useAsk('queue.state', {});
  const actions = useActions();
  const panel = useRef<HTMLElement>(null);
  const [failedFirst, setFailedFirst] = useKept('queue.failedFirst', false);
  const route = { jobId: params.jobId && decodeURIComponent(params.jobId), stepId: params.stepId && decodeURIComponent(params.stepId) };
  const jobs = state?.jobs ?? [];
  const job = jobs.find(({ jobId }) => jobId === route.jobId) ?? jobs.find(isAtWork) ?? jobs.find((each) => !isFinished(each));
  const stepId = route.stepId ?? (job?.jobId === route.jobId || !route.jobId ? job?.running : null) ?? null;
  const show = (jobId: string | null, step: string | null = null) => go(['/queue', jobId, step].filter((part) => part !== null).map((part, index) => (index === 0 ? part : encodeURIComponent(part))).join('/'), { replace: true });
  const primary = state && primaryOf(state, actions);
  const title = state ? tabTitle(state) : 'Queue';
  useEffect(() => {
    document.title = `${title} - Aftergate`;
  }, [title]);
  useQueueKeys({
    pause: () => actions.send(state?.paused || jobs.some((each) => each.state === 'interrupted') ? 'queue.resume' : 'queue.pause', {}),
    retry: () => { if (job && isFinished(job)) actions.send('queue.retry', { jobId: job.jobId }); },
    cancel: () => { if (job && !isFinished(job)) actions.confirm(cancelQuestion(job, actions)); },
    log: () => panel.current?.querySelector<HTMLElement>('pre')?.focus(),
    failedFirst: () => setFailedFirst(!failedFirst),
    move: (by) => { if (job && !isAtWork(job)) actions.send('queue.move', { jobId: job.jobId, by }); },
  });
  const open = jobs.filter((each) => !isFinished(each));
  const finished = jobs.filter(isFinished).sort((a, b) => ((a.endedAt ?? '') < (b.endedAt ?? '') ? 1 : -1));
  const opened = finished.find(({ jobId }) => jobId === route.jobId);
  const running = open.find(({ state: each }) => each === 'running')?.running;
  const movable = open.filter((each) => !isAtWork(each));
  const card = (each: Job) => {
    const place = movable.indexOf(each);
    return (
      <JobCard key={each.jobId} job={each} active={each === job ? stepId : null} actions={actions} canMove={{ up: place > 0, down: place >= 0 && place < movable.length - 1 }}
        failedFirst={failedFirst} onFailedFirst={() => setFailedFirst(!failedFirst)} onActive={(step) => show(each.jobId, step)} onOpen={() => panel.current?.focus()} />
    );
  };
  return (
    <Page title="Queue" fill primary={primary} notation={job && <code title={job.sessionFile}>aftergate run "{job.sessionFile}" --resume</code>}
      secondary={<>{running && !state?.paused && <Button variant="default" onClick={() => actions.send('queue.pause', {})}>Pause after step</Button>}<LimitsButton /></>}>
      {error && <Problem error={error} />}
      {!state && !error && <Waiting what="the queue" />}
      {state && (
        <div className={styles.screen} data-panel={(job && stepId !== null) || undefined}>
          <div className={styles.jobs}>
            <Announcer state={state} />
            {jobs.length === 0 && <Empty action={<Button onClick={() => go('/session')}>Set up a session</Button>}>Nothing runs and nothing waits. A session that is run shows its steps here.</Empty>}
            {jobs.length > 0 && <p className="muted">{[queueHead(state, new Date()), state.usage && `${bytes(state.usage.mem_B)} of memory`, state.usage?.cpu_pct && `${(state.usage.cpu_pct / 100).toFixed(1)} cores`].filter((part) => part).join(' · ')}</p>}
            {jobs.length > 0 && <p className={state.journalProblem === null ? 'caption' : styles.problem}>{journalLine(state)}</p>}
            {state.paused && <p>‖ The queue is paused: {running ? `${running} ends first, then nothing begins until it is resumed.` : 'nothing begins until it is resumed.'}</p>}
            {actions.error && <Problem error={actions.error} />}
            {open.map(card)}
            {finished.length > 0 && <FinishedJobs jobs={finished} opened={opened?.jobId} onOpen={(jobId) => show(jobId)} actions={actions} />}
            {opened && card(opened)}
          </div>
          {job && stepId !== null && <StepPanel key={`${job.jobId} ${stepId}`} job={job} stepId={stepId} actions={actions} panel={panel} />}
        </div>
      )}
      <Ask actions={actions} />
    </Page>
  );
}

function Ask({ actions: { question, dismiss } }: { readonly actions: QueueActions }) {
  return (
    <Modal opened={question !== null} onClose={dismiss} title={question?.title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <p>{question?.text}</p>
      <div className={styles.choices}>
        <Button variant="default" onClick={dismiss}>Leave it</Button>
        <Button color="var(--danger)" c="var(--on-primary)" onClick={() => { dismiss(); question?.act(); }} data-autofocus>{question?.label}</Button>
      </div>
    </Modal>
  );
}

function primaryOf({ paused, jobs }: QueueState, { send }: QueueActions): Primary | undefined {
  const interrupted = jobs.filter(({ state }) => state === 'interrupted');
  if (paused) return { label: 'Resume the queue', onPress: () => send('queue.resume', {}) };
  if (interrupted.length > 0) return { label: `Resume ${counted(interrupted.length, 'interrupted job')}`, onPress: () => send('queue.resume', {}) };
  const failed = jobs.findLast(({ state }) => state === 'failed');
  if (failed && !jobs.some(isAtWork)) return { label: retryLabel(failed), onPress: () => send('queue.retry', { jobId: failed.jobId }) };
  return undefined;
}
