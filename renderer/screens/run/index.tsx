// One run: its files on the true time axis and as CatGT will join them, its health, metas and probes.

import { Button, Tabs } from '@mantine/core';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { FindingAction, RunDetails, RunTimeline } from '../../../core/service/contract/index.ts';
import { useAsk } from '../../api/index.ts';
import type { ScreenProps } from '../../app/screens.ts';
import { counted, duration, fileFacts, type FileKey, Findings, Notation, Page, Problem, Timeline, type TimeView, useViewState, Waiting } from '../../components/index.ts';
import { useSetUp } from '../runs/useSetUp.ts';
import { isSorted, resultsRoute, runNotation } from '../runs/words.ts';
import { Files } from './Files.tsx';
import { Lines } from './Lines.tsx';
import { MetaTab } from './MetaTab.tsx';
import { Probes } from './Probes.tsx';
import styles from './Run.module.css';

const initial = { tab: 'files', t: '', file: '' };

export default function RunScreen({ params }: ScreenProps) {
  const runId = params['runId'] ?? '';
  const { data: run, error } = useAsk('run.get', { runId }, { keep: true });
  const { data: timeline, error: noTimeline } = useAsk('run.timeline', { runId }, { keep: true });
  const crumbs = [{ label: 'Runs', route: '/runs' }];
  if (error) return <Page title="Run" crumbs={crumbs}><Problem error={error} actions={<Button variant="default" component={Link} href="/runs">Go to Runs</Button>} /></Page>;
  if (!run) return <Page title="Run" crumbs={crumbs}><Waiting what="the run" /></Page>;
  return <Run run={run} timeline={timeline} timelineProblem={noTimeline} />;
}

function Run({ run, timeline, timelineProblem }: { readonly run: RunDetails; readonly timeline: RunTimeline | undefined; readonly timelineProblem: Error | null }) {
  const [, go] = useLocation();
  const [view, setView] = useViewState(initial);
  const [time, setTime] = useState<TimeView | null>(() => readTime(view.t));
  const { setUp, setUpAs, error, isSettingUp } = useSetUp();
  const { summary } = run;
  const focused = readFile(view.file);
  const open = ({ stream, gate, trigger }: FileKey) => go(tracesRoute(summary.runId, stream, gate, trigger));
  const look = (next: TimeView | null) => {
    setTime(next);
    setView({ t: next ? `${next.from_s.toFixed(4)},${next.to_s.toFixed(4)}` : '' });
  };
  return (
    <Page title={summary.name} crumbs={[{ label: 'Runs', route: '/runs' }]} fill notation={<Notation text={runNotation(summary)} />} secondary={isSorted(summary) && <Button variant="default" component={Link} href={resultsRoute(summary)}>Review results</Button>} primary={{ label: 'Set up this run', onPress: () => setUp([summary]), busy: isSettingUp !== null, reason: summary.gates.length === 0 ? 'It has no files.' : undefined }}>
      <div className={styles.screen}>
        <p className="muted">{headline(run)}</p>
        {error && <Problem error={error} />}
        <Findings findings={summary.findings.filter(({ severity }) => severity === 'stop')} onPatch={(action) => setUpAs(summary, action)} />
        <section className={styles.panel} aria-label="Timeline">
          {timelineProblem && <Problem error={timelineProblem} />}
          {timeline && (
            <>
              <div className={styles.tools}>
                <span className="caption">{joinText(timeline)}</span>
                <span className={styles.space} />
                <span className="hint">wheel, + and - zoom, f fits, Shift with arrows moves</span>
                <Button variant="default" onClick={() => look(null)} disabled={time === null}>Fit</Button>
              </div>
              <Timeline timeline={timeline} label={`Files of ${summary.name} over time`} view={time} onView={look} focused={focused} onFocus={(file) => setView({ file: fileText(file) })} onOpen={open} />
              <FocusedFile timeline={timeline} focused={focused} onOpen={open} />
            </>
          )}
        </section>
        <Tabs value={view.tab} onChange={(tab) => setView({ tab: tab ?? 'files' })} className={styles.tabs}>
          <Tabs.List>
            <Tabs.Tab value="files">Files ({run.files.length})</Tabs.Tab>
            <Tabs.Tab value="health">Health ({healthText(run)})</Tabs.Tab>
            <Tabs.Tab value="meta">Meta</Tabs.Tab>
            <Tabs.Tab value="probes">Probes ({summary.probes.length})</Tabs.Tab>
            <Tabs.Tab value="lines">Lines</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="files" className={styles.tab}>{timeline && <Files run={run} timeline={timeline} focused={focused} onFocus={(file) => setView({ file: fileText(file) })} onOpen={open} />}</Tabs.Panel>
          <Tabs.Panel value="health" className={styles.tab}><Health run={run} onPatch={(action) => setUpAs(summary, action)} /></Tabs.Panel>
          <Tabs.Panel value="meta" className={styles.tab}><MetaTab run={run} focused={focused} onFocus={(file) => setView({ file: fileText(file) })} /></Tabs.Panel>
          <Tabs.Panel value="probes" className={styles.tab}><Probes run={run} /></Tabs.Panel>
          <Tabs.Panel value="lines" className={styles.tab}>{view.tab === 'lines' && <Lines run={run} />}</Tabs.Panel>
        </Tabs>
      </div>
    </Page>
  );
}

function FocusedFile({ timeline, focused, onOpen }: { readonly timeline: RunTimeline; readonly focused: FileKey | null; readonly onOpen: (file: FileKey) => void }) {
  const row = timeline.rows.find(({ stream }) => stream === focused?.stream);
  const file = row?.files.find(({ gate, trigger }) => gate === focused?.gate && trigger === focused.trigger);
  if (!row || !file || !focused) return <p className="hint">Choose a bar to read its figures.</p>;
  return (
    <div className={styles.tools} role="status">
      <strong>g{file.gate} t{file.trigger} {row.stream}</strong>
      <span>{fileFacts(row, file)}</span>
      <span className={styles.space} />
      {file.outcome !== 'missing' && <Button variant="default" onClick={() => onOpen(focused)}>Open in traces</Button>}
    </div>
  );
}

function Health({ run, onPatch }: { readonly run: RunDetails; readonly onPatch: (action: FindingAction) => void }) {
  const flagged = run.files.filter((file) => file.errors.length > 0);
  if (run.summary.health === null) return <p className="muted">Its metas are being read.</p>;
  return (
    <div className={styles.health}>
      {run.summary.findings.length === 0 && <p>✔ Nothing to remark.</p>}
      <Findings findings={run.summary.findings} onPatch={onPatch} />
      {flagged.length > 0 && <h3>Error flags in the metas</h3>}
      <ul>{flagged.map((file) => <li key={file.path}>{file.stream} g{file.gate} t{file.trigger}: {file.errors.join('; ')}</li>)}</ul>
    </div>
  );
}

function headline({ summary, files, sync, software }: RunDetails): string {
  const most = Math.max(0, ...summary.streams.map(({ key }) => files.filter((file) => file.stream === key).length));
  const syncText = sync.source === 'none' ? 'no sync' : `sync ${sync.period_s === null ? '' : `${sync.period_s} s `}from ${sync.source}`;
  return [software, counted(summary.gates.length, 'gate'), `${counted(most, 'file')} a stream`, syncText, duration(summary.span_s), summary.path].filter((part) => part !== '').join(' · ');
}

/** 4 files joined, 2 fills, 1 overlap, 0 dropped: 1 h 02 min. */
function joinText({ outputs, joined_s }: RunTimeline): string {
  const sum = (key: 'files' | 'fills' | 'overlaps' | 'dropped') => outputs.reduce((total, output) => total + output[key], 0);
  return `All joined: ${counted(sum('files'), 'file')}, ${counted(sum('fills'), 'fill')}, ${counted(sum('overlaps'), 'overlap')}, ${sum('dropped')} dropped; ${duration(joined_s)}`;
}

function healthText({ summary: { health } }: RunDetails): string {
  if (!health) return 'being read';
  const parts = (['stop', 'warn', 'note'] as const).filter((severity) => health.counts[severity] > 0).map((severity) => counted(health.counts[severity], severity === 'warn' ? 'warning' : severity));
  return parts.length === 0 ? 'fine' : parts.join(', ');
}

function tracesRoute(runId: string, stream: string, gate: number, trigger: number): string {
  return `/traces/${runId}?${new URLSearchParams({ stream, g: String(gate), t: String(trigger) }).toString()}`;
}

function readTime(text: string): TimeView | null {
  const [from_s, to_s] = text.split(',').map(Number);
  return Number.isFinite(from_s) && to_s > from_s ? { from_s, to_s } : null;
}

const fileText = ({ stream, gate, trigger }: FileKey) => `${stream},${gate},${trigger}`;

function readFile(text: string): FileKey | null {
  const [stream, gate, trigger] = text.split(',');
  return trigger === undefined ? null : { stream, gate: Number(gate), trigger: Number(trigger) };
}
