// The columns of the list of runs.

import { Checkbox } from '@mantine/core';
import type { RunSummary } from '../../../core/service/contract/index.ts';
import { bytes, type Column, duration, FindingMark, ProbeThumb, when } from '../../components/index.ts';
import styles from './Runs.module.css';
import { devicesText, filesText } from './words.ts';

export function runColumns(selected: ReadonlySet<string>, toggle: (runId: string) => void): Column<RunSummary>[] {
  return [
    { key: 'select', title: '', help: 'Selected', width: '40px', cell: (run) => <Checkbox aria-label={`Select ${run.name}`} tabIndex={-1} checked={selected.has(run.runId)} onChange={() => toggle(run.runId)} onClick={(event) => event.stopPropagation()} /> },
    { key: 'name', title: 'Run', width: 'minmax(140px, 1fr)', sortable: true, cell: (run) => <span title={run.path}>{run.name}</span> },
    { key: 'when', title: 'When', width: '136px', sortable: true, help: 'When the first file was made', cell: (run) => when(run.started_at) || '·' },
    { key: 'length', title: 'Length', width: '96px', sortable: true, align: 'right', help: 'Recorded time, all files together', cell: (run) => (run.health ? duration(run.span_s) : '·') },
    { key: 'size', title: 'Size', width: '80px', sortable: true, align: 'right', cell: (run) => (run.health ? bytes(run.bytes_B) : '·') },
    { key: 'files', title: 'Files g:t', width: '100px', sortable: true, help: 'Gate : number of triggers', cell: filesText },
    { key: 'streams', title: 'Streams', width: 'minmax(220px, 1.4fr)', sortable: true, cell: (run) => <Streams run={run} /> },
    { key: 'health', title: 'Health', width: '140px', sortable: true, cell: (run) => <Health run={run} /> },
    { key: 'before', title: 'Before', width: '150px', sortable: true, help: 'What was made of it before', cell: (run) => <Before run={run} /> },
  ];
}

function Streams({ run }: { readonly run: RunSummary }) {
  return (
    <span className={styles.streams}>
      {run.probes.map((probe) => <span key={probe.index} className={styles.probe}><ProbeThumb probe={probe} /> imec{probe.index}</span>)}
      <span>{devicesText(run)}</span>
    </span>
  );
}

export function Health({ run }: { readonly run: RunSummary }) {
  if (!run.health) return <span className="hint">being read</span>;
  const { worst, counts } = run.health;
  return <FindingMark severity={worst} count={worst === 'ok' ? undefined : counts[worst]} />;
}

function Before({ run }: { readonly run: RunSummary }) {
  const latest = new Map<string, string>();
  for (const { tag, at } of run.processed) if ((at ?? '') >= (latest.get(tag) ?? '')) latest.set(tag, at ?? '');
  if (latest.size === 0) return <span className="hint">-</span>;
  const text = [...latest].map(([tag, at]) => `${tag}${at ? ` ${when(at).slice(5, 10)}` : ''}`).join(', ');
  return <span title={run.processed.map((each) => `${each.tag}: ${each.path}`).join('\n')}>{text}</span>;
}
