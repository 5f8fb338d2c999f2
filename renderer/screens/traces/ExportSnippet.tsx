// Writing a stretch of a stream as files of its own: what and how much of it, where to, what came of it.

import { Button, Progress, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Answer, RequestError, TraceSourceInfo, TraceSources, TraceTargetId } from '../../../core/service/contract/index.ts';
import { call, useAsk, useKept } from '../../api/index.ts';
import { bytes, clock, copyText, counted, FolderDialog, grouped, Problem, significant } from '../../components/index.ts';
import type { Measure } from './cursor.ts';
import { stateLabel } from './streams.ts';
import type { PaneReport } from './Traces.tsx';
import styles from './Traces.module.css';
import { type View, viewOf } from './view.ts';

interface ExportSnippetProps {
  readonly target: TraceTargetId;
  readonly sources: TraceSources;
  readonly panes: readonly TraceSourceInfo[];
  /** Key of the pane to begin with. */
  readonly start: string;
  readonly view: View;
  readonly measure: Measure | null;
  readonly reports: ReadonlyMap<string, PaneReport>;
  readonly onClose: () => void;
}

const kinds = [{ value: 'bin', label: 'bin + meta' }, { value: 'csv', label: 'CSV' }, { value: 'npy', label: 'npy' }] as const;
type Kind = (typeof kinds)[number]['value'];

export function ExportSnippet({ target, sources, panes, start, view, measure, reports, onClose }: ExportSnippetProps) {
  const [kind, setKind] = useKept<Kind>('traces.export.kind', 'bin');
  const [folder, setFolder] = useKept('traces.export.folder', '');
  const [key, setKey] = useState(start);
  const [span, setSpan] = useState(measure ? 'measured' : 'view');
  const [which, setWhich] = useState('all');
  const [choosing, setChoosing] = useState(false);
  const [done, setDone] = useState<number | null>(null);
  const [written, setWritten] = useState<Answer<'trace.export'> | null>(null);
  const [error, setError] = useState<RequestError | null>(null);
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);

  const source = panes.find((each) => each.key === key) ?? panes[0];
  const place = viewOf(view, source.key);
  const [begin, end] = span === 'measured' && measure ? [Math.min(measure.from_s, measure.to_s), Math.max(measure.from_s, measure.to_s)] : [place.t - place.span / 2, place.t + place.span / 2];
  // A view may reach beyond the recording; what is exported cannot.
  const [from_s, to_s] = [Math.max(begin, sources.from_s), Math.min(end, sources.to_s)];
  const [name, setName] = useState(() => `${sources.name}_${Math.round(from_s * 1000)}ms`);
  const shown = reports.get(source.key)?.columns ?? [];
  const columns = which === 'shown' && shown.length > 0 ? [...shown] : source.channels.names.map((_, column) => column);
  const asked = { target, source: source.key, from_s, to_s, columns, kind, name };
  const plan = useAsk('trace.snippet', asked, { keep: true, forget: true, enabled: name.trim() !== '' });
  const info = useAsk('app.info', {});

  const write = () => {
    abort.current = new AbortController();
    setError(null);
    setDone(0);
    call('trace.export', { ...asked, folder }, { signal: abort.current.signal, onProgress: ({ done: part, total }) => setDone(part / total) })
      .then(setWritten, (problem: RequestError) => { if (!abort.current?.signal.aborted) setError(problem); }).finally(() => setDone(null));
  };

  if (written) {
    return (
      <div className={styles.dialog}>
        <p role="status">✔ {counted(written.files.length, 'file')} written to <b>{written.path}</b>.</p>
        <ul className={styles.names} aria-label="Files written">{written.files.map((file) => <li key={file.name}>{file.name} <span className="hint">{bytes(file.bytes_B)}</span></li>)}</ul>
        {written.command && <><p className="caption">CatGT opens it with</p><code className={styles.command}>{written.command}</code></>}
        <div className={styles.buttons}>
          {written.command && <Button variant="default" onClick={() => copyText(written.command)}>Copy the command</Button>}
          {info.data?.canReveal ? <Button variant="default" onClick={() => void call('folders.reveal', { path: written.path })}>Open folder</Button> : <Button variant="default" onClick={() => copyText(written.path)}>Copy the path</Button>}
          <Button onClick={onClose}>Close</Button>
        </div>
      </div>
    );
  }
  return (
    <form className={styles.dialog} onSubmit={(event) => { event.preventDefault(); write(); }}>
      <div className={styles.row}>
        <Select label="Stream" allowDeselect={false} value={source.key} onChange={(value) => value && setKey(value)} data={panes.map((each) => ({ value: each.key, label: `${each.stream} ${stateLabel(each)}` }))} />
        <div><span className={styles.fieldLabel}>Span</span><SegmentedControl aria-label="Span" value={span} onChange={setSpan} data={[{ value: 'view', label: 'View' }, { value: 'measured', label: 'Measured', disabled: measure === null }]} /></div>
        <div><span className={styles.fieldLabel}>Channels</span><SegmentedControl aria-label="Channels" value={which} onChange={setWhich} data={[{ value: 'all', label: `All ${source.channels.names.length}` }, { value: 'shown', label: `Shown ${shown.length}`, disabled: shown.length === 0 }]} /></div>
        <div><span className={styles.fieldLabel}>Format</span><SegmentedControl aria-label="Format" value={kind} onChange={(value) => setKind(value as Kind)} data={[...kinds]} /></div>
      </div>
      <p className="caption">{clock(from_s, 4)} to {clock(to_s, 4)} ({sources.reference}), {significant((to_s - from_s) * 1000, 4)} ms{measure ? '' : '. Shift+drag in a pane measures another span.'}</p>
      <div className={styles.row}>
        <TextInput className={styles.grow} label="Folder to write into" value={folder} onChange={(event) => setFolder(event.currentTarget.value)} />
        <Button variant="default" onClick={() => setChoosing(true)}>Choose</Button>
      </div>
      <TextInput label="Name" value={name} onChange={(event) => setName(event.currentTarget.value)} />
      {plan.error ? <Problem error={plan.error} /> : plan.data && (
        <div>
          <p className="caption">{counted(plan.data.samples, 'sample')} of {counted(plan.data.channels, 'channel')}{plan.data.firstSample === null ? '' : `, firstSample ${grouped(plan.data.firstSample)}`}</p>
          <ul className={styles.names} tabIndex={0} aria-label="Files that will be written">{plan.data.files.map((file) => <li key={file.name}>{file.name} <span className="hint">{kind === 'csv' ? 'about ' : ''}{bytes(file.bytes_B)}</span></li>)}</ul>
          {plan.data.note && <p className="caption" role="status">▲ {plan.data.note}</p>}
        </div>
      )}
      {error && <Problem error={error} />}
      {done !== null && <div role="status"><p className="caption">Writing, {Math.floor(done * 100)} %</p><Progress value={done * 100} aria-label="Written" /></div>}
      <div className={styles.buttons}>
        {folder === '' && <span className="caption">Choose a folder first.</span>}
        <Button variant="default" onClick={() => (done === null ? onClose() : abort.current?.abort())}>Cancel</Button>
        <Button type="submit" disabled={folder === '' || name.trim() === '' || plan.error !== null} loading={done !== null}>Export {counted(plan.data?.files.length ?? 0, 'file')}</Button>
      </div>
      <FolderDialog opened={choosing} title="Folder to write into" action="Use this folder" start={folder || undefined} onChoose={(chosen) => { setFolder(chosen); setChoosing(false); }} onClose={() => setChoosing(false)} />
    </form>
  );
}
