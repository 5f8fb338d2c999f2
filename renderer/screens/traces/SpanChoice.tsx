// A switch for each kind of span with its shape and its count in view, and the spans in view as a list that leads to them.

import { Button, Checkbox } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { type TraceSpanInfo, type TraceSpanKind, traceSpanKinds, type TraceSpans } from '../../../core/service/contract/index.ts';
import { clock, grouped } from '../../components/index.ts';
import { useLook } from '../../theme/plotLook.ts';
import { drawShape } from './drawSpans.ts';
import { eachOnce, spanLooks } from './spanKinds.ts';
import styles from './Traces.module.css';
import type { View } from './view.ts';

/** Listed at most; the table has all of them. */
const mostListed = 100;

interface SpanChoiceProps {
  readonly view: View;
  readonly spans: TraceSpans | undefined;
  readonly onView: (change: Partial<View>) => void;
}

export function SpanChoice({ view, spans, onView }: SpanChoiceProps) {
  const shown = eachOnce((spans?.spans ?? []).filter(({ kind }) => view.spans.includes(kind)));
  const go = ({ from_s, to_s }: TraceSpanInfo) => onView({ t: (from_s + to_s) / 2, ...(to_s - from_s > view.span ? { span: (to_s - from_s) * 1.5 } : {}) });
  return (
    <>
      {traceSpanKinds.map((kind) => (
        <Checkbox key={kind} checked={view.spans.includes(kind)} onChange={(event) => onView({ spans: traceSpanKinds.filter((each) => (each === kind ? event.currentTarget.checked : view.spans.includes(each))) })}
          label={<span className={styles.kind}><Swatch kind={kind} /><span><b>{kind}</b> {spanLooks[kind].words}</span><span className="caption">{grouped(spans?.counts[kind] ?? 0)} in view</span></span>} />
      ))}
      {shown.length === 0 && <span className="caption">None of these is in view. x goes to the next one.</span>}
      <ul className={styles.spanList} aria-label="Spans in view">
        {shown.slice(0, mostListed).map((span) => (
          <li key={`${span.kind} ${span.stream} ${span.from_s}`}><Button variant="subtle" px={4} onClick={() => go(span)}>{span.kind} {clock(span.from_s, 3)}</Button><span className="caption">{span.stream}: {span.text}</span></li>
        ))}
      </ul>
      {shown.length > mostListed && <span className="caption">{grouped(shown.length - mostListed)} more: see Table.</span>}
    </>
  );
}

const [width, height] = [30, 16];

/** What spans of a kind look like over the traces. */
function Swatch({ kind }: { readonly kind: TraceSpanKind }) {
  const look = useLook();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const ratio = window.devicePixelRatio || 1;
    const element = canvas.current!;
    element.width = width * ratio;
    element.height = height * ratio;
    const context = element.getContext('2d')!;
    context.scale(ratio, ratio);
    context.fillStyle = look.color('--bg-1');
    context.fillRect(0, 0, width, height);
    drawShape(context, look, spanLooks[kind], { left: 0, right: width, height });
  }, [look, kind]);
  return <canvas ref={canvas} className={styles.swatch} style={{ width, height }} aria-hidden />;
}
