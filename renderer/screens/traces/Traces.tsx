// The trace page: panes on one time axis, with everything that moves them.

import { Button, Menu, Modal } from '@mantine/core';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { TraceSourceInfo, TraceSources, TraceTargetId } from '../../../core/service/contract/index.ts';
import { call, useAsk, useKept } from '../../api/index.ts';
import { counted, Notation, Page, Problem, useViewState, Waiting } from '../../components/index.ts';
import type { Cursor, Measure } from './cursor.ts';
import { ExportSnippet } from './ExportSnippet.tsx';
import { type TraceAction, traceAction } from './keys.ts';
import { NumberView } from './NumberView.tsx';
import { Overlays } from './Overlays.tsx';
import { Overview } from './Overview.tsx';
import type { PanePicture } from './paint.ts';
import { Pane } from './Pane.tsx';
import { savePicture } from './savePicture.ts';
import { isNeural, type Signals } from './signal.ts';
import { Status } from './Status.tsx';
import { otherFilter, stateByNumber } from './streams.ts';
import { Toolbar } from './Toolbar.tsx';
import styles from './Traces.module.css';
import { useMarks } from './useMarks.ts';
import { useUnitOfAddress } from './centreOn.ts';
import { changed, fromPlain, inBounds, mostPanes, nextGain, nextSpan, type PlainView, plainView, onlySaid, toggleLink, toPlain, type View, viewOf, worthKeeping } from './view.ts';

export interface PaneReport {
  readonly source: TraceSourceInfo;
  readonly signals: Signals | null;
  readonly columns: readonly number[];
  readonly canvas: HTMLCanvasElement | null;
  readonly reading: boolean;
  readonly text: string | null;
  readonly painted: PanePicture;
}

interface TracesProps {
  readonly target: TraceTargetId;
  /** The stream to begin with: `imec1.ap`. */
  readonly preferred?: string;
  readonly crumbs: readonly { readonly label: string; readonly route: string }[];
  /** The other pages of the same result. */
  readonly tabs?: ReactNode;
}

export function TracesPage(props: TracesProps) {
  const { target, crumbs } = props;
  const { data, error, refetch } = useAsk('trace.sources', { target });
  const { data: profile } = useAsk('profile.get', {});
  if (error) return <Page title="Traces" crumbs={crumbs}><Problem error={error} onRetry={() => void refetch()} /></Page>;
  if (!data || !profile) return <Page title="Traces" crumbs={crumbs}><Waiting what="streams" /></Page>;
  return <Traces {...props} sources={data} />;
}

/** The address follows the view so long after its last change, ms: browsers limit how often it may change. */
const settle_ms = 250;

function Traces({ target, preferred, sources, crumbs, tabs }: TracesProps & { readonly sources: TraceSources }) {
  const [plain, setPlain] = useViewState(plainView);
  // An address with a time is a whole view, and shows what it showed where it was copied.
  const [kept, keep] = useKept<Partial<PlainView>>(`traces.${'runId' in target ? target.runId : target.folder}`, {});
  const [view, setView] = useState(() => fromPlain(plain.t === '' ? { ...kept, ...onlySaid(plain) } : plain, sources, preferred));
  const [focus, setFocus] = useState(0);
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const [measure, setMeasure] = useState<Measure | null>(null);
  const [asTable, setAsTable] = useState(false);
  const [message, setMessage] = useState('');
  const [exporting, setExporting] = useState(false);
  const info = useAsk('app.info', {});
  const [reports, setReports] = useState<ReadonlyMap<string, PaneReport>>(new Map());
  const zooms = useRef<View[]>([]);
  const goField = useRef<HTMLInputElement>(null);

  const focusedKey = view.panes[Math.min(focus, view.panes.length - 1)];
  const onView = useCallback((change: Partial<View>, pane: string | undefined = focusedKey) => setView((before) => inBounds(changed(before, change, pane), sources)), [sources, focusedKey]);
  const written = useRef('');
  useEffect(() => {
    const timer = setTimeout(() => {
      written.current = JSON.stringify(toPlain(view));
      setPlain(toPlain(view));
      keep(worthKeeping(toPlain(view)));
    }, settle_ms);
    return () => clearTimeout(timer);
  }, [view, setPlain, keep]);
  useUnitOfAddress(plain.unit, { target, sources, view, onView });
  useEffect(() => {
    // Somebody else changed the address: back, or a pasted link.
    if (written.current !== '' && JSON.stringify({ ...plainView, ...plain }) !== written.current) setView(fromPlain(plain, sources, preferred));
  }, [plain, sources]);

  const panes = view.panes.map((key) => sources.sources.find((source) => source.key === key)).filter((source) => source !== undefined);
  const focused = panes.find(({ key }) => key === focusedKey);
  const now = viewOf(view, focusedKey);
  const letters = useMemo(() => new Map(sources.events.map(({ key }, index) => [key, index])), [sources]);
  const { marks, spans, shown: shownSpans } = useMarks(target, view);
  const onReport = useCallback((report: PaneReport) => setReports((before) => new Map(before).set(report.source.key, report)), []);
  const onDisk = focused && (focused.state === 'highpass' || focused.state === 'car' ? sources.sources.find((each) => each.stream === focused.stream && each.state === 'raw') : focused);

  const zoomTo = (change: Partial<View>, pane?: string) => {
    zooms.current = [...zooms.current.slice(-20), view];
    onView(change, pane);
  };
  const setPane = (index: number, key: string) => onView({ panes: view.panes.map((each, number) => (number === index ? key : each)) });
  const addPane = (source: TraceSourceInfo | undefined) => source && onView({ panes: [...view.panes, source.key] });

  const next = async (kind: 'event' | 'spike' | 'problem', direction: 1 | -1) => {
    const found = await call('trace.next', { target, kind, direction, from_s: now.t, lines: [...view.lines], sorter: view.sorter === '' ? null : view.sorter, units: view.units === 'all' ? 'all' : [...view.units], spans: [...view.spans], sources: [...view.panes] });
    setMessage(found.t_s === null ? (kind === 'spike' && view.sorter === '' ? 'Choose units first: Units.' : found.text) : `${kind}: ${found.text}`);
    if (found.t_s !== null) onView({ t: found.t_s });
  };

  const moveCursor = (samples: number, channels: number) => {
    if (!focused) return;
    const report = reports.get(focused.key);
    const order = report?.columns ?? [];
    const from = cursor?.pane === focused.key ? cursor : { pane: focused.key, t: cursor?.t ?? now.t, column: order[order.length >> 1] ?? 0 };
    // A sample, or what one pixel covers where that is more.
    const step = Math.max(1 / focused.rate_Hz, now.span / Math.max(100, report?.painted.size.width ?? 1000));
    const up = isNeural(focused) && !view.tipUp ? channels : -channels;
    const place = Math.max(0, Math.min(order.length - 1, order.indexOf(from.column) + up));
    setCursor({ pane: focused.key, t: from.t + samples * step, column: order[place] ?? from.column });
    if (from.t < now.t - now.span / 2 || from.t > now.t + now.span / 2) onView({ t: from.t });
  };

  const act = (action: TraceAction) => {
    switch (action.do) {
      case 'pan': return onView({ t: now.t + action.pages * now.span });
      case 'zoom': return zoomTo({ span: nextSpan(now.span, action.direction) });
      case 'gain': return onView({ gain: nextGain(view.gain, action.direction) });
      case 'scroll': return onView({ lowest: Math.max(0, Math.min(view.lowest + action.direction * Math.max(1, view.shown >> 2), (focused?.channels.order.length ?? 0) - view.shown)) });
      case 'next': return void next(action.kind, action.direction);
      case 'state': {
        const source = focused && stateByNumber(sources.sources, focused.stream, action.number);
        return source ? setPane(Math.min(focus, panes.length - 1), source.key) : setMessage('This stream has no such state.');
      }
      case 'cursor': return moveCursor(action.samples, action.channels);
      case 'mode': return onView({ mode: view.mode === 'lines' ? 'heat' : 'lines' });
      case 'go': return goField.current?.focus();
      case 'first': return onView({ t: sources.from_s + now.span / 2 });
      case 'last': return onView({ t: sources.to_s - now.span / 2 });
      case 'addPane': return view.panes.length < mostPanes ? addPane(sources.sources.find(({ key }) => !view.panes.includes(key))) : setMessage('8 panes is the limit: close one.');
      case 'origin': return onView({ tipUp: !view.tipUp });
      case 'names': return onView({ names: !view.names });
      case 'filter': {
        const other = focused && otherFilter(sources.sources, focused);
        return other ? setPane(view.panes.indexOf(focused.key), other.key) : setMessage('This stream has no live filter.');
      }
      case 'undoZoom': return void (zooms.current.length > 0 && setView(zooms.current.pop()!));
      case 'clear': return void (setMeasure(null), setMessage(''));
      case 'spikes': return onView(view.sorter === '' && sources.sorters.length > 0 ? { sorter: (sources.sorters.find(({ stream }) => stream === focused?.stream) ?? sources.sorters[0]).path, units: 'all' } : { sorter: '', units: [] });
    }
  };
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const element = event.target as HTMLElement;
      if (event.defaultPrevented && !element.closest('[data-trace-pane]')) return;
      if (element.closest('input, textarea, select, [role=dialog], [role=listbox], [role=grid], [role=radiogroup]') || document.querySelector('[role=dialog]')) return;
      const action = traceAction(event, element.closest('[data-trace-pane]') !== null);
      if (!action) return;
      event.preventDefault();
      latest.current(action);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);

  const wheel = (event: WheelEvent, at_s: number, pane: string) => {
    const direction = event.deltaY > 0 || event.deltaX > 0 ? 1 : -1;
    if (event.ctrlKey && event.altKey) {
      const place = viewOf(view, pane);
      const span = place.span * 1.25 ** direction;
      onView({ span, t: at_s + ((place.t - at_s) * span) / place.span }, pane);
    } else if (event.ctrlKey) act({ do: 'gain', direction: direction > 0 ? 1 : -1 });
    else if (event.altKey) setView((before) => panned(before, 0.1 * direction * viewOf(before, pane).span, pane));
    else act({ do: 'scroll', direction: direction > 0 ? -1 : 1 });
  };

  const panned = (before: View, seconds: number, pane: string) => inBounds(changed(before, { t: viewOf(before, pane).t + seconds }, pane), sources);
  const probes = panes.filter(isNeural);
  const lines = panes.filter((source) => !isNeural(source));
  const paneOf = (source: TraceSourceInfo) => {
    const index = view.panes.indexOf(source.key);
    return (
      <Pane key={index} target={target} sources={sources} source={source} view={view} marks={marks} spans={shownSpans} letters={letters} cursor={cursor} measure={measure} focused={source === focused} closable={panes.length > 1}
        onFocus={() => setFocus(index)} onSource={(key) => setPane(index, key)} onClose={() => onView({ panes: view.panes.filter((_, number) => number !== index) })}
        onCursor={(t, column) => setCursor({ pane: source.key, t, column })} onMeasure={setMeasure} onWheel={(event, at_s) => wheel(event, at_s, source.key)} onPan={(seconds) => setView((before) => panned(before, seconds, source.key))}
        onZoom={(from_s, to_s) => zoomTo({ t: (from_s + to_s) / 2, span: to_s - from_s }, source.key)} onLink={() => setView((before) => toggleLink(before, source.key))} onReport={onReport} />
    );
  };
  const shownReports = panes.map(({ key }) => reports.get(key)).filter((report) => report !== undefined);
  const inCharge = reports.get(measure?.pane ?? '') ?? undefined;
  return (
    <Page title="Traces" crumbs={[...crumbs, { label: sources.name, route: 'runId' in target ? `/runs/${target.runId}` : '/review' }]} fill
      notation={<Notation text={location.hash} />}
      secondary={<>
        <Button variant="default" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>{asTable ? 'Traces' : 'Table'}</Button>
        <Menu position="top-end">
          <Menu.Target><Button variant="default" disabled={asTable}>Picture</Button></Menu.Target>
          <Menu.Dropdown>
            {(['svg', 'png'] as const).map((format) => <Menu.Item key={format} onClick={() => void savePicture(format, sources.name, shownReports, info.data?.version ?? '')}>{format === 'svg' ? 'SVG' : 'PNG, double size'}</Menu.Item>)}
          </Menu.Dropdown>
        </Menu>
      </>}
      primary={{ label: 'Export snippet', onPress: () => setExporting(true) }}>
      {tabs}
      <Modal opened={exporting} onClose={() => setExporting(false)} title="Export snippet" size="lg">
        {exporting && focused && <ExportSnippet target={target} sources={sources} panes={panes} start={measure?.pane ?? focused.key} view={view} measure={measure} reports={reports} onClose={() => setExporting(false)} />}
      </Modal>
      <Toolbar target={target} sources={sources} view={now} goField={goField} onView={onView} onAction={act}>
        <Overlays target={target} sources={sources} view={view} marks={marks} spans={spans} letters={letters} onView={onView} onAdd={addPane} />
      </Toolbar>
      <div className={styles.second}>
        {onDisk && <Overview target={target} sources={sources} source={onDisk} view={now} onGo={(t) => onView({ t })} />}
        <div className={styles.group}>
          <span className="caption">next</span>
          {sources.events.length > 0 && <Button variant="default" px={8} title="Next event (e), previous with Shift" onClick={() => void next('event', 1)}>event</Button>}
          {sources.sorters.length > 0 && <Button variant="default" px={8} title="Next spike (Alt+PageDown)" onClick={() => void next('spike', 1)}>spike</Button>}
          <Button variant="default" px={8} title="Next gap, fill, gfix edit, saturation, missed sample or error on these panes (x), previous with Shift" onClick={() => void next('problem', 1)}>problem</Button>
        </div>
      </div>
      {sources.problems.length > 0 && <details className={styles.problems}><summary>▲ {counted(sources.problems.length, 'remark')} on these files</summary><ul>{sources.problems.map((problem) => <li key={problem}>{problem}</li>)}</ul></details>}
      {asTable && <NumberView reports={shownReports} sources={sources} view={view} marks={marks} spans={shownSpans} letters={letters} />}
      <div className={styles.panes} hidden={asTable}>
        {probes.length > 0 && <div className={styles.probes} style={{ gridTemplateColumns: `repeat(${probes.length <= 3 ? probes.length : Math.ceil(probes.length / 2)}, minmax(0, 1fr))` }}>{probes.map(paneOf)}</div>}
        {lines.length > 0 && <div className={probes.length > 0 ? styles.lines : styles.probes}>{lines.map(paneOf)}</div>}
      </div>
      <Status sources={sources} report={measure ? (inCharge ?? reports.get(cursor?.pane ?? '')) : reports.get(cursor?.pane ?? '')} cursor={cursor} measure={measure} message={message} />
    </Page>
  );
}
