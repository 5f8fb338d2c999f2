// Results: sorted folders beside the known runs, and any other that is opened. A folder is recognised, not configured.

import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { probeTitle, type ResultSummary } from '../../../core/service/contract/index.ts';
import { useAsk, useCommand } from '../../api/index.ts';
import { type Column, counted, DataTable, Empty, FolderDialog, Page, Problem, significant, useViewState, Waiting, when } from '../../components/index.ts';
import styles from './results.module.css';

const initialView = { f: '', sel: '' };
const readOnly = 'This folder is read-only: labels go to your profile.';

const columns: readonly Column<ResultSummary>[] = [
  { key: 'run', title: 'Run', width: 'minmax(160px, 1fr)', cell: ({ run }) => <code>{run}</code> },
  { key: 'probe', title: 'Probe', width: '120px', cell: ({ probe }) => (probe === null ? '' : probeTitle(probe)) },
  { key: 'tag', title: 'Sorter', width: '90px', cell: ({ tag }) => tag },
  { key: 'at', title: 'When', width: '140px', cell: ({ at }) => when(at) },
  { key: 'units', title: 'Units', width: '80px', align: 'right', cell: ({ units }) => units },
  { key: 'spikes', title: 'Spikes', width: '100px', align: 'right', cell: ({ spikes }) => significant(spikes, 12) },
  { key: 'good', title: 'Good', width: '70px', align: 'right', cell: ({ labels }) => labels['good'] ?? 0 },
  { key: 'labels', title: 'Other labels', width: 'minmax(180px, 1fr)', cell: ({ labels }) => Object.entries(labels).filter(([label]) => label !== 'good').map(([label, count]) => `${count} ${label}`).join(', ') },
  { key: 'missing', title: 'Missing', width: 'minmax(200px, 2fr)', cell: ({ missing, writable }) => [...(writable ? [] : [readOnly]), ...missing.map(({ effect }) => effect)].join(' ') },
];

export default function ResultsScreen() {
  const [, go] = useLocation();
  const [view, setView] = useViewState(initialView);
  const [choosing, setChoosing] = useState(false);
  const { data: results, error, refetch } = useAsk('results.list', {});
  const open = useCommand('results.open');
  const words = view.f.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = (results ?? []).filter((result) => words.every((word) => `${result.path} ${result.tag}`.toLowerCase().includes(word)));
  const active = shown.find(({ resultId }) => resultId === view.sel) ?? shown[0];
  const review = (resultId: string) => go(`/review/${resultId}/units`);

  return (
    <Page
      title="Review"
      fill
      notation={active && <code title={active.path}>{active.path}</code>}
      secondary={active && <Button variant="default" onClick={() => go(`/review/${active.resultId}/traces`)}>Traces</Button>}
      primary={active && { label: `Review ${active.run}${active.probe === null ? '' : ` ${probeTitle(active.probe)}`}`, onPress: () => review(active.resultId) }}
    >
      <div className={styles.screen}>
        <div className={styles.row}>
          <TextInput aria-label="Filter" placeholder="filter" value={view.f} onChange={(event) => setView({ f: event.currentTarget.value })} />
          <span className="caption">{results && `${counted(shown.length, 'result')}${shown.length === results.length ? '' : ` of ${results.length}`}`}</span>
          <Button variant="default" onClick={() => setChoosing(true)}>Open a folder</Button>
        </div>
        <FolderDialog opened={choosing} title="Open results" action="Open folder" onClose={() => setChoosing(false)}
          onChoose={(path) => { setChoosing(false); open.mutate({ path }, { onSuccess: ([first]) => setView({ sel: first.resultId }) }); }} />
        {open.error && <Problem error={open.error} />}
        {error ? <Problem error={error} onRetry={() => void refetch()} />
          : !results ? <Waiting what="results" />
            : results.length === 0 ? <Empty>No results yet. They appear here when a session has run; results of other programs are opened as a folder.</Empty>
              : <DataTable label="Results" columns={columns} rows={shown} rowKey={({ resultId }) => resultId} active={active?.resultId} onActive={(sel) => setView({ sel })} onOpen={review} />}
        {active && (active.missing.length > 0 || !active.writable) && <ul className={styles.missing}>{!active.writable && <li>{readOnly}</li>}{active.missing.map(({ what, effect, next }) => <li key={what}><code>{what}</code> {effect} {next}</li>)}</ul>}
      </div>
    </Page>
  );
}
