// Widths of all pulses high enough, log counts, with the accepted window over them: its middle and its two edges are
// dragged. A click on a bar puts the window there, with Ctrl it makes a second extractor for that width.

import { type MouseEvent, useCallback, useRef, useState } from 'react';
import { type AnalogFields, type DigitalFields, type ExtractorPreview, toleranceOf, withTolerance } from '../../../../../core/service/contract/index.ts';
import { significant } from '../../../../components/index.ts';
import { Canvas, type Surface, ticks } from '../../../../components/canvas/index.ts';
import styles from './extract.module.css';
import { Handle } from './Handle.tsx';
import { LEFT, RIGHT } from './layout.ts';

interface WidthHistogramProps {
  readonly fields: AnalogFields | DigitalFields;
  readonly widths: ExtractorPreview['widths'];
  readonly rate_Hz: number;
  readonly onFields: (fields: AnalogFields | DigitalFields, done: boolean) => void;
  /** A second extractor for this width. */
  readonly onSecond: (width_ms: number) => void;
}

const AXIS = 18;

export function WidthHistogram({ fields, widths, rate_Hz, onFields, onSecond }: WidthHistogramProps) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const x = useCallback((ms: number) => place(widths, ms, width), [widths, width]);
  const msAt = (at: number) => unplace(widths, at, width);
  const tolerance = toleranceOf(fields);
  const isAny = fields.width_ms === 0;

  const draw = useCallback((surface: Surface) => {
    if (surface.width !== width) setWidth(surface.width);
    const { pen, height, look } = surface;
    const bottom = height - AXIS;
    pen.strokeStyle = look.color('--edge');
    pen.fillStyle = look.color('--text-2');
    pen.strokeRect(LEFT + 0.5, 0.5, surface.width - LEFT - RIGHT - 1, bottom);
    if (!widths) return;
    const bar = (ms: number) => place(widths, ms, surface.width);
    if (!isAny) {
      pen.globalAlpha = 0.16;
      pen.fillStyle = look.color('--accent');
      pen.fillRect(bar(Math.max(0, fields.width_ms - tolerance)), 1, bar(fields.width_ms + tolerance) - bar(Math.max(0, fields.width_ms - tolerance)), bottom - 1);
      pen.globalAlpha = 1;
    }
    const most = Math.log10(1 + widths.counts.reduce((a, b) => Math.max(a, b), 1));
    widths.counts.forEach((count, bin) => {
      if (count === 0) return;
      const [from, to] = [bar(widths.edges_ms[bin]), bar(widths.edges_ms[bin + 1])];
      const tall = Math.max(2, (Math.log10(1 + count) / most) * (bottom - 6));
      const isIn = isAny || Math.abs(widths.typical_ms[bin] - fields.width_ms) <= tolerance + 1e-9;
      pen.fillStyle = look.color(isIn ? '--accent' : '--text-3');
      pen.fillRect(from, bottom - tall, Math.max(1, to - from - 1), tall);
    });
    pen.fillStyle = look.color('--text-2');
    pen.textAlign = 'center';
    for (const ms of axisTicks(widths, surface.width)) {
      const at = bar(ms);
      if (at > LEFT + 8 && at < surface.width - RIGHT - 8) pen.fillText(`${significant(ms)} ms`, at, height - AXIS / 2 + 1);
    }
  }, [widths, fields, tolerance, isAny, width]);

  const click = (event: MouseEvent) => {
    if (!widths || (event.target as HTMLElement).tagName !== 'CANVAS') return;
    const at = msAt(event.clientX - box.current!.getBoundingClientRect().left);
    const bin = nearestBin(widths, at);
    if (bin < 0) return;
    const chosen = Number(widths.typical_ms[bin].toPrecision(3));
    if (event.ctrlKey || event.metaKey) onSecond(chosen);
    else onFields({ ...fields, width_ms: chosen, tolerance_ms: null }, true);
  };
  const fine = 1000 / rate_Hz;
  const step = (value: number, direction: number, { shift, alt }: { readonly shift: boolean; readonly alt: boolean }) => Math.max(0, value + direction * (alt ? fine : shift ? 10 : 1) * (alt ? 1 : roundness(fields.width_ms)));
  const round = (value: number) => Number(value.toPrecision(3));
  const total = widths?.counts.reduce((sum, count) => sum + count, 0) ?? 0;
  const range = isAny ? 'any width' : `${significant(Math.max(0, fields.width_ms - tolerance))} to ${significant(fields.width_ms + tolerance)} ms accepted`;

  return (
    <div ref={box} className={styles.histogram} data-clicks onClick={click}>
      <Canvas label={`Widths of ${total} pulses, log count; ${range}`} draw={draw} />
      <span className={styles.rowName}>widths</span>
      <span className={styles.rowFigures}>{range}</span>
      {!isAny && widths && width > 0 && (
        <>
          <Handle label="Width" tone="plain" axis="x" min={0} max={60_000} value={fields.width_ms} text={`${significant(fields.width_ms)} ms`} place={x(fields.width_ms)} valueAt={(at) => round(msAt(at))} stepped={step}
            onChange={(value, done) => { if (value > 0) onFields({ ...fields, width_ms: Number(value.toPrecision(6)) }, done); }}><span aria-hidden /></Handle>
          {([-1, 1] as const).map((side) => (
            <Handle key={side} label={side < 0 ? 'Shortest accepted width' : 'Longest accepted width'} tone="plain" axis="x" min={0} max={60_000} value={fields.width_ms + side * tolerance} text={`${significant(fields.width_ms + side * tolerance)} ms`}
              place={x(Math.max(0, fields.width_ms + side * tolerance))} valueAt={(at) => round(msAt(at))} stepped={step}
              onChange={(value, done) => onFields(withTolerance(fields, Number(Math.max(0, side * (value - fields.width_ms)).toPrecision(4))), done)}><span aria-hidden /></Handle>
          ))}
        </>
      )}
    </div>
  );
}

/** Keys move a wide window faster: 1 ms for 25, 0.1 ms for 2.5. */
function roundness(width_ms: number): number {
  return width_ms <= 0 ? 1 : 10 ** Math.min(1, Math.max(-2, Math.floor(Math.log10(width_ms)) - 1));
}

function ends(widths: NonNullable<ExtractorPreview['widths']>): readonly [number, number] {
  const to = (ms: number) => (widths.log ? Math.log(Math.max(1e-6, ms)) : ms);
  return [to(widths.edges_ms[0]), to(widths.edges_ms[widths.edges_ms.length - 1])];
}

function place(widths: ExtractorPreview['widths'], ms: number, width: number): number {
  if (!widths) return LEFT;
  const [from, to] = ends(widths);
  const share = ((widths.log ? Math.log(Math.max(1e-6, ms)) : ms) - from) / (to - from);
  return LEFT + Math.max(0, Math.min(1, share)) * Math.max(1, width - LEFT - RIGHT);
}

function unplace(widths: ExtractorPreview['widths'], at: number, width: number): number {
  if (!widths) return 0;
  const [from, to] = ends(widths);
  const value = from + ((at - LEFT) / Math.max(1, width - LEFT - RIGHT)) * (to - from);
  return widths.log ? Math.exp(value) : Math.max(0, value);
}

function axisTicks(widths: NonNullable<ExtractorPreview['widths']>, width: number): number[] {
  const [from, to] = ends(widths);
  if (!widths.log) return ticks(from, to, width - LEFT - RIGHT, 80);
  const first = Math.ceil(from / Math.LN10);
  return Array.from({ length: Math.max(0, Math.floor(to / Math.LN10) - first + 1) }, (_, index) => 10 ** (first + index));
}

function nearestBin({ edges_ms, counts }: NonNullable<ExtractorPreview['widths']>, ms: number): number {
  let best = -1;
  counts.forEach((count, bin) => {
    if (count === 0) return;
    const distance = (of: number) => Math.abs((edges_ms[of] + edges_ms[of + 1]) / 2 - ms);
    if (best < 0 || distance(bin) < distance(best)) best = bin;
  });
  return best;
}
