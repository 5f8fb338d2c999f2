// Runs: everything recorded under the folders the user added. Pick some, go on.

import { Button, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconFolderPlus } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { useAsk, useCommand, useKept } from '../../api/index.ts';
import { counted, DataTable, FolderDialog, Notation, Page, Problem, useViewState, Waiting } from '../../components/index.ts';
import { runColumns } from './columns.tsx';
import { Detail } from './Detail.tsx';
import { readFilter } from './filter.ts';
import { inOrder, readSort, sortText } from './order.ts';
import { RigChecklist } from './RigChecklist.tsx';
import { Roots } from './Roots.tsx';
import styles from './Runs.module.css';
import { useSetUp } from './useSetUp.ts';
import { Welcome } from './Welcome.tsx';
import { layoutText, runNotation } from './words.ts';

const initial = { f: '', sort: 'when-', sel: '', at: '' };

export default function RunsScreen() {
  const [, go] = useLocation();
  const [adding, setAdding] = useState(false);
  const [view, setView] = useRunsView();
  const { data: runs, error, refetch } = useAsk('runs.list', {});
  const { data: roots } = useAsk('roots.list', {});
  const add = useCommand('roots.add');
  const { setUp, error: notSetUp, isSettingUp } = useSetUp();
  const search = useRef<HTMLInputElement>(null);

  const filter = useMemo(() => readFilter(view.f), [view.f]);
  const sort = useMemo(() => readSort(view.sort), [view.sort]);
  const shown = useMemo(() => inOrder((runs ?? []).filter(filter.test), sort), [runs, filter, sort]);
  const selected = useMemo(() => new Set(view.sel.split(',').filter((runId) => runs?.some((run) => run.runId === runId))), [view.sel, runs]);
  const chosen = (runs ?? []).filter((run) => selected.has(run.runId)).sort((a, b) => ((a.started_at ?? '') < (b.started_at ?? '') ? -1 : 1));
  const active = runs?.find((run) => run.runId === view.at);
  const isEmpty = roots?.length === 0 && runs?.length === 0;

  const setSelected = (next: Iterable<string>) => setView({ sel: [...next].join(',') });
  const toggle = (runId: string) => setSelected(selected.has(runId) ? [...selected].filter((other) => other !== runId) : [...selected, runId]);
  const select = (runId: string, range: boolean) => {
    if (!range) return toggle(runId);
    const [from, to] = [shown.findIndex((run) => run.runId === view.at), shown.findIndex((run) => run.runId === runId)];
    setSelected(new Set([...selected, ...shown.slice(Math.min(from < 0 ? to : from, to), Math.max(from, to) + 1).map((run) => run.runId)]));
  };
  const addFolder = (path: string) => {
    setAdding(false);
    add.mutate({ path }, {
      onSuccess: ({ already }) => already && notifications.show({ message: already }),
    });
  };
  const onKey = (event: KeyboardEvent) => {
    const isTyping = event.target instanceof HTMLInputElement && event.target.type === 'text';
    if (event.key === '/' && !isTyping) {
      event.preventDefault();
      search.current?.focus();
    } else if (event.key === 'a' && event.ctrlKey && !isTyping) {
      event.preventDefault();
      setSelected(new Set([...selected, ...shown.map((run) => run.runId)]));
    } else if (event.key === 'Escape' && view.f !== '') setView({ f: '' });
  };

  const none = chosen.length === 0;
  return (
    <Page
      title="Runs" fill
      notation={!none && <Notation text={`${runNotation(chosen[0])}${chosen.length > 1 ? ` (+${counted(chosen.length - 1, 'run')})` : ''}`} />}
      secondary={!isEmpty && !none && <Button variant="default" loading={isSettingUp === 'last'} onClick={() => setUp(chosen, 'last')}>Same as last time</Button>}
      primary={isEmpty ? { label: 'Add folder', onPress: () => setAdding(true) } : {
        label: none ? 'Set up runs' : `Set up ${counted(chosen.length, 'run')}`, onPress: () => setUp(chosen), busy: isSettingUp === 'default',
        reason: none ? 'Select at least one run.' : undefined,
      }}
    >
      <div className={styles.screen} onKeyDown={onKey} role="presentation">
        <FolderDialog opened={adding} title="Add a folder" action="Add folder" onClose={() => setAdding(false)} onChoose={addFolder} />
        {!isEmpty && (
          <div className={styles.top}>
            <Roots roots={roots ?? []} />
            <Button variant="default" leftSection={<IconFolderPlus size={16} aria-hidden />} loading={add.isPending} onClick={() => setAdding(true)}>Add folder</Button>
          </div>
        )}
        {add.error && <Problem error={add.error} />}
        {notSetUp && <Problem error={notSetUp} />}
        {error && <Problem error={error} onRetry={() => void refetch()} />}
        {!runs && !error && <Waiting what="runs" />}
        {isEmpty && <Welcome isAdding={add.isPending} onAdd={() => setAdding(true)} />}
        {roots && !isEmpty && <RigChecklist isStrip />}
        {runs && !isEmpty && (
          <>
            <div className={styles.top}>
              <TextInput ref={search} className={styles.filter} aria-label="Filter" placeholder="Filter: words, health:warn, done:no, day:11-19, probe:NP2013, size>100GB" value={view.f} onChange={(event) => setView({ f: event.currentTarget.value })} error={filter.problems.join(' ') || undefined} aria-keyshortcuts="/" />
              <span className="caption" role="status">{shown.length === runs.length ? counted(runs.length, 'run') : `${shown.length} of ${counted(runs.length, 'run')} shown`}{selected.size > 0 ? `, ${selected.size} selected` : ''}</span>
            </div>
            {runs.length > 0 && <DataTable
              label="Runs" columns={runColumns(selected, toggle)} rows={shown} rowKey={(run) => run.runId} rowHeight={36} sort={sort} onSort={(next) => setView({ sort: sortText(next) })}
              active={view.at} onActive={(at) => setView({ at })} selected={selected} onSelect={select} onOpen={(runId) => go(`/runs/${runId}`)}
            />}
            {runs.length > 0 && shown.length === 0 && <p className={styles.nothing}>No run fits the filter. <Button variant="default" onClick={() => setView({ f: '' })}>Clear the filter</Button></p>}
            {layoutText(chosen) !== '' && <p className="caption">{layoutText(chosen)}</p>}
            {active && <Detail run={active} />}
          </>
        )}
      </div>
    </Page>
  );
}

/** In the address, and in the profile for the next visit without one. */
function useRunsView() {
  const [view, setView] = useViewState(initial);
  const [kept, keep] = useKept('runs.view', initial);
  const isRestored = useRef(window.location.hash.includes('?'));
  useEffect(() => {
    if (isRestored.current || kept === initial) return;
    isRestored.current = true;
    setView(kept);
  }, [kept, setView]);
  const change = (changes: Partial<typeof initial>) => {
    isRestored.current = true;
    setView(changes);
    keep({ ...view, ...changes });
  };
  return [view, change] as const;
}
