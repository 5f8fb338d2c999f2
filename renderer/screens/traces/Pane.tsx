// One stream in one state: its bar (stream, state, what is shown) and its picture with the mouse and the arrow keys on it.

import { ActionIcon, Button, Select } from '@mantine/core';
import { IconLink, IconUnlink } from '@tabler/icons-react';
import { type KeyboardEvent, type PointerEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { TraceMarks, TraceSourceInfo, TraceSources, TraceSpanInfo, TraceTargetId } from '../../../core/service/contract/index.ts';
import { clock, Problem } from '../../components/index.ts';
import { useLook } from '../../theme/plotLook.ts';
import { type Cursor, drawCursor, type Measure } from './cursor.ts';
import { barHeight } from './picture.ts';
import { lineLayout, probeLayout, rowAt } from './layout.ts';
import { gutter, paintPane, ruler } from './paint.ts';
import type { Wish } from './readAhead.ts';
import { extentOf, isNeural, signalsOf } from './signal.ts';
import { bitsSeen, stateLabel } from './streams.ts';
import styles from './Traces.module.css';
import { useTraceWindow } from './useTraceWindow.ts';
import type { PaneReport } from './Traces.tsx';
import { useMarks } from './useMarks.ts';
import { type View, viewOf } from './view.ts';

/** Lines closer than this, px, cannot be told apart: fewer channels are shown then. */
const leastPitch = 5;

interface PaneProps {
  readonly target: TraceTargetId;
  readonly sources: TraceSources;
  readonly source: TraceSourceInfo;
  readonly view: View;
  readonly marks: TraceMarks | undefined;
  /** On all panes, of the kinds that are on. */
  readonly spans: readonly TraceSpanInfo[];
  readonly letters: ReadonlyMap<string, number>;
  readonly cursor: Cursor | null;
  readonly measure: Measure | null;
  readonly focused: boolean;
  readonly closable: boolean;
  readonly onFocus: () => void;
  readonly onSource: (key: string) => void;
  readonly onClose: () => void;
  /** On or off the common time axis. */
  readonly onLink: () => void;
  readonly onCursor: (t: number, column: number) => void;
  readonly onMeasure: (measure: Measure | null) => void;
  readonly onWheel: (event: WheelEvent, at_s: number) => void;
  readonly onPan: (seconds: number) => void;
  readonly onZoom: (from_s: number, to_s: number) => void;
  /** What the status line, the table and saved pictures need of a pane. */
  readonly onReport: (report: PaneReport) => void;
}

export function Pane(props: PaneProps) {
  const { target, sources, source, letters, cursor, measure, focused, onReport } = props;
  const isLinked = props.view.own[source.key] === undefined;
  const view = useMemo(() => viewOf(props.view, source.key), [props.view, source.key]);
  const alone = useMarks(target, view, !isLinked);
  const { marks, spans } = isLinked ? props : { marks: alone.marks, spans: alone.shown };
  const look = useLook();
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const over = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const seen = useRef(new Map<number, readonly number[]>());

  useLayoutEffect(() => {
    const watch = new ResizeObserver(([{ contentRect: { width, height } }]) => {
      // Hidden behind the table it keeps its size, and so its data.
      if (width > 0) setSize({ width: Math.round(width), height: Math.round(height) });
    });
    watch.observe(host.current!);
    return () => watch.disconnect();
  }, []);

  const neural = isNeural(source);
  const plot = useMemo(() => ({ width: Math.max(50, size.width - gutter), height: Math.max(20, size.height - ruler) }), [size]);
  const from_s = view.t - view.span / 2;
  const to_s = view.t + view.span / 2;
  const room = Math.max(1, Math.floor(plot.height / leastPitch));
  const shown = view.mode === 'heat' ? source.channels.order.length : Math.min(view.shown, room, source.channels.order.length);
  const lowest = Math.max(0, Math.min(view.mode === 'heat' ? 0 : view.lowest, source.channels.order.length - shown));
  const columns = useMemo(() => (neural ? Array.from(source.channels.order.subarray(lowest, lowest + shown)) : source.channels.names.map((_, column) => column)), [neural, source, lowest, shown]);
  const ratio = window.devicePixelRatio || 1;
  const wish = useMemo((): Wish => ({ source: source.key, from_s, to_s, width: Math.min(4096, Math.ceil(plot.width * ratio)), columns }), [source.key, from_s, to_s, plot.width, ratio, columns]);
  const { read, reading, error } = useTraceWindow(target, size.width > 0 ? wish : null);
  const signals = useMemo(() => (read ? signalsOf(read.window, source) : null), [read, source]);
  const layout = useMemo(() => {
    if (neural) return probeLayout(source.channels, lowest, shown, plot.height, view);
    if (read) seen.current = bitsSeen(seen.current, read.window, source.channels);
    return lineLayout(source.channels, seen.current, plot.height);
  }, [neural, source, lowest, shown, plot.height, read, view.names, view.tipUp]);
  const noise = useMemo(() => (signals && neural ? medianRms(signals, source, columns, from_s, to_s) : null), [signals, neural, source, columns, from_s, to_s]);

  const ownSpans = useMemo(() => spans.filter((span) => span.source === source.key), [spans, source]);
  const painted = useMemo(() => ({ source, sources, view, marks, spans: ownSpans, letters, layout, signals, look, from_s, to_s, size: plot }), [source, sources, view, marks, ownSpans, letters, layout, signals, look, from_s, to_s, plot]);
  useEffect(() => {
    const frame = requestAnimationFrame(() => canvas.current && paintPane(canvas.current, painted, ratio));
    return () => cancelAnimationFrame(frame);
  }, [painted, ratio]);
  useEffect(() => {
    const frame = requestAnimationFrame(() => over.current && drawCursor(over.current, { ...painted, ratio, cursor, measure }));
    return () => cancelAnimationFrame(frame);
  }, [painted, ratio, cursor, measure]);
  useEffect(() => onReport({ source, signals, columns, canvas: canvas.current, reading, text: read?.window.text ?? null, painted }), [onReport, source, signals, columns, reading, read, painted]);

  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    const element = host.current!;
    const turn = (event: WheelEvent) => {
      event.preventDefault();
      const { left } = element.getBoundingClientRect();
      const now = viewOf(latest.current.view, latest.current.source.key);
      latest.current.onWheel(event, now.t - now.span / 2 + ((event.clientX - left - gutter) / Math.max(1, element.clientWidth - gutter)) * now.span);
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  }, []);

  const timeAt = (x: number) => from_s + ((x - gutter) / plot.width) * view.span;
  const mouse = useMouse({ ...props, view }, timeAt, (y) => rowAt(layout, y)?.column ?? -1, plot.width);
  const depths = neural && source.channels.problem === null ? depthText(source, columns) : '';
  const facts = [
    neural && `${shown} of ${source.channels.order.length} ch${depths}`, noise !== null && `noise ${noise.toFixed(1)} uV`,
    !sources.clocks.find(({ device }) => device === source.device)?.aligned && 'own clock, not aligned', endText(sources, source),
  ];
  const states = sources.sources.filter(({ stream }) => stream === source.stream);

  return (
    <section className={styles.pane} data-focused={focused || undefined} aria-label={`${source.stream}, ${stateLabel(source)}`} onFocus={props.onFocus} onPointerDown={props.onFocus}>
      <div className={styles.bar}>
        <Select aria-label="Stream" w={96} data={[...new Set(sources.sources.map(({ stream }) => stream))]} value={source.stream} allowDeselect={false} comboboxProps={{ width: 'max-content' }}
          onChange={(stream) => stream && props.onSource((sources.sources.find((each) => each.stream === stream && each.state === source.state) ?? sources.sources.find((each) => each.stream === stream && each.state === 'raw') ?? sources.sources.find((each) => each.stream === stream)!).key)} />
        <Select aria-label="State" w={136} data={states.map((each) => ({ value: each.key, label: stateLabel(each) }))} value={source.key} allowDeselect={false} comboboxProps={{ width: 'max-content' }} onChange={(key) => key && props.onSource(key)} />
        <span className={`caption ${styles.facts}`}>
          {facts.filter(Boolean).join(' · ')}
        </span>
        <Button variant="subtle" color="gray" px={6} aria-pressed={isLinked} leftSection={isLinked ? <IconLink size={16} aria-hidden /> : <IconUnlink size={16} aria-hidden />} onClick={props.onLink}
          title={isLinked ? 'Moves with the other panes. Press to let it stand alone.' : 'Moves alone. Press to put it back on the common time.'}>{isLinked ? 'linked' : `own time ${clock(view.t, 3)}`}</Button>
        <span className={styles.reading} role="status">{read?.window.text ?? (reading ? 'reading' : '')}</span>
        {props.closable && <ActionIcon aria-label={`Close pane ${source.stream} ${stateLabel(source)}`} color="gray" onClick={props.onClose}>✕</ActionIcon>}
      </div>
      <div ref={host} className={styles.host} tabIndex={0} role="application" aria-label={`Traces of ${source.stream}, ${stateLabel(source)}. Arrow keys move the cursor.`} data-trace-pane {...mouse}
        onKeyDown={(event: KeyboardEvent) => { if (['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown'].includes(event.key)) event.preventDefault(); }}>
        <canvas ref={canvas} style={{ width: size.width, height: size.height }} />
        <canvas ref={over} style={{ width: size.width, height: size.height }} />
        {error && <div className={styles.error}><Problem error={error} /></div>}
        {read?.window.mode === 'off' && <div className={styles.off}>{read.window.text}</div>}
      </div>
    </section>
  );
}

/** Told of what stops long before the others, by more than their clocks differ. */
function endText(sources: TraceSources, source: TraceSourceInfo): string {
  const end = source.files.at(-1)?.to_s ?? 0;
  return sources.to_s - end > 1 ? `This file is shorter than the others: it ends at ${clock(end, 0)}.` : '';
}

function depthText(source: TraceSourceInfo, columns: readonly number[]): string {
  const depths = columns.map((column) => source.channels.z_um[column]);
  return `, ${Math.round(Math.min(...depths))} to ${Math.round(Math.max(...depths))} um`;
}

/** Of a few channels: it is only a word about the picture. */
function medianRms(signals: NonNullable<ReturnType<typeof signalsOf>>, source: TraceSourceInfo, columns: readonly number[], from_s: number, to_s: number): number | null {
  if (signals.window.mode !== 'samples') return null;
  const some = columns.filter((_, index) => index % Math.ceil(columns.length / 24) === 0);
  const values = some.map((column) => extentOf(signals, source, column, from_s, to_s)?.rms_uV).filter((value) => typeof value === 'number').sort((a, b) => a - b);
  return values[values.length >> 1] ?? null;
}

type Drag = { readonly kind: 'pan' | 'measure' | 'zoom'; readonly x: number; readonly y: number; moved: boolean; last: number };

/** Drag pans, Shift+drag measures, Ctrl+drag zooms, a click puts the cursor there. */
function useMouse({ source, view, onCursor, onMeasure, onPan, onZoom }: PaneProps, timeAt: (x: number) => number, columnAt: (y: number) => number, width: number) {
  const drag = useRef<Drag | null>(null);
  const place = (event: PointerEvent<HTMLDivElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  return {
    onPointerDown(event: PointerEvent<HTMLDivElement>) {
      if (event.button !== 0) return;
      const { x, y } = place(event);
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { kind: event.shiftKey ? 'measure' : event.ctrlKey ? 'zoom' : 'pan', x, y, moved: false, last: x };
    },
    onPointerMove(event: PointerEvent<HTMLDivElement>) {
      const { x, y } = place(event);
      const current = drag.current;
      if (!current) return void (x >= gutter && onCursor(timeAt(x), columnAt(y)));
      current.moved ||= Math.abs(x - current.x) > 3 || Math.abs(y - current.y) > 3;
      if (!current.moved) return;
      if (current.kind === 'pan') onPan(((current.last - x) / width) * view.span);
      else onMeasure({ pane: source.key, from_s: timeAt(current.x), to_s: timeAt(x), fromY: current.y, toY: y, column: columnAt(current.y), dV_uV: current.kind === 'measure' && isNeural(source) ? ((current.y - y) / barHeight) * view.gain : null });
      current.last = x;
    },
    onPointerUp(event: PointerEvent<HTMLDivElement>) {
      const { x, y } = place(event);
      const current = drag.current;
      drag.current = null;
      if (!current) return;
      if (!current.moved) onCursor(timeAt(x), columnAt(y));
      else if (current.kind === 'zoom') {
        onMeasure(null);
        onZoom(Math.min(timeAt(current.x), timeAt(x)), Math.max(timeAt(current.x), timeAt(x)));
      }
    },
  };
}
