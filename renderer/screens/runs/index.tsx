// Runs: everything recorded under the folders the user added. Pick some, go on.

import { Button, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconFolderPlus } from '@tabler/icons-react';
import { type DragEvent, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { useAsk, useCommand, useKept } from '../../api/index.ts';
import { counted, DataTable, FolderDialog, grouped, Notation, Page, Problem, useViewState, Waiting } from '../../components/index.ts';
import { ColumnChoice } from './ColumnChoice.tsx';
import { runColumns } from './columns.tsx';
import { Detail } from './Detail.tsx';
import { droppedFolder } from './droppedFolder.ts';
import { readFilter } from './filter.ts';
import { type Grouping, groupOf, inGroups, inOrder, readSort, sortText } from './order.ts';
import { RigChecklist } from './RigChecklist.tsx';
import { Roots } from './Roots.tsx';
import styles from './Runs.module.css';
import { useSetUp } from './useSetUp.ts';
import { Welcome } from './Welcome.tsx';
import { layoutText, runNotation } from './words.ts';

const none: readonly string[] = [];
const initial = { f: '', sort: 'when-', sel: '', at: '' };

export default function RunsScreen() {
  const [, go] = useLocation();
  const [adding, setAdding] = useState(false);
  const [hidden, setHidden] = useKept<readonly string[]>('runs.hidden', none);
  const [grouping, setGrouping] = useKept<Grouping>('runs.group', 'none');
  const [choosing, setChoosing] = useState(false);
  const [isOver, setOver] = useState(false);
  const [view, setView] = useRunsView();
  const { data: runs, error, refetch } = useAsk('runs.list', {});
  const { data: roots } = useAsk('roots.list', {});
  const add = useCommand('roots.add');
  const { setUp, error: notSetUp, isSettingUp } = useSetUp();
  const search = useRef<HTMLInputElement>(null);

  const filter = useMemo(() => readFilter(view.f), [view.f]);
  const sort = useMemo(() => readSort(view.sort), [view.sort]);
  const group = useMemo(() => groupOf(grouping, roots ?? []), [grouping, roots]);
  const shown = useMemo(() => inGroups(inOrder((runs ?? []).filter(filter.test), sort), group), [runs, filter, sort, group]);
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
      // The welcome with the button that opened the dialog is gone then, and the focus with it.
      onSettled: () => requestAnimationFrame(() => { if (document.activeElement === document.body) document.getElementById('main')?.focus(); }),
    });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const dropped = droppedFolder(event.dataTransfer, window.aftergate?.pathOf);
    if (dropped && 'path' in dropped) return addFolder(dropped.path);
    if (dropped) notifications.show({ message: `A browser does not tell where ${dropped.name} lies: choose it here, or paste its path.` });
    setAdding(true);
  };
  const onKey = (event: KeyboardEvent) => {
    const isTyping = event.target instanceof HTMLInputElement && event.target.type === 'text';
    if (event.key === '/' && !isTyping) {
      event.preventDefault();
      search.current?.focus();
    } else if (event.key === 'a' && event.ctrlKey && !isTyping) {
      event.preventDefault();
      setSelected(new Set([...selected, ...shown.map((run) => run.runId)]));
    } else if (event.key === 'c' && !event.ctrlKey && !event.altKey && !event.metaKey && !isTyping) {
      event.preventDefault();
      setChoosing(true);
    } else if (event.key === 'Escape' && view.f !== '') setView({ f: '' });
  };

  const columns = runColumns(selected, toggle);
  const isNone = chosen.length === 0;
  return (
    <Page
      title="Runs" fill
      notation={!isNone && <Notation text={`${runNotation(chosen[0])}${chosen.length > 1 ? ` (+${counted(chosen.length - 1, 'run')})` : ''}`} />}
      secondary={!isEmpty && !isNone && <Button variant="default" loading={isSettingUp === 'last'} onClick={() => setUp(chosen, 'last')}>Same as last time</Button>}
      primary={isEmpty ? { label: 'Add folder', onPress: () => setAdding(true) } : {
        label: isNone ? 'Set up runs' : `Set up ${counted(chosen.length, 'run')}`, onPress: () => setUp(chosen), busy: isSettingUp === 'default',
        reason: isNone ? 'Select at least one run.' : undefined,
      }}
    >
      <div className={isOver ? `${styles.screen} ${styles.dropping}` : styles.screen} onKeyDown={onKey} role="presentation" onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
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
              <span className="caption" role="status">{grouped(shown.length)} of {grouped(runs.length)} shown{selected.size > 0 ? `, ${selected.size} selected` : ''}</span>
              <span className={styles.space} />
              <ColumnChoice columns={columns.filter(({ key }) => key !== 'select' && key !== 'name')} hidden={hidden} onHidden={setHidden} grouping={grouping} onGrouping={setGrouping} opened={choosing} onOpened={setChoosing} />
            </div>
            {runs.length > 0 && <DataTable
              label="Runs" columns={columns.filter(({ key }) => !hidden.includes(key))} groupOf={group} rows={shown} rowKey={(run) => run.runId} rowHeight={36} sort={sort} onSort={(next) => setView({ sort: sortText(next) })}
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
