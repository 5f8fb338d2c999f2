// The files of a run on the true time axis: a row per stream, a bar per file, gaps hatched and overlaps crossed with their
// lengths, and below the same files as CatGT will join them. Long silences may be folded to a break. Wheel, + and - zoom,
// f fits, arrows walk the bars.

import { Checkbox } from '@mantine/core';
import { type KeyboardEvent, type PointerEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { RunTimeline, TimelineFile } from '../../../core/service/contract/index.ts';
import { useKept } from '../../api/index.ts';
import { clock, counted } from '../format.ts';
import { Bar, rowHeight } from './Bar.tsx';
import { type Cut, CutHandles } from './CutHandles.tsx';
import { fileLabel, lengthText } from './describe.ts';
import { foldedAxis, foldsOf } from './folds.ts';
import { joinedOutput } from './joined.ts';
import { JoinedLane } from './JoinedLane.tsx';
import { marksOf, marksWithFolds } from './marks.ts';
import { laneOf, panned, ticks, type TimeView, wholeView, zoomed } from './scale.ts';
import styles from './Timeline.module.css';

export interface FileKey {
  readonly stream: string;
  readonly gate: number;
  readonly trigger: number;
}

interface TimelineProps {
  readonly timeline: RunTimeline;
  readonly label: string;
  readonly view: TimeView | null;
  readonly onView: (view: TimeView | null) => void;
  readonly focused: FileKey | null;
  readonly onFocus: (file: FileKey) => void;
  /** Enter or double click on a bar. */
  readonly onOpen?: (file: FileKey) => void;
  /** Dragging over bars: the trials it touched, in order. Without it dragging moves the view. */
  readonly onDragOver?: (trials: readonly Pick<FileKey, 'gate' | 'trigger'>[]) => void;
  /** Dragging the ends of the first output; others begin and end likewise. Without it they cannot be dragged. */
  readonly cut?: Cut;
  /** Rows that are shown; all by default. */
  readonly streams?: readonly string[];
}

const left = 84;
const axisHeight = 24;
const lanes = 3;

export function Timeline({ timeline, label, view, onView, focused, onFocus, onOpen, onDragOver, cut, streams }: TimelineProps) {
  const [box, width] = useWidth();
  const inside = useId();
  const svg = useRef<SVGSVGElement>(null);
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number; readonly view: TimeView } | null>(null);
  const [isFolded, setFolded] = useKept('timeline.fold', false);
  const rows = useMemo(() => timeline.rows.filter((row) => !streams || streams.includes(row.stream)), [timeline, streams]);
  const folds = useMemo(() => foldsOf(rows), [rows]);
  const axis = useMemo(() => foldedAxis(isFolded ? folds : []), [folds, isFolded]);
  // Zoom and pan happen in places on the axis, which are times where nothing is folded.
  const whole = wholeView(axis.of(timeline.from_s), axis.of(timeline.to_s));
  const shown = view ? { from_s: axis.of(view.from_s), to_s: axis.of(view.to_s) } : whole;
  const show = (next: TimeView) => onView({ from_s: axis.at(next.from_s), to_s: axis.at(next.to_s) });
  const span = shown.to_s - shown.from_s;
  const inner = Math.max(100, width - left - 8);
  const xAt = (place_s: number) => left + ((place_s - shown.from_s) / span) * inner;
  const xOf = (at_s: number) => xAt(axis.of(at_s));
  const placeAt = (x: number) => shown.from_s + ((x - left) / inner) * span;
  const zoomAt = (place_s: number, factor: number) => show(zoomed(shown, place_s, factor, whole));

  useWheel(svg, (x, delta) => zoomAt(placeAt(x), delta > 0 ? 1.25 : 0.8));

  const marks = marksWithFolds(rows, axis.folds).filter(({ to_s, from_s }) => xOf(to_s) >= left - 60 && xOf(from_s) <= width);
  const placed = laneOf(marks.map(({ from_s, text, must }) => ({ x: Math.max(left, xOf(from_s)), width: text.length * 7, must })), lanes);
  const marksTop = axisHeight + rows.length * rowHeight;
  const joinedTop = marksTop + (marks.length > 0 ? (Math.max(...placed) + 1) * 16 + 8 : 8);
  const height = joinedTop + timeline.outputs.length * (rowHeight + 4) + 4;
  const { at_s, places } = ticks(shown, inner, timeline.from_s, axis);

  const onKey = (event: KeyboardEvent) => {
    const middle = (shown.from_s + shown.to_s) / 2;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const actions: Readonly<Record<string, () => void>> = {
      '+': () => zoomAt(middle, 0.5), '=': () => zoomAt(middle, 0.5), '-': () => zoomAt(middle, 2), f: () => onView(null),
      ...(event.shiftKey ? { ArrowLeft: () => show(panned(shown, -span / 4, whole)), ArrowRight: () => show(panned(shown, span / 4, whole)) } : walk(event)),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };

  /** Arrows go along a stream and to the same trial of the next one. */
  const walk = (event: KeyboardEvent): Record<string, () => void> => {
    const key = (event.target as SVGElement).dataset['file'];
    if (!key) return {};
    const [row, index] = key.split(' ').map(Number);
    const go = (toRow: number, toIndex: number) => {
      const file = rows[toRow]?.files[toIndex];
      if (!file) return;
      reveal(file);
      svg.current?.querySelector<SVGElement>(`[data-file="${toRow} ${toIndex}"]`)?.focus();
    };
    const across = (by: number) => {
      const file = rows[row].files[index];
      const other = rows[row + by]?.files ?? [];
      go(row + by, Math.max(0, other.findIndex(({ gate, trigger }) => gate === file.gate && trigger === file.trigger)));
    };
    return {
      ArrowLeft: () => go(row, index - 1), ArrowRight: () => go(row, index + 1), ArrowUp: () => across(-1), ArrowDown: () => across(1),
      Home: () => go(row, 0), End: () => go(row, rows[row].files.length - 1),
      Enter: () => onOpen?.({ stream: rows[row].stream, gate: rows[row].files[index].gate, trigger: rows[row].files[index].trigger }),
    };
  };
  const reveal = ({ start_s, end_s }: TimelineFile) => {
    const [start, end] = [axis.of(start_s), axis.of(end_s)];
    if (start < shown.from_s || end > shown.to_s) show(panned(shown, start < shown.from_s ? start - shown.from_s - span * 0.02 : end - shown.to_s + span * 0.02, whole));
  };

  const pointer = (event: PointerEvent) => event.clientX - (svg.current?.getBoundingClientRect().left ?? 0);
  const startDrag = (event: PointerEvent) => {
    if (event.button !== 0 || pointer(event) < left) return;
    setDrag({ from: pointer(event), to: pointer(event), view: shown });
  };
  const moveDrag = (event: PointerEvent) => {
    if (!drag) return;
    const to = pointer(event);
    if (Math.abs(to - drag.from) > 4) svg.current?.setPointerCapture(event.pointerId);
    setDrag({ ...drag, to });
    if (!onDragOver) show(panned(drag.view, -((to - drag.from) / inner) * (drag.view.to_s - drag.view.from_s), whole));
  };
  const endDrag = () => {
    if (drag && onDragOver && Math.abs(drag.to - drag.from) > 4) {
      const [from, to] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)].map((x) => axis.at(placeAt(x)));
      const touched = touchedBy(rows[0]?.files ?? [], from, to);
      if (touched.length > 0) onDragOver(touched.map(({ gate, trigger }) => ({ gate, trigger })));
    }
    setDrag(null);
  };

  const isFocused = (stream: string, { gate, trigger }: TimelineFile) => focused?.stream === stream && focused.gate === gate && focused.trigger === trigger;
  const hasFocused = rows.some((row) => row.files.some((file) => isFocused(row.stream, file)));
  return (
    <div ref={box} className={styles.box}>
      {folds.length > 0 && <Checkbox className={styles.fold} label={`Fold ${folds.length === 1 ? `the pause of ${lengthText(folds[0].to_s - folds[0].from_s)}` : counted(folds.length, 'long pause')}`} checked={isFolded} onChange={(event) => setFolded(event.currentTarget.checked)} />}
      <svg ref={svg} width={width} height={height} className={onDragOver ? styles.choosing : styles.svg} role="group" aria-label={label} onKeyDown={onKey} onPointerDown={startDrag} onPointerMove={moveDrag} onPointerUp={endDrag} onPointerCancel={() => setDrag(null)}>
        <Hatches />
        <clipPath id={inside}><rect x={left} y={0} width={inner + 8} height={height} /></clipPath>
        {at_s.map((time) => (
          <g key={time} className={styles.tick}>
            <line x1={xOf(time)} x2={xOf(time)} y1={16} y2={joinedTop - 4} />
            <text x={xOf(time)} y={12} textAnchor="middle">{clock(time - timeline.from_s, places)}</text>
          </g>
        ))}
        {rows.map((row, rowIndex) => (
          <g key={row.stream} transform={`translate(0 ${axisHeight + rowIndex * rowHeight})`} role="group" aria-label={row.stream}>
            <text className={styles.stream} x={0} y={16}>{row.stream}</text>
            <g clipPath={`url(#${inside})`}>
              {row.files.map((file, index) => {
                const tabbed = hasFocused ? isFocused(row.stream, file) : rowIndex === 0 && index === 0;
                return <Bar key={`${file.gate} ${file.trigger}`} file={file} rate_Hz={row.rate_Hz} name={fileLabel(row, file, timeline.from_s)} xOf={xOf} left={left} isFocused={isFocused(row.stream, file)} isTabbed={tabbed} place={`${rowIndex} ${index}`}
                  onFocus={() => onFocus({ stream: row.stream, gate: file.gate, trigger: file.trigger })} onOpen={onOpen && (() => onOpen({ stream: row.stream, gate: file.gate, trigger: file.trigger }))} />;
              })}
              {marksOf([row]).map((mark) => <rect key={`${mark.kind} ${mark.from_s}`} className={mark.kind === 'gap' ? styles.gap : styles.overlap} x={xOf(mark.from_s)} y={mark.kind === 'gap' ? 3 : rowHeight - 10} width={Math.max(2, xOf(mark.to_s) - xOf(mark.from_s))} height={mark.kind === 'gap' ? rowHeight - 6 : 7} />)}
            </g>
          </g>
        ))}
        {axis.folds.map(({ from_s, to_s }) => <Break key={from_s} from={xOf(from_s)} to={xOf(to_s)} inside={`url(#${inside})`} bottom={marksTop} />)}
        {marks.map((mark, index) => placed[index] >= 0 && (
          <g key={`${mark.kind} ${mark.from_s}`} className={styles.mark}>
            <line x1={Math.max(left, xOf((mark.from_s + mark.to_s) / 2))} x2={Math.max(left, xOf((mark.from_s + mark.to_s) / 2))} y1={marksTop} y2={marksTop + 4 + placed[index] * 16} />
            <text x={Math.max(left, xOf(mark.from_s))} y={marksTop + 14 + placed[index] * 16}>{mark.text}</text>
          </g>
        ))}
        {timeline.outputs.map((output, index) => {
          const joined = joinedOutput(timeline, index, axis);
          return (
            <g key={output.gate} transform={`translate(0 ${joinedTop + index * (rowHeight + 4)})`}>
              <text className={styles.stream} x={0} y={16}>{timeline.outputs.length === 1 ? 'As joined' : `Joined g${output.gate}`}</text>
              {!joined && <text className={styles.stream} x={xAt(axis.of(timeline.from_s)) + 4} y={16}>nothing</text>}
              {joined && <g clipPath={`url(#${inside})`}><JoinedLane joined={joined} xAt={xAt} left={left} height={rowHeight} /></g>}
              {joined && cut && index === 0 && <CutHandles {...cut} joined={joined} xAt={xAt} placeAt={(clientX) => placeAt(clientX - (svg.current?.getBoundingClientRect().left ?? 0))} pixel_s={span / inner} height={rowHeight} />}
              <title>{`${lengthText(output.joined_s)} in all`}</title>
            </g>
          );
        })}
        {drag && onDragOver && <rect className={styles.selection} x={Math.min(drag.from, drag.to)} width={Math.abs(drag.to - drag.from)} y={axisHeight} height={rows.length * rowHeight} />}
      </svg>
    </div>
  );
}

/** Where files overlap, a drag that begins on the later one does not mean the earlier one. */
function touchedBy(files: readonly TimelineFile[], from_s: number, to_s: number): readonly TimelineFile[] {
  const under = files.findLastIndex((file) => file.start_s <= from_s && file.end_s >= from_s);
  const first = under >= 0 ? under : files.findIndex((file) => file.start_s >= from_s);
  return first < 0 ? [] : files.slice(first).filter((file) => file.start_s <= to_s);
}

/** Two strokes across the axis and all rows: time is not to scale between them. */
function Break({ from, to, inside, bottom }: { readonly from: number; readonly to: number; readonly inside: string; readonly bottom: number }) {
  const stroke = (x: number) => `M${x + 3} ${axisHeight - 8} L${x - 3} ${bottom}`;
  return <path className={styles.break} clipPath={inside} d={`${stroke(from + (to - from) / 3)} ${stroke(to - (to - from) / 3)}`} />;
}

/** Patterns for gaps, overlaps and fills, the same everywhere. */
function Hatches() {
  return (
    <defs>
      <pattern id="hatch-gap" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line className={styles.hatchGap} x1="0" y1="0" x2="0" y2="6" /></pattern>
      <pattern id="hatch-overlap" width="6" height="6" patternUnits="userSpaceOnUse"><path className={styles.hatchOverlap} d="M0 0 L6 6 M6 0 L0 6" /></pattern>
      <pattern id="hatch-fill" width="5" height="5" patternUnits="userSpaceOnUse"><circle className={styles.hatchFill} cx="2.5" cy="2.5" r="1" /></pattern>
    </defs>
  );
}

function useWidth() {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(800);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.max(300, Math.floor(entry.contentRect.width))));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [box, width] as const;
}

/** React listens to the wheel passively: then the page would scroll as well. */
function useWheel(svg: React.RefObject<SVGSVGElement | null>, onWheel: (x: number, delta: number) => void): void {
  const latest = useRef(onWheel);
  useEffect(() => {
    latest.current = onWheel;
  });
  useEffect(() => {
    const element = svg.current;
    const turn = (event: WheelEvent) => {
      event.preventDefault();
      latest.current(event.clientX - element!.getBoundingClientRect().left, event.deltaY);
    };
    element?.addEventListener('wheel', turn, { passive: false });
    return () => element?.removeEventListener('wheel', turn);
  }, [svg]);
}
