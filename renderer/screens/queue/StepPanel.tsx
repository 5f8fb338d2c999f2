// Everything about the focused step: how far it is, its log, the JSON it runs on, its command line, what it wrote.

import { Button, Tabs } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { RefObject } from 'react';
import type { Job, StepDetails } from '../../../core/service/contract/index.ts';
import { call, useAsk } from '../../api/index.ts';
import { bytes, Mark, Problem, Waiting, when } from '../../components/index.ts';
import { StepLog } from './StepLog.tsx';
import styles from './StepPanel.module.css';
import type { QueueActions } from './useActions.ts';
import { isAtWork, stateWords, stepFigures, stepName, stopCost } from './words.ts';

interface StepPanelProps {
  readonly job: Job;
  readonly stepId: string;
  readonly actions: QueueActions;
  readonly panel: RefObject<HTMLElement | null>;
}

export function StepPanel({ job, stepId, actions, panel }: StepPanelProps) {
  const { data, error } = useAsk('queue.step', { jobId: job.jobId, stepId }, { keep: true });
  const info = useAsk('app.info', {});
  if (error) return <Problem error={error} />;
  if (!data) return <Waiting what="the step" />;
  const { step, folder } = data;
  const isEnded = step.state === 'done' || step.state === 'skipped';
  return (
    <section ref={panel} tabIndex={-1} className={styles.panel} aria-label={`Step ${stepName(step)}`}>
      <div className={styles.head}>
        <h2>{stepName(step)}</h2>
        <Mark name={step.state} word={stateWords[step.state]} />
        <span className="muted">{stepFigures(step)}</span>
        <span className={styles.space} />
        {step.state === 'running' && <Button variant="default" onClick={() => actions.confirm({ title: `Stop ${stepName(step)}?`, text: `${stopCost(job.lost_s)} What needs this step is cancelled, all else goes on.`, label: 'Stop this step', act: () => actions.send('queue.cancel', { jobId: job.jobId, stepId }) })}>Stop this step</Button>}
        {!isAtWork(job) && isEnded && <Button variant="default" onClick={() => actions.confirm({ title: `Run again from ${stepName(step)}?`, text: 'This step and all that follows from it are done again; their results are replaced.', label: 'Run again from here', act: () => actions.send('queue.runFrom', { jobId: job.jobId, stepId }) })}>Run again from here</Button>}
        {!isAtWork(job) && !isEnded && job.state !== 'waiting' && <Button variant="default" onClick={() => actions.send('queue.retry', { jobId: job.jobId })}>Retry</Button>}
        {folder && info.data?.canReveal && <Button variant="default" onClick={() => void call('folders.reveal', { path: folder })}>Open folder</Button>}
      </div>
      {step.message && <p className={step.state === 'failed' ? styles.failed : 'muted'}>{step.message}{step.next && <span className="muted"> {step.next}</span>}</p>}
      <Tabs defaultValue="log" className={styles.tabs}>
        <Tabs.List>
          <Tabs.Tab value="log">Log</Tabs.Tab>
          <Tabs.Tab value="input">Input JSON</Tabs.Tab>
          <Tabs.Tab value="command">Command</Tabs.Tab>
          <Tabs.Tab value="outputs">Outputs ({data.outputs.length})</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="log" className={styles.body}><StepLog jobId={job.jobId} stepId={stepId} state={step.state} /></Tabs.Panel>
        <Tabs.Panel value="input" className={styles.body}><Text path={data.inputJson} text={data.input && JSON.stringify(data.input, null, 2)} none="It is written when the job begins." label="Input JSON" /></Tabs.Panel>
        <Tabs.Panel value="command" className={styles.body}><Text path={null} text={data.command} none={isEnded ? 'This module calls no tool with a command line.' : 'Known once the step has begun.'} label="Command line" /></Tabs.Panel>
        <Tabs.Panel value="outputs" className={styles.body}><Outputs data={data} /></Tabs.Panel>
      </Tabs>
    </section>
  );
}

function Text({ path, text, none, label }: { readonly path: string | null; readonly text: string | null; readonly none: string; readonly label: string }) {
  const copy = async () => {
    await navigator.clipboard.writeText(text ?? '');
    notifications.show({ message: 'Copied.' });
  };
  return (
    <div className={styles.part}>
      <div className={styles.tools}>{path && <code className={styles.path} title={path}>{path}</code>}{text !== null && <Button variant="default" onClick={() => void copy()}>Copy</Button>}</div>
      <pre className={styles.text} tabIndex={0} aria-label={label}>{text ?? none}</pre>
    </div>
  );
}

function Outputs({ data: { outputs, warnings, outputJson, step } }: { readonly data: StepDetails }) {
  return (
    <div className={styles.part}>
      {warnings.map((warning) => <p key={warning}><Mark name="warn" word="warning" short /> {warning}</p>)}
      {outputs.length === 0
        ? <p className="muted">Nothing is written yet. What the module reports will stand in {outputJson}</p>
        : (
          <div className={styles.scroll} tabIndex={0} role="region" aria-label="Output files">
            <table className={styles.files}>
              <thead><tr><th scope="col">file</th><th scope="col">size</th></tr></thead>
              <tbody>{outputs.map((file) => <tr key={file.path}><td><code>{file.path}</code></td><td>{bytes(file.bytes_B)}</td></tr>)}</tbody>
            </table>
          </div>
        )}
      {step.startedAt && <p className="caption">Began {when(step.startedAt)}. Record: {outputJson}</p>}
    </div>
  );
}
