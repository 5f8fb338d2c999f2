// The numbers behind the picture: lowest, highest and RMS of every channel in view, and the events in view.

import { useState } from 'react';
import { SegmentedControl } from '@mantine/core';
import type { TraceMarks, TraceSources, TraceSpanInfo } from '../../../core/service/contract/index.ts';
import { clock, type Column, DataTable } from '../../components/index.ts';
import { letterOf } from './draw.ts';
import { eachOnce } from './spanKinds.ts';
import { extentOf } from './signal.ts';
import { stateLabel } from './streams.ts';
import styles from './Traces.module.css';
import type { PaneReport } from './Traces.tsx';
import type { View } from './view.ts';

interface ValueRow { readonly key: string; readonly pane: string; readonly channel: string; readonly depth: string; readonly min: string; readonly max: string; readonly rms: string }
interface MarkRow { readonly key: string; readonly time: string; readonly what: string }

const valueColumns: readonly Column<ValueRow>[] = [
  { key: 'pane', title: 'Stream', width: 'minmax(160px, 1fr)', cell: (row) => row.pane },
  { key: 'channel', title: 'Channel', width: '100px', cell: (row) => row.channel },
  { key: 'depth', title: 'z (um)', width: '90px', align: 'right', cell: (row) => row.depth },
  { key: 'min', title: 'Lowest', width: '120px', align: 'right', cell: (row) => row.min },
  { key: 'max', title: 'Highest', width: '120px', align: 'right', cell: (row) => row.max },
  { key: 'rms', title: 'RMS', help: 'Only of spans short enough that single samples are read', width: '120px', align: 'right', cell: (row) => row.rms },
];
const markColumns: readonly Column<MarkRow>[] = [
  { key: 'time', title: 'Time', width: '140px', align: 'right', cell: (row) => row.time },
  { key: 'what', title: 'Event, spike or span', width: 'minmax(200px, 1fr)', cell: (row) => row.what },
];

export function NumberView({ reports, sources, view, marks, spans, letters }: { readonly reports: readonly PaneReport[]; readonly sources: TraceSources; readonly view: View; readonly marks: TraceMarks | undefined; readonly spans: readonly TraceSpanInfo[]; readonly letters: ReadonlyMap<string, number> }) {
  const [table, setTable] = useState('values');
  const [active, setActive] = useState<string>();
  return (
    <div className={styles.numbers}>
      <SegmentedControl aria-label="Which numbers" data={[{ value: 'values', label: 'Values in view' }, { value: 'marks', label: 'Events, spikes and spans in view' }]} value={table} onChange={setTable} />
      {table === 'values'
        ? <DataTable label="Values in view" columns={valueColumns} rows={valueRows(reports, view)} rowKey={(row) => row.key} active={active} onActive={setActive} />
        : <DataTable label="Events, spikes and spans in view" columns={markColumns} rows={markRows(sources, marks, spans, letters)} rowKey={(row) => row.key} active={active} onActive={setActive} />}
    </div>
  );
}

function valueRows(reports: readonly PaneReport[], view: View): ValueRow[] {
  return reports.flatMap(({ source, signals, columns }) => columns.filter((column) => column < source.channels.analog).map((column) => {
    const extent = signals && extentOf(signals, source, column, view.t - view.span / 2, view.t + view.span / 2);
    const isVolt = !/\.(ap|lf)$/.test(source.stream);
    const text = (uV: number | null | undefined) => (typeof uV !== 'number' ? '·' : isVolt ? `${(uV / 1e6).toFixed(4)} V` : `${uV.toFixed(1)} uV`);
    const depth = source.channels.z_um[column];
    return { key: `${source.key} ${column}`, pane: `${source.stream} ${stateLabel(source)}`, channel: source.channels.names[column], depth: Number.isNaN(depth) ? '·' : String(Math.round(depth)), min: text(extent?.min_uV), max: text(extent?.max_uV), rms: text(extent?.rms_uV) };
  }));
}

function markRows(sources: TraceSources, marks: TraceMarks | undefined, spans: readonly TraceSpanInfo[], letters: ReadonlyMap<string, number>): MarkRow[] {
  const events = (marks?.events ?? []).flatMap(({ key, times_s }) => Array.from(times_s, (time) => ({ time, what: `${letterOf(letters.get(key) ?? 0)} ${sources.events.find((line) => line.key === key)?.label ?? key}` })));
  const spikes = marks?.spikes ? Array.from(marks.spikes.times_s, (time, index) => ({ time, what: `spike of unit ${marks.spikes!.units[index]}` })) : [];
  const rows = eachOnce(spans).map((span) => ({ time: span.from_s, what: `${span.kind} ${span.stream}: ${span.text}` }));
  return [...events, ...spikes, ...rows].sort((a, b) => a.time - b.time).map(({ time, what }, index) => ({ key: String(index), time: clock(time, 6), what }));
}
