// What every line of a stream does, read only: the survey that the extraction step is built on.

import { Select } from '@mantine/core';
import { useState } from 'react';
import type { RunDetails } from '../../../core/service/contract/index.ts';
import { type Column, DataTable, duration, Problem, significant } from '../../components/index.ts';
import { useSurvey } from '../session/steps/extract/useLineData.ts';
import { type LineRow, lineRows } from './lineRows.ts';
import styles from './Run.module.css';

const columns: readonly Column<LineRow>[] = [
  { key: 'line', title: 'Word', help: 'File column, and bit', width: '64px', cell: ({ line }) => line },
  { key: 'name', title: 'Line', width: '110px', cell: ({ name }) => name },
  { key: 'levels', title: 'Levels', width: 'minmax(340px, 1.4fr)', cell: ({ levels }) => levels },
  { key: 'pulses', title: 'Pulses', width: '80px', align: 'right', cell: ({ pulses }) => pulses },
  { key: 'rate', title: 'Rate', width: '96px', align: 'right', cell: ({ rate }) => rate },
  { key: 'width', title: 'Width', width: '96px', align: 'right', cell: ({ width }) => width },
  { key: 'duty', title: 'Duty', width: '80px', align: 'right', cell: ({ duty }) => duty },
  { key: 'says', title: 'What it looks like', width: 'minmax(240px, 1fr)', cell: ({ says }) => <span title={says}>{says}</span> },
];

export function Lines({ run: { summary } }: { readonly run: RunDetails }) {
  const streams = summary.streams.filter(({ kind }) => kind !== 'lf').map(({ key }) => key);
  const first = streams.find((key) => !key.startsWith('imec')) ?? streams[0];
  const [stream, setStream] = useState(first);
  const [gate, setGate] = useState(summary.gates[0]?.gate ?? 0);
  if (stream === undefined || summary.gates.length === 0) return <p className="muted">No stream of this run has lines.</p>;
  return (
    <div className={styles.meta}>
      <div className={styles.tools}>
        <Select label="Stream" w={120} data={streams} value={stream} allowDeselect={false} onChange={(next) => setStream(next ?? stream)} />
        <Select label="Gate" w={88} data={summary.gates.map((each) => ({ value: String(each.gate), label: `g${each.gate}` }))} value={String(gate)} allowDeselect={false} onChange={(next) => setGate(Number(next))} />
      </div>
      <Survey key={`${stream} ${gate}`} runId={summary.runId} gate={gate} stream={stream} />
    </div>
  );
}

function Survey({ runId, gate, stream }: { readonly runId: string; readonly gate: number; readonly stream: string }) {
  const { survey, error, progress } = useSurvey({ runId, gate, stream, whole: false });
  const [active, setActive] = useState<string>();
  if (error) return <Problem error={error} />;
  if (!survey) return <p className="caption" role="status">{progress}</p>;
  const part = survey.covered_s < survey.length_s ? `the first ${duration(survey.covered_s)} of ${duration(survey.length_s)}` : duration(survey.length_s);
  return (
    <>
      <p className="caption">{significant(survey.rate_Hz / 1000, 6)} kHz, {part} looked at. Volts at the converter.</p>
      <div className={styles.table}><DataTable label={`Lines of ${stream}`} columns={columns} rows={lineRows(survey)} rowKey={({ line }) => line} active={active} onActive={setActive} /></div>
    </>
  );
}
