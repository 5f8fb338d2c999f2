// How a job ended, in plain words: a sentence per probe, what failed and what to do, time, files, methods.

import { Button, Tabs } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Link, useLocation } from 'wouter';
import { moduleWord, type Report, type ReportProbe } from '../../../core/service/contract/index.ts';
import type { ScreenProps } from '../../app/screens.ts';
import { call, useAsk, useCommand } from '../../api/index.ts';
import { bytes, counted, duration, Mark, Page, Problem, Waiting, when } from '../../components/index.ts';
import type { Primary } from '../../components/Page.tsx';
import { resultIdOf } from '../../components/folderId.ts';
import styles from './report.module.css';

export default function ReportScreen({ params }: ScreenProps) {
  const jobId = params.jobId ?? '';
  const [, go] = useLocation();
  const { data: report, error } = useAsk('report.get', { jobId });
  const retry = useCommand('queue.retry');
  const again = () => retry.mutate({ jobId }, { onSuccess: () => go(`/queue/${jobId}`) });
  const done = report?.probes.filter(({ state }) => state === 'done').length ?? 0;
  const failed = report ? Math.max(report.state === 'failed' ? 1 : 0, report.failures.length) : 0;
  const review: Primary = { label: `Review ${counted(done, 'probe')}`, onPress: () => go('/review') };
  const primary = done > 0 ? review : failed > 0 ? { label: `Retry ${failed} failed`, onPress: again, busy: retry.isPending } : undefined;
  return (
    <Page title={report?.name ?? 'Report'} fill crumbs={[{ label: 'Queue', route: '/queue' }]} primary={primary}
      secondary={report && <><Button variant="default" onClick={() => go(`/queue/${jobId}`)}>Show steps</Button>{done > 0 && failed > 0 && <Button variant="default" onClick={again} loading={retry.isPending}>Retry {failed} failed</Button>}</>}>
      <div className={styles.screen}>
        {(error ?? retry.error) && <Problem error={(error ?? retry.error)!} />}
        {!report && !error && <Waiting what="the report" />}
        {report && <Content report={report} onRetry={again} />}
      </div>
    </Page>
  );
}

function Content({ report, onRetry }: { readonly report: Report; readonly onRetry: () => void }) {
  const done = report.steps?.filter(({ state }) => state === 'done');
  const { verdict, startedAt, endedAt, probes, failures, findings, skipped, folders, files, methods } = report;
  // What a probe's sentence has said already is not said twice.
  const others = failures.filter(({ text }) => !probes.some(({ sentence }) => sentence.includes(text)));
  const took = startedAt && endedAt ? (Date.parse(endedAt) - Date.parse(startedAt)) / 1000 : null;
  return (
    <>
      <p className={styles.verdict}>{[verdict, endedAt ? `ended ${when(endedAt)}` : 'not ended yet', took === null ? null : `after ${duration(took)}`].filter((part) => part !== null).join(' · ')}</p>
      <ul className={styles.probes} aria-label="Probes">{probes.map((probe) => <Probe key={probe.what} probe={probe} onRetry={onRetry} />)}</ul>
      {others.length > 0 && (
        <section aria-label="What failed">
          <h2>What failed</h2>
          <ul className={styles.list}>{others.map(({ what, text, next }) => <li key={`${what} ${text}`}><Mark name="failed" short /> <strong>{what}</strong> {text}{next && <span className="muted"> Next: {next}</span>}</li>)}</ul>
        </section>
      )}
      <Tabs defaultValue="done" classNames={{ root: styles.tabs, panel: styles.panel }}>
        <Tabs.List>
          <Tabs.Tab value="done">Done{done ? ` (${done.length})` : ''}</Tabs.Tab>
          <Tabs.Tab value="skipped">Skipped ({skipped.length})</Tabs.Tab>
          <Tabs.Tab value="findings">Findings ({findings.length})</Tabs.Tab>
          <Tabs.Tab value="time">Time and disk</Tabs.Tab>
          <Tabs.Tab value="files">Files</Tabs.Tab>
          <Tabs.Tab value="methods">Methods text</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="done" pt="sm" tabIndex={0}><DoneTable steps={done} /></Tabs.Panel>
        <Tabs.Panel value="time" pt="sm" tabIndex={0}><TimeTable report={report} /></Tabs.Panel>
        <Tabs.Panel value="findings" pt="sm" tabIndex={0}>{findings.length === 0 ? <p className="muted">Nothing was noticed.</p> : <ul className={styles.list}>{findings.map(({ what, text }) => <li key={`${what} ${text}`}><Mark name="warn" word="warning" short /> <strong>{what}</strong> {text}</li>)}</ul>}</Tabs.Panel>
        <Tabs.Panel value="skipped" pt="sm" tabIndex={0}>{skipped.length === 0 ? <p className="muted">Every step was carried out.</p> : <ul className={styles.list}>{skipped.map((step) => <li key={step}><Mark name="skipped" word="skipped, still valid" short /> {step}</li>)}</ul>}</Tabs.Panel>
        <Tabs.Panel value="files" pt="sm" tabIndex={0}><Files folders={folders} files={files} /></Tabs.Panel>
        <Tabs.Panel value="methods" pt="sm" tabIndex={0}>{methods === '' ? <p className="muted">Nothing was done that could be described.</p> : <><p>{methods}</p><Button variant="default" mt="sm" onClick={() => void copy(methods)}>Copy</Button></>}</Tabs.Panel>
      </Tabs>
    </>
  );
}

function Probe({ probe: { what, state, sentence, unusual, next, folder }, onRetry }: { readonly probe: ReportProbe; readonly onRetry: () => void }) {
  return <li data-state={state}><span className={styles.mark}><Mark name={state} />{unusual.length > 0 && <><br /><Mark name="unusual" /></>}</span><span>{sentence}{next && <span className="muted"> Next: {next}</span>}</span><span className={styles.space} />
    {state === 'done' && folder !== null && <Button component={Link} href={`/review/${resultIdOf(folder)}/units`} variant="default" aria-label={`Review ${what}`}>Review</Button>}
    {state === 'failed' && <Button variant="default" aria-label={`Retry ${what}`} onClick={onRetry}>Retry</Button>}
  </li>;
}

function DoneTable({ steps }: { readonly steps: Report['steps'] | undefined }) {
  if (!steps) return <p className="muted">This report is of an earlier version and does not list them. Show steps does.</p>;
  if (steps.length === 0) return <p className="muted">No step was carried out.</p>;
  return (
    <table className={styles.table}>
      <thead><tr><th scope="col">step</th><th scope="col">took</th><th scope="col">written</th></tr></thead>
      <tbody>{steps.map(({ stepId, took_s, bytes_B }) => <tr key={stepId}><th scope="row">{stepId}</th><td>{took_s === null ? '' : duration(took_s)}</td><td>{bytes_B > 0 ? bytes(bytes_B) : ''}</td></tr>)}</tbody>
    </table>
  );
}

function TimeTable({ report: { time, disk } }: { readonly report: Report }) {
  return (
    <table className={styles.table}>
      <thead><tr><th scope="col">step</th><th scope="col">planned</th><th scope="col">took</th><th scope="col">planned size</th><th scope="col">written</th></tr></thead>
      <tbody>
        {time.modules.map(({ module, planned_s, actual_s }) => (
          <tr key={module}><th scope="row">{moduleWord(module)}</th><td>{duration(planned_s)}</td><td>{duration(actual_s)}</td><td>{sizeOf(disk.modules.find((each) => each.module === module)?.planned_B ?? null)}</td><td>{bytes(disk.modules.find((each) => each.module === module)?.actual_B ?? 0)}</td></tr>
        ))}
        <tr><th scope="row">all</th><td>{duration(time.planned_s)}</td><td>{duration(time.actual_s)}</td><td>{sizeOf(disk.planned_B)}</td><td>{bytes(disk.actual_B)}</td></tr>
      </tbody>
    </table>
  );
}

/** Jobs of before planned no sizes. */
const sizeOf = (planned_B: number | null) => (planned_B === null ? '·' : bytes(planned_B));

function Files({ folders, files }: Pick<Report, 'folders' | 'files'>) {
  const info = useAsk('app.info', {});
  return (
    <ul className={styles.list}>
      {[...folders, ...files].map((file) => (
        <li key={file} className={styles.file}>
          <code>{file}</code>
          <Button variant="subtle" aria-label={`Copy ${file}`} onClick={() => void copy(file)}>Copy</Button>
          {info.data?.canReveal && <Button variant="subtle" aria-label={`Open ${file}`} onClick={() => void call('folders.reveal', { path: file })}>Open folder</Button>}
        </li>
      ))}
    </ul>
  );
}

async function copy(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  notifications.show({ message: 'Copied.' });
}
