// The timeline as a table: every file with the arithmetic of its joining.

import type { RunDetails, RunFile, RunTimeline, TimelineFile, TimelineRow } from '../../../core/service/contract/index.ts';
import { bytes, clock, type Column, DataTable, type FileKey, grouped, outcomeText, when } from '../../components/index.ts';
import styles from './Run.module.css';

interface Row {
  readonly key: FileKey;
  readonly row: TimelineRow;
  readonly file: TimelineFile;
  readonly onDisk: RunFile | undefined;
}

interface FilesProps {
  readonly run: RunDetails;
  readonly timeline: RunTimeline;
  readonly focused: FileKey | null;
  readonly onFocus: (file: FileKey) => void;
  readonly onOpen: (file: FileKey) => void;
}

export function Files({ run, timeline, focused, onFocus, onOpen }: FilesProps) {
  const rows = timeline.rows.flatMap((row) => row.files.map((file): Row => {
    const key = { stream: row.stream, gate: file.gate, trigger: file.trigger };
    return { key, row, file, onDisk: run.files.find((each) => sameFile(each, key)) };
  }));
  const columns: Column<Row>[] = [
    { key: 'stream', title: 'Stream', width: '100px', cell: ({ row }) => row.stream },
    { key: 'file', title: 'File', width: '72px', cell: ({ file }) => `g${file.gate} t${file.trigger}` },
    { key: 'start', title: 'Start', width: '104px', align: 'right', help: 'Since the first sample of the run', cell: ({ file }) => clock(file.start_s - timeline.from_s) },
    { key: 'end', title: 'End', width: '104px', align: 'right', cell: ({ file }) => clock(file.end_s - timeline.from_s) },
    { key: 'first', title: 'First sample', width: '116px', align: 'right', cell: ({ file }) => (file.firstSample_smp === null ? '·' : grouped(file.firstSample_smp)) },
    { key: 'samples', title: 'Samples', width: '116px', align: 'right', cell: ({ file }) => (file.outcome === 'missing' ? '·' : grouped(file.samples_smp)) },
    { key: 'trim', title: 'End trim, samples', width: '128px', align: 'right', help: 'Cut so that all streams end together', cell: ({ file }) => grouped(file.trim_smp) },
    { key: 'overlap', title: 'Overlap, samples', width: '124px', align: 'right', cell: ({ file }) => grouped(file.olap_smp) },
    { key: 'gap', title: 'Gap, samples', width: '100px', align: 'right', cell: ({ file }) => grouped(file.gap_smp) },
    { key: 'fill', title: 'Fill, samples', width: '100px', align: 'right', cell: ({ file }) => grouped(file.fill_smp) },
    { key: 'out', title: 'In the output at', width: '112px', align: 'right', cell: ({ file }) => (file.outStart_s === null ? '·' : clock(file.outStart_s)) },
    { key: 'outcome', title: 'As joined', width: 'minmax(220px, 1fr)', cell: ({ row, file }) => outcomeText(file, row.rate_Hz) },
    { key: 'size', title: 'Size', width: '80px', align: 'right', cell: ({ onDisk }) => (onDisk ? bytes(onDisk.bytes_B) : '·') },
    { key: 'created', title: 'Created', width: '136px', cell: ({ onDisk }) => when(onDisk?.created_at) || '·' },
  ];
  const keyText = ({ stream, gate, trigger }: FileKey) => `${stream} ${gate} ${trigger}`;
  const find = (key: string) => rows.find((row) => keyText(row.key) === key)!.key;
  return (
    <div className={styles.table}>
      <DataTable label="Files" columns={columns} rows={rows} rowKey={({ key }) => keyText(key)} active={focused ? keyText(focused) : undefined} onActive={(key) => onFocus(find(key))} onOpen={(key) => onOpen(find(key))} />
    </div>
  );
}

function sameFile(file: RunFile, { stream, gate, trigger }: FileKey): boolean {
  return file.stream === stream && file.gate === gate && file.trigger === trigger;
}
