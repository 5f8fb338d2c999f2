// The meta of one file, searchable; or what differs between two.

import { Button, Select, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { RunDetails } from '../../../core/service/contract/index.ts';
import { useAsk } from '../../api/index.ts';
import { type Column, counted, DataTable, type FileKey, Problem, Waiting } from '../../components/index.ts';
import { differenceText, type MetaDifference, metaDifferences, type MetaEntry } from './metaDiff.ts';
import styles from './Run.module.css';

const columns: readonly Column<MetaEntry>[] = [
  { key: 'key', title: 'Key', width: '260px', cell: ([key]) => <code>{key}</code> },
  { key: 'value', title: 'Value', width: 'minmax(400px, 1fr)', cell: ([, value]) => <code title={value.slice(0, 2000)}>{value}</code> },
];

interface MetaTabProps {
  readonly run: RunDetails;
  readonly focused: FileKey | null;
  readonly onFocus: (file: FileKey) => void;
}

export function MetaTab({ run, focused, onFocus }: MetaTabProps) {
  const [search, setSearch] = useState('');
  const [active, setActive] = useState<string>();
  const [compared, setCompared] = useState<string | null>(null);
  const files = run.files.map(({ stream, gate, trigger }) => ({ stream, gate, trigger }));
  const file = files.find((each) => focused && textOf(each) === textOf(focused)) ?? files[0];
  const other = files.find((each) => textOf(each) === compared && each !== file);
  const { data, error } = useAsk('run.meta', { runId: run.summary.runId, ...file }, { enabled: file !== undefined, keep: true });
  const second = useAsk('run.meta', { runId: run.summary.runId, ...(other ?? file) }, { enabled: other !== undefined });
  if (!file) return <p className="muted">No file of this run has a meta that can be read.</p>;

  const words = search.toLowerCase().split(/\s+/);
  const fits = (...texts: readonly (string | null)[]) => words.every((word) => texts.join('=').toLowerCase().includes(word));
  const rows = (data?.entries ?? []).filter(([key, value]) => fits(key, value));
  const differences = other && data && second.data ? metaDifferences(data.entries, second.data.entries) : undefined;
  const shown = differences?.filter(({ key, from, to }) => fits(key, from, to));
  const copy = () => void navigator.clipboard.writeText(differenceText(shown ?? [], textOf(file), textOf(other!))).then(() => notifications.show({ message: `Copied ${counted(shown?.length ?? 0, 'difference')}.` }));
  const chosen = (shown ?? rows).map((row) => ('key' in row ? `${row.key}=${row.from ?? '(not there)'}\n${row.key}=${row.to ?? '(not there)'}` : row.join('='))).find((text) => text.startsWith(`${active}=`));
  return (
    <div className={styles.meta}>
      <div className={styles.tools}>
        <Select label="File" value={textOf(file)} data={files.map(textOf)} allowDeselect={false} searchable onChange={(text) => onFocus(files.find((each) => textOf(each) === text) ?? file)} />
        <Select label="Compare with" placeholder="no other file" value={other ? textOf(other) : null} data={files.filter((each) => each !== file).map(textOf)} clearable clearButtonProps={{ 'aria-label': 'Compare with no other file' }} searchable onChange={setCompared} />
        <TextInput label="Search" value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
        {differences && <div><Button variant="default" onClick={copy} disabled={shown?.length === 0}>Copy the differences</Button></div>}
        <span className="caption" role="status">{differences ? `${shown?.length} of ${counted(differences.length, 'difference')}` : data ? `${rows.length} of ${data.entries.length} keys` : ''}</span>
      </div>
      {error && <Problem error={error} />}
      {second.error && <Problem error={second.error} />}
      {(other ? !differences && !second.error : !data) && !error && <Waiting what="the meta" />}
      {!other && data && <div className={styles.table}><DataTable label="Meta" columns={columns} rows={rows} rowKey={([key]) => key} active={active} onActive={setActive} /></div>}
      {other && differences?.length === 0 && <p className="muted">The two metas say the same.</p>}
      {other && shown && differences && differences.length > 0 && <div className={styles.table}><DataTable label="Differences" columns={differenceColumns(textOf(file), textOf(other))} rows={shown} rowKey={({ key }) => key} active={active} onActive={setActive} /></div>}
      {chosen && <pre className={styles.value}>{chosen}</pre>}
    </div>
  );
}

const textOf = ({ stream, gate, trigger }: FileKey) => `${stream} g${gate} t${trigger}`;

const changeWords = { changed: '≠ changed', added: '+ added', removed: '- removed' } as const;

function differenceColumns(first: string, second: string): Column<MetaDifference>[] {
  const value = (text: string | null) => (text === null ? <span className="hint">not there</span> : <code title={text.slice(0, 2000)}>{text}</code>);
  return [
    { key: 'key', title: 'Key', width: '220px', cell: ({ key }) => <code>{key}</code> },
    { key: 'change', title: 'Change', width: '104px', cell: ({ change }) => changeWords[change] },
    { key: 'from', title: first, width: 'minmax(240px, 1fr)', cell: ({ from }) => value(from) },
    { key: 'to', title: second, width: 'minmax(240px, 1fr)', cell: ({ to }) => value(to) },
  ];
}
