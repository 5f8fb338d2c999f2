// The files of a run on the true time axis: a row per stream, a bar per file, gaps hatched and overlaps crossed with their
// lengths, and below the same files as CatGT will join them. Wheel, + and - zoom, f fits, arrows walk the bars.

import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { RunTimeline, TimelineFile } from '../../../core/service/contract/index.ts';
import { clock } from '../format.ts';
import { fileLabel, lengthText } from './describe.ts';
import { JoinedLane } from './JoinedLane.tsx';
import { marksOf } from './marks.ts';
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
  /** Rows that are shown; all by default. */
  readonly streams?: readonly string[];
}

const rowHeight = 24;
const left = 84;
const axisHeight = 24;
const lanes = 3;

export function Timeline({ timeline, label, view, onView, focused, onFocus, onOpen, onDragOver, streams }: TimelineProps) {
  const [box, width] = useWidth();
  const inside = useId();
  const svg = useRef<SVGSVGElement>(null);
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number; readonly view: TimeView } | null>(null);
  const whole = wholeView(timeline.from_s, timeline.to_s);
  const shown = view ?? whole;
  const span = shown.to_s - shown.from_s;
  const inner = Math.max(100, width - left - 8);
  const xOf = (at_s: number) => left + ((at_s - shown.from_s) / span) * inner;
  const timeAt = (x: number) => shown.from_s + ((x - left) / inner) * span;
  const zoomAt = (at_s: number, factor: number) => onView(zoomed(shown, at_s, factor, whole));

  useWheel(svg, (x, delta) => zoomAt(timeAt(x), delta > 0 ? 1.25 : 0.8));

  const rows = timeline.rows.filter((row) => !streams || streams.includes(row.stream));
  const marks = marksOf(rows).filter(({ to_s, from_s }) => xOf(to_s) >= left - 60 && xOf(from_s) <= width);
  const placed = laneOf(marks.map(({ from_s, text }) => ({ x: Math.max(left, xOf(from_s)), width: text.length * 7 })), lanes);
  const marksTop = axisHeight + rows.length * rowHeight;
  const joinedTop = marksTop + (marks.length > 0 ? (Math.max(...placed) + 1) * 16 + 8 : 8);
  const height = joinedTop + timeline.outputs.length * (rowHeight + 4) + 4;
  const { at_s, places } = ticks(shown, inner, timeline.from_s);

  const onKey = (event: KeyboardEvent) => {
    const middle = (shown.from_s + shown.to_s) / 2;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const actions: Readonly<Record<string, () => void>> = {
      '+': () => zoomAt(middle, 0.5), '=': () => zoomAt(middle, 0.5), '-': () => zoomAt(middle, 2), f: () => onView(null),
      ...(event.shiftKey ? { ArrowLeft: () => onView(panned(shown, -span / 4, whole)), ArrowRight: () => onView(panned(shown, span / 4, whole)) } : walk(event)),
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
    if (start_s < shown.from_s || end_s > shown.to_s) onView(panned(shown, start_s < shown.from_s ? start_s - shown.from_s - span * 0.02 : end_s - shown.to_s + span * 0.02, whole));
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
    if (!onDragOver) onView(panned(drag.view, -((to - drag.from) / inner) * (drag.view.to_s - drag.view.from_s), whole));
  };
  const endDrag = () => {
    if (drag && onDragOver && Math.abs(drag.to - drag.from) > 4) {
      const [from, to] = [timeAt(Math.min(drag.from, drag.to)), timeAt(Math.max(drag.from, drag.to))];
      const touched = touchedBy(rows[0]?.files ?? [], from, to);
      if (touched.length > 0) onDragOver(touched.map(({ gate, trigger }) => ({ gate, trigger })));
    }
    setDrag(null);
  };

  const isFocused = (stream: string, { gate, trigger }: TimelineFile) => focused?.stream === stream && focused.gate === gate && focused.trigger === trigger;
  const hasFocused = rows.some((row) => row.files.some((file) => isFocused(row.stream, file)));
  return (
    <div ref={box} className={styles.box}>
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
                return <Bar key={`${file.gate} ${file.trigger}`} file={file} name={fileLabel(row, file, timeline.from_s)} x={xOf(file.start_s)} width={xOf(file.end_s) - xOf(file.start_s)} isFocused={isFocused(row.stream, file)} isTabbed={tabbed} place={`${rowIndex} ${index}`}
                  onFocus={() => onFocus({ stream: row.stream, gate: file.gate, trigger: file.trigger })} onOpen={onOpen && (() => onOpen({ stream: row.stream, gate: file.gate, trigger: file.trigger }))} />;
              })}
              {marksOf([row]).map((mark) => <rect key={`${mark.kind} ${mark.from_s}`} className={mark.kind === 'gap' ? styles.gap : styles.overlap} x={xOf(mark.from_s)} y={mark.kind === 'gap' ? 3 : rowHeight - 10} width={Math.max(2, xOf(mark.to_s) - xOf(mark.from_s))} height={mark.kind === 'gap' ? rowHeight - 6 : 7} />)}
            </g>
          </g>
        ))}
        {marks.map((mark, index) => placed[index] >= 0 && (
          <g key={`${mark.kind} ${mark.from_s}`} className={styles.mark}>
            <line x1={Math.max(left, xOf((mark.from_s + mark.to_s) / 2))} x2={Math.max(left, xOf((mark.from_s + mark.to_s) / 2))} y1={marksTop} y2={marksTop + 4 + placed[index] * 16} />
            <text x={Math.max(left, xOf(mark.from_s))} y={marksTop + 14 + placed[index] * 16}>{mark.text}</text>
          </g>
        ))}
        {timeline.outputs.map((output, index) => (
          <g key={output.gate} transform={`translate(0 ${joinedTop + index * (rowHeight + 4)})`}>
            <text className={styles.stream} x={0} y={16}>{timeline.outputs.length === 1 ? 'As joined' : `Joined g${output.gate}`}</text>
            <g clipPath={`url(#${inside})`}><JoinedLane timeline={timeline} output={index} xOf={xOf} left={left} height={rowHeight} /></g>
            <title>{`${lengthText(output.joined_s)} in all`}</title>
          </g>
        ))}
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

interface BarProps {
  readonly file: TimelineFile;
  readonly name: string;
  readonly x: number;
  readonly width: number;
  readonly isFocused: boolean;
  readonly isTabbed: boolean;
  /** Row and index, for the arrow keys. */
  readonly place: string;
  readonly onFocus: () => void;
  readonly onOpen?: () => void;
}

function Bar({ file, name, x, width, isFocused, isTabbed, place, onFocus, onOpen }: BarProps): ReactNode {
  const text = `g${file.gate} t${file.trigger}${file.outcome === 'missing' ? ' missing' : ''}`;
  const shown = Math.max(2, width);
  return (
    <g className={styles.bar} data-outcome={file.outcome} data-focused={isFocused || undefined} data-file={place} data-trial={`${file.gate} ${file.trigger}`} role="button" aria-label={name} aria-pressed={isFocused} tabIndex={isTabbed ? 0 : -1} onFocus={onFocus} onClick={onFocus} onDoubleClick={onOpen}>
      <rect x={x} y={3} width={shown} height={rowHeight - 6} rx={2} />
      {width > text.length * 7.5 && <text x={Math.max(x, left) + 5} y={16}>{text}</text>}
      <title>{name}</title>
    </g>
  );
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
