// The meta of one file, searchable.

import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { RunDetails } from '../../../core/service/contract/index.ts';
import { useAsk } from '../../api/index.ts';
import { type Column, DataTable, type FileKey, Problem, Waiting } from '../../components/index.ts';
import styles from './Run.module.css';

type Entry = readonly [string, string];

const columns: readonly Column<Entry>[] = [
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
  const files = run.files.map(({ stream, gate, trigger }) => ({ stream, gate, trigger }));
  const textOf = ({ stream, gate, trigger }: FileKey) => `${stream} g${gate} t${trigger}`;
  const file = files.find((each) => focused && textOf(each) === textOf(focused)) ?? files[0];
  const { data, error } = useAsk('run.meta', { runId: run.summary.runId, ...file }, { enabled: file !== undefined, keep: true });
  if (!file) return <p className="muted">No file of this run has a meta that can be read.</p>;
  const words = search.toLowerCase().split(/\s+/);
  const rows = (data?.entries ?? []).filter(([key, value]) => words.every((word) => `${key}=${value}`.toLowerCase().includes(word)));
  const chosen = rows.find(([key]) => key === active);
  return (
    <div className={styles.meta}>
      <div className={styles.tools}>
        <Select label="File" value={textOf(file)} data={files.map(textOf)} allowDeselect={false} searchable onChange={(text) => onFocus(files.find((each) => textOf(each) === text) ?? file)} />
        <TextInput label="Search" value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
        <span className="caption" role="status">{data ? `${rows.length} of ${data.entries.length} keys` : ''}</span>
      </div>
      {error && <Problem error={error} />}
      {!data && !error && <Waiting what="the meta" />}
      {data && <div className={styles.table}><DataTable label="Meta" columns={columns} rows={rows} rowKey={([key]) => key} active={active} onActive={setActive} /></div>}
      {chosen && <pre className={styles.value}>{chosen[0]}={chosen[1]}</pre>}
    </div>
  );
}
