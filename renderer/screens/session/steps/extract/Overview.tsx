// The whole gate in one strip: the line, the density of its pulses, and the window in it, which is dragged.

import { type KeyboardEvent, type PointerEvent, useCallback, useRef } from 'react';
import type { LineSpan, LineWindow, LineWord, PulseList } from '../../../../../core/service/contract/index.ts';
import { clock } from '../../../../components/index.ts';
import { Canvas, type Surface, timeAt, within, xOf } from '../../../../components/canvas/index.ts';
import { drawBit, drawDensity } from './drawLogic.ts';
import { drawGaps, drawWord, voltScale } from './drawTrace.ts';
import styles from './extract.module.css';
import { scaleOf } from './layout.ts';
import type { Window } from './model.ts';

interface OverviewProps {
  readonly window: Window;
  readonly span: LineSpan;
  readonly data: LineWindow | undefined;
  readonly word: LineWord;
  readonly bit: number | null;
  readonly pulses: PulseList | undefined;
  readonly onWindow: (window: Window) => void;
}

export function Overview({ window: view, span, data, word, bit, pulses, onWindow }: OverviewProps) {
  const strip = useRef<HTMLDivElement>(null);
  const drag = useRef<number | undefined>(undefined);
  const whole: Window = { from_s: 0, to_s: span.length_s };
  const draw = useCallback((surface: Surface) => {
    const time = scaleOf({ from_s: 0, to_s: span.length_s }, surface.width);
    const { pen, look, height } = surface;
    pen.fillStyle = look.color('--bg-2');
    pen.fillRect(time.left, 0, time.width, height);
    if (data && bit !== null) drawBit(surface, time, data, word.word, bit);
    else if (data) drawWord(surface, time, voltScale(...extremes(data, word), height + 18), data, word);
    if (pulses && !pulses.partial && pulses.on_s.length > 0) drawDensity({ ...surface, height: 8 }, time, pulses, 0, pulses.on_s.length);
    drawGaps(surface, time, span.gaps, false);
    const covered = xOf(time, span.covered_s);
    if (span.covered_s < span.length_s) {
      pen.fillStyle = look.color('--text-2');
      pen.textAlign = 'center';
      if (time.left + time.width - covered > 70) pen.fillText('not read', (covered + time.left + time.width) / 2, height / 2);
    }
    const [from, to] = [xOf(time, view.from_s), Math.max(xOf(time, view.from_s) + 3, xOf(time, view.to_s))];
    pen.fillStyle = look.color('--accent');
    pen.globalAlpha = 0.22;
    pen.fillRect(from, 0, to - from, height);
    pen.globalAlpha = 1;
    pen.strokeStyle = look.color('--accent');
    pen.strokeRect(from + 0.5, 0.5, to - from - 1, height - 1);
  }, [span, data, word, bit, pulses, view]);

  const timeOf = (event: PointerEvent) => timeAt(scaleOf(whole, strip.current!.clientWidth), event.clientX - strip.current!.getBoundingClientRect().left);
  const width = view.to_s - view.from_s;
  const center = (at_s: number) => onWindow(within({ from_s: at_s, to_s: at_s + width }, span.length_s));
  const key = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = { ArrowLeft: -0.2 * width, ArrowRight: 0.2 * width, PageUp: -width, PageDown: width, Home: -Infinity, End: Infinity };
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    center(Math.max(0, Math.min(span.length_s - width, view.from_s + step)));
  };
  return (
    <div ref={strip} className={styles.overview} role="slider" tabIndex={0} aria-label="Window in the whole gate" aria-valuemin={0} aria-valuemax={Math.max(0, span.length_s - width)} aria-valuenow={view.from_s} aria-valuetext={`${clock(view.from_s)} to ${clock(view.to_s)}`}
      onKeyDown={key}
      onPointerDown={(event) => {
        const at = timeOf(event);
        drag.current = at >= view.from_s && at <= view.to_s ? at - view.from_s : width / 2;
        event.currentTarget.setPointerCapture(event.pointerId);
        center(at - drag.current);
      }}
      onPointerMove={(event) => { if (drag.current !== undefined) center(timeOf(event) - drag.current); }}
      onPointerUp={() => { drag.current = undefined; }}>
      <Canvas label={`Whole gate, ${clock(span.length_s, 1)}`} draw={draw} />
      <span className={styles.rowName}>whole gate</span>
      <span className={styles.rowFigures}>{clock(view.from_s)} to {clock(view.to_s)}</span>
    </div>
  );
}

function extremes(data: LineWindow, word: LineWord): readonly [number, number] {
  const columns = data.words.find((each) => each.word === word.word);
  if (!columns) return [-word.range_V, word.range_V];
  let [low, high] = [32767, -32768];
  for (let column = 0; column < columns.lo.length; column++) {
    if (columns.lo[column] > columns.hi[column]) continue;
    low = Math.min(low, columns.lo[column]);
    high = Math.max(high, columns.hi[column]);
  }
  return [low * word.volts_per_count, high * word.volts_per_count];
}
