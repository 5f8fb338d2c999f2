// Doctor: one list of what must work on this computer, to read before a bug report.

import { useRef, useState } from 'react';
import { Button } from '@mantine/core';
import { type DoctorRow, RequestError } from '../../../core/service/contract/index.ts';
import { call } from '../../api/index.ts';
import { type Column, counted, DataTable, Empty, FindingMark, Page, Problem, Waiting } from '../../components/index.ts';
import styles from './doctor.module.css';

const columns: readonly Column<DoctorRow>[] = [
  { key: 'verdict', title: 'Verdict', width: '110px', cell: ({ verdict }) => <FindingMark severity={verdict} /> },
  { key: 'name', title: 'What', width: 'minmax(220px, 1fr)', cell: ({ name }) => name },
  { key: 'value', title: 'Found', width: 'minmax(260px, 1.5fr)', cell: ({ value }) => value },
  { key: 'next', title: 'What to do', width: 'minmax(260px, 2fr)', cell: ({ next = '' }) => next },
];

export default function DoctorScreen() {
  const [rows, setRows] = useState<readonly DoctorRow[]>();
  const [progress, setProgress] = useState<{ readonly done: number; readonly total: number }>();
  const [error, setError] = useState<RequestError>();
  const abort = useRef<AbortController>(undefined);
  const run = async () => {
    abort.current = new AbortController();
    setError(undefined);
    setProgress({ done: 0, total: 8 });
    try {
      setRows([...(await call('doctor.run', {}, { signal: abort.current.signal, onProgress: setProgress })), webglRow()]);
    } catch (failure) {
      if (failure instanceof RequestError) setError(failure);
    } finally {
      setProgress(undefined);
    }
  };
  const count = (severity: string) => rows?.filter(({ verdict }) => verdict === severity).length ?? 0;
  return (
    <Page
      title="Doctor"
      crumbs={[{ label: 'Settings', route: '/settings' }]}
      fill
      secondary={rows && <Button variant="default" onClick={() => void navigator.clipboard.writeText(tableText(rows))}>Copy table for a bug report</Button>}
      primary={{ label: rows ? 'Check again' : 'Check this computer', onPress: () => void run(), busy: progress !== undefined }}
    >
      <div className={styles.screen}>
        {error && <Problem error={error} onRetry={() => void run()} />}
        {progress && <Waiting what="checks" {...progress} onCancel={() => abort.current?.abort()} />}
        {rows && <p role="status">{counted(count('ok'), 'check')} passed, {counted(count('warn'), 'warning')}, {counted(count('stop'), 'stop')}.</p>}
        {rows ? <DataTable label="Checks" columns={columns} rows={rows} rowKey={({ name }) => name} /> : !progress && <Empty>Looks at threads, memory and drives, and sends a made recording through CatGT to compare what comes out with what was put in. It takes some seconds.</Empty>}
      </div>
    </Page>
  );
}

/** Large scatter plots need WebGL; everything else does not. */
function webglRow(): DoctorRow {
  const isThere = document.createElement('canvas').getContext('webgl') !== null;
  return { id: 'webgl', name: 'WebGL', value: isThere ? 'works' : 'is not there', verdict: isThere ? 'ok' : 'warn', next: isThere ? undefined : 'Update the graphics driver: scatter plots are empty without it.' };
}

/** Paths by their last part only: a report should not tell more than it must. */
function tableText(rows: readonly DoctorRow[]): string {
  const short = (text: string) => text.replace(/(?:[A-Za-z]:)?[\\/][^\s]*[\\/]([^\\/\s]+)/g, '.../$1');
  return rows.map(({ verdict, name, value }) => `${verdict}\t${short(name)}\t${value}`).join('\n');
}
