// Tuning gfix: candidates of the gate as points, amplitude against slope; the two thresholds as lines that are dragged by
// sliders, arrow keys or fields. The count follows at once; the run's own count when the thresholds rest.

import { Button, Slider } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { GfixScan, RequestError } from '../../../../../core/service/contract/index.ts';
import { Canvas, type Surface } from '../../../../components/canvas/index.ts';
import { clock, counted, NumberField, Problem, significant, Waiting } from '../../../../components/index.ts';
import type { Gfix } from './chain.ts';
import { drawScatter, scatterAxes } from './drawScatter.ts';
import styles from './PreprocessStep.module.css';
import { countBeyond, isBeyond } from './tune.ts';

export interface ScanState {
  readonly scan: GfixScan | undefined;
  readonly error: RequestError | null;
  readonly isBusy: boolean;
  readonly done_pct: number;
  readonly isWhole: boolean;
  readonly lookAtAll: () => void;
  /** The scan, made now if need be. */
  readonly now: () => Promise<GfixScan>;
  readonly cancel: () => void;
}

interface TuneGfixProps {
  readonly gfix: Gfix;
  readonly state: ScanState;
  readonly onChange: (gfix: Gfix) => void;
  /** Shows the moment. */
  readonly onGo: (at_s: number) => void;
}

/** ms without a key before thresholds count as at rest: each rest is one edit and one count. */
const REST = 500;

export function TuneGfix({ gfix, state, onChange, onGo }: TuneGfixProps) {
  const [dragged, setDragged] = useState<Gfix>();
  const waiting = useRef<{ readonly timer: ReturnType<typeof setTimeout>; readonly commit: () => void } | undefined>(undefined);
  const commit = (next: Gfix) => {
    setDragged(next);
    clearTimeout(waiting.current?.timer);
    const now = () => {
      waiting.current = undefined;
      setDragged(undefined);
      onChange(next);
    };
    waiting.current = { timer: setTimeout(now, REST), commit: () => onChange(next) };
  };
  // What was dragged just before leaving is meant too.
  useEffect(() => () => {
    clearTimeout(waiting.current?.timer);
    waiting.current?.commit();
  }, []);
  const now = dragged ?? gfix;
  const { scan, error, isBusy, done_pct } = state;
  if (error) return <Problem error={error} onRetry={state.lookAtAll} />;
  if (!scan) return <Waiting what="% of the moments to look at" done={done_pct} total={100} onCancel={state.cancel} />;
  const { spans } = scan;
  const count = countBeyond(scan, now);
  return (
    <div className={styles.tune}>
      <Scatter scan={scan} gfix={now} onDrag={setDragged} onDrop={commit} onGo={onGo} />
      <div className={styles.lists}>
        <ThresholdField label="Amplitude" value={now.amp_mV} least={0.1} most={Math.max(2, ...scan.amp_mV)} onDrag={(amp_mV) => setDragged({ ...now, amp_mV })} onChange={(amp_mV) => commit({ ...now, amp_mV })} />
        <ThresholdField label="Slope per sample" value={now.slope_mV} least={0.01} most={Math.max(0.5, ...scan.slope_mV)} onDrag={(slope_mV) => setDragged({ ...now, slope_mV })} onChange={(slope_mV) => commit({ ...now, slope_mV })} />
        <div aria-live="polite">
          <p><b>{count.accepted}</b> of {counted(count.candidates, 'candidate')} beyond both, {significant(count.perSecond)} per s</p>
          {isBusy || dragged
            ? <p className="muted">{isBusy ? `Counting spans, ${done_pct} %` : 'Spans are counted when this rests'}</p>
            : <p>{counted(spans.count, 'span')} as the run counts, {significant(spans.perSecond)} per s, {significant(spans.share_pct, 2)} % of the time, longest {significant(spans.longest_ms)} ms</p>}
        </div>
        <p className="caption">Looked at {significant(scan.seconds)} s of {significant(scan.whole_s)} s. A candidate is a moment at which a quarter of the used channels is over 0.1 mV; its place shows what that quarter reaches. ✔ and filled: taken, ✕ and open: left.</p>
        {!state.isWhole && scan.seconds < scan.whole_s - 0.5 && <Button variant="default" onClick={state.lookAtAll}>Look at the whole gate</Button>}
        <Candidates scan={scan} gfix={now} onGo={onGo} />
      </div>
    </div>
  );
}

/** In powers of ten: wide enough that two digits always move on. */
const STEP = 0.05;

function ThresholdField({ label, value, least, most, onDrag, onChange }: { readonly label: string; readonly value: number; readonly least: number; readonly most: number; readonly onDrag: (value: number) => void; readonly onChange: (value: number) => void }) {
  const toStep = (mV: number) => Math.log10(Math.max(mV, least));
  const fromStep = (step: number) => Number((10 ** step).toPrecision(2));
  return (
    <div className={styles.sliderField}>
      <NumberField label={label} name={label} unit="mV" min={0} value={value} onChange={onChange} />
      <Slider thumbLabel={`${label} threshold, mV`} label={(step) => `${fromStep(step)} mV`} min={Math.log10(least)} max={Math.log10(most)} step={STEP} value={toStep(value)} onChange={(step) => onDrag(fromStep(step))} onChangeEnd={(step) => onChange(fromStep(step))} />
    </div>
  );
}

function Candidates({ scan, gfix, onGo }: { readonly scan: GfixScan; readonly gfix: Gfix; readonly onGo: (at_s: number) => void }) {
  const largest = Array.from(scan.at_s.keys()).sort((a, b) => scan.amp_mV[b] - scan.amp_mV[a]).slice(0, 30);
  if (largest.length === 0) return <p className="muted">No candidate in what was looked at.</p>;
  return (
    <div className={styles.hits} tabIndex={0} role="region" aria-label="Largest candidates">
      {largest.map((index) => (
        <div key={index}>
          <Button variant="subtle" px={4} onClick={() => onGo(scan.at_s[index])}>{clock(scan.at_s[index])}</Button> {significant(scan.amp_mV[index])} mV, {significant(scan.slope_mV[index])} mV/sample {isBeyond(scan, index, gfix) ? '✔' : '✕'}
        </div>
      ))}
    </div>
  );
}

interface ScatterProps {
  readonly scan: GfixScan;
  readonly gfix: Gfix;
  readonly onDrag: (gfix: Gfix) => void;
  readonly onDrop: (gfix: Gfix) => void;
  readonly onGo: (at_s: number) => void;
}

/** Pixels within which the pointer takes hold of a line or a point. */
const REACH = 8;

function Scatter({ scan, gfix, onDrag, onDrop, onGo }: ScatterProps) {
  const box = useRef<HTMLDivElement>(null);
  // Axes stay while a line is dragged.
  const axes = useMemo(() => scatterAxes(scan), [scan]);
  const held = useRef<'amp' | 'slope' | undefined>(undefined);
  const latest = useRef(gfix);
  useEffect(() => {
    latest.current = gfix;
  });
  const draw = useCallback((surface: Surface) => drawScatter(surface, scan, gfix, axes), [scan, gfix, axes]);
  const at = (event: React.PointerEvent) => {
    const { left, top, width, height } = box.current!.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top, place: axes.places(width, height) };
  };
  const lineAt = (event: React.PointerEvent) => {
    const { x, y, place } = at(event);
    if (Math.abs(x - place.x(gfix.amp_mV)) < REACH) return 'amp';
    return Math.abs(y - place.y(gfix.slope_mV)) < REACH ? 'slope' : undefined;
  };
  const move = (event: React.PointerEvent) => {
    if (!held.current) {
      box.current!.style.cursor = lineAt(event) === 'amp' ? 'ew-resize' : lineAt(event) === 'slope' ? 'ns-resize' : 'default';
      return;
    }
    const { x, y, place } = at(event);
    const rounded = (value: number) => Number(Math.max(0.001, value).toPrecision(2));
    onDrag(held.current === 'amp' ? { ...gfix, amp_mV: rounded(place.amp(x)) } : { ...gfix, slope_mV: rounded(place.slope(y)) });
  };
  const press = (event: React.PointerEvent) => {
    held.current = lineAt(event);
    if (held.current) return event.currentTarget.setPointerCapture(event.pointerId);
    const { x, y, place } = at(event);
    const index = scan.at_s.findIndex((_, i) => Math.hypot(place.x(scan.amp_mV[i]) - x, place.y(scan.slope_mV[i]) - y) < REACH);
    if (index >= 0) onGo(scan.at_s[index]);
  };
  const release = () => {
    if (held.current) onDrop(latest.current);
    held.current = undefined;
  };
  const count = countBeyond(scan, gfix);
  return (
    <div ref={box} className={styles.scatter} onPointerMove={move} onPointerDown={press} onPointerUp={release}>
      <Canvas className={styles.canvas} label={`Candidates, amplitude against slope: ${count.accepted} of ${count.candidates} beyond both thresholds`} draw={draw} />
    </div>
  );
}
