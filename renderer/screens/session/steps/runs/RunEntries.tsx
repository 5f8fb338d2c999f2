// The runs of the session in order, with removal, order and a list to add others from.

import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { type Draft, type RunSummary } from '../../../../../core/service/contract/index.ts';
import { useAsk } from '../../../../api/index.ts';
import { bytes, counted, DataTable, duration, Empty, ProbeThumb, when } from '../../../../components/index.ts';
import { runColumns, Health } from '../../../runs/columns.tsx';
import { readFilter } from '../../../runs/filter.ts';
import { inOrder } from '../../../runs/order.ts';
import { devicesText, filesText, layoutText } from '../../../runs/words.ts';
import type { DraftEditor } from '../../useDraft.ts';
import { runOf, type SpecEntry, specsOf } from '../probes/specs.ts';
import { gatesText, takenPart, withMoved, withoutEntry, withRuns } from './model.ts';
import styles from './RunsStep.module.css';

interface RunEntriesProps {
  readonly draft: Draft;
  readonly editor: DraftEditor;
  readonly known: readonly RunSummary[];
}

export function RunEntries({ draft, editor, known }: RunEntriesProps) {
  const [adding, setAdding] = useState(false);
  const entries = specsOf(draft.session);
  const own = [...draft.runs.flatMap(({ runId }) => known.find((run) => run.runId === runId) ?? []), ...known];
  const found = entries.map((entry) => runOf(entry, own));
  const layouts = layoutText(found.filter((run) => run !== undefined));
  return (
    <>
      {entries.length === 0 && <Empty>No run is chosen yet.</Empty>}
      <ol className={styles.entries} aria-label="Runs of this session">
        {entries.map((entry, index) => {
          const name = String(entry[0]);
          const run = found[index];
          return (
            <li key={`${name} ${String(entry[1])} ${String(entry[2])}`} className={styles.entry}>
              <span className={styles.name}>{run ? <Link href={`/runs/${run.runId}`}>{name}</Link> : name} {run && isPart(entry, entries) && <code className="hint">{gatesText(entry, run)}</code>}</span>
              {run ? <RunFacts run={run} entry={entry} /> : <span className={styles.gone}>not among the runs known here; what is set is kept</span>}
              <span className={styles.buttons}>
                <Button variant="subtle" leftSection={<IconArrowUp size={16} aria-hidden />} aria-label={`Move ${name} up`} disabled={index === 0} onClick={() => editor.change(`move ${name} up`, withMoved(draft, index, -1, own))}>Up</Button>
                <Button variant="subtle" leftSection={<IconArrowDown size={16} aria-hidden />} aria-label={`Move ${name} down`} disabled={index === entries.length - 1} onClick={() => editor.change(`move ${name} down`, withMoved(draft, index, 1, own))}>Down</Button>
                <Button variant="subtle" leftSection={<IconTrash size={16} aria-hidden />} aria-label={`Remove ${name}`} onClick={() => editor.change(`remove ${name}`, withoutEntry(draft, index, own))}>Remove</Button>
              </span>
            </li>
          );
        })}
      </ol>
      {layouts !== '' && <p className="caption">{layouts}</p>}
      <div><Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>Add runs</Button></div>
      <Modal opened={adding} onClose={() => setAdding(false)} title="Add runs" size="90%">
        {adding && <Others draft={draft} known={known} onAdd={(runs) => { setAdding(false); editor.change(`add ${counted(runs.length, 'run')}`, withRuns(draft, runs, own)); }} />}
      </Modal>
    </>
  );
}

/** One of several entries of one run, which differ by gates and triggers. */
function isPart(entry: SpecEntry, entries: readonly SpecEntry[]): boolean {
  return entries.filter(([name]) => String(name).toLowerCase() === String(entry[0]).toLowerCase()).length > 1;
}

/** Of the gates and triggers that the entry takes, not of the whole run. */
function RunFacts({ run, entry }: { readonly run: RunSummary; readonly entry: SpecEntry }) {
  const { data } = useAsk('run.get', { runId: run.runId }, { keep: true });
  const part = data && takenPart(data, entry);
  return (
    <span className={styles.facts}>
      <span>{when(run.started_at)}</span>
      <span>{part && duration(part.seconds)}</span>
      <span>{part && bytes(part.bytes_B)}</span>
      <span>{filesText(part ?? run)}</span>
      <span className={styles.probes}>{run.probes.map((probe) => <span key={probe.index} className={styles.probe}><ProbeThumb probe={probe} /> imec{probe.index}</span>)} {devicesText(run)}</span>
      <Health run={run} />
    </span>
  );
}

function Others({ draft, known, onAdd }: { readonly draft: Draft; readonly known: readonly RunSummary[]; readonly onAdd: (runs: readonly RunSummary[]) => void }) {
  const [search, setSearch] = useState('');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState<string>();
  const others = useMemo(() => {
    const filter = readFilter(search);
    return inOrder(known.filter((run) => !draft.runs.some(({ runId }) => runId === run.runId) && filter.test(run)), { key: 'when', descending: true });
  }, [known, draft.runs, search]);
  const toggle = (runId: string) => setSelected((old) => new Set(old.has(runId) ? [...old].filter((other) => other !== runId) : [...old, runId]));
  return (
    <div className={styles.others}>
      <TextInput label="Filter" value={search} onChange={(event) => setSearch(event.currentTarget.value)} data-autofocus />
      <div className={styles.table}>
        <DataTable label="Other runs" columns={runColumns(selected, toggle)} rows={others} rowKey={(run) => run.runId} rowHeight={36} active={active} onActive={setActive} selected={selected} onSelect={toggle} onOpen={toggle} />
      </div>
      <div className={styles.buttons}>
        {others.length > 0 && <Checkbox label={`All ${others.length} shown`} checked={others.every((run) => selected.has(run.runId))} onChange={(event) => setSelected(event.currentTarget.checked ? new Set(others.map((run) => run.runId)) : new Set())} />}
        <Button disabled={selected.size === 0} onClick={() => onAdd(known.filter((run) => selected.has(run.runId)))}>{selected.size === 0 ? 'Add runs: select some' : `Add ${counted(selected.size, 'run')}`}</Button>
      </div>
    </div>
  );
}
