// The whole run in one strip: where there is data, how far the signals reach, gaps and other spans; a click goes there.

import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { TraceSourceInfo, TraceSources, TraceTargetId } from '../../../core/service/contract/index.ts';
import { useAsk } from '../../api/index.ts';
import { clock, duration } from '../../components/index.ts';
import { useLook } from '../../theme/plotLook.ts';
import { spanLooks } from './spanKinds.ts';
import styles from './Traces.module.css';
import type { View } from './view.ts';

const height = 34;
/** Asked again while it is being read, ms. */
const again_ms = 1000;

interface OverviewProps {
  readonly target: TraceTargetId;
  readonly sources: TraceSources;
  /** Without live filter: what is on disk. */
  readonly source: TraceSourceInfo;
  readonly view: View;
  readonly onGo: (t: number) => void;
}

export function Overview({ target, sources, source, view, onGo }: OverviewProps) {
  const look = useLook();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const [done, setDone] = useState(false);
  useLayoutEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(Math.round(entry.contentRect.width)));
    watch.observe(canvas.current!.parentElement!);
    return () => watch.disconnect();
  }, []);
  const columns = Math.max(64, Math.min(1024, Math.round(width / 64) * 64));
  const { data } = useAsk('trace.overview', { target, source: source.key, width: columns }, { enabled: width > 0, keep: true, forget: true, every: done ? undefined : again_ms });
  const { data: spans } = useAsk('trace.spans', { target, sources: [source.key], from_s: sources.from_s, to_s: sources.to_s, width: columns }, { enabled: width > 0, keep: true });
  useEffect(() => setDone(data !== undefined && (data.done >= 1 || data.problem !== null)), [data]);

  const { from_s, to_s } = sources;
  const total = Math.max(1e-6, to_s - from_s);
  useEffect(() => {
    const element = canvas.current!;
    const ratio = window.devicePixelRatio || 1;
    element.width = Math.round(width * ratio);
    element.height = height * ratio;
    const context = element.getContext('2d')!;
    context.scale(ratio, ratio);
    const x = (time: number) => ((time - from_s) / total) * width;
    context.fillStyle = look.color('--bg-2');
    for (const file of source.files) context.fillRect(x(file.from_s), 3, Math.max(1, x(file.to_s) - x(file.from_s) - 0.5), height - 6);
    if (data) {
      const most = usualReach(data.reach_uV);
      context.fillStyle = look.color('--text-3');
      data.reach_uV.forEach((value, column) => {
        if (Number.isNaN(value)) return;
        const bar = Math.max(1, Math.min(1, value / most) * (height - 8));
        context.fillRect(x(data.from_s + column * data.step_s), height / 2 - bar / 2, Math.max(1, (data.step_s / total) * width), bar);
      });
    }
    // Gaps and edits on the upper edge, what is wrong with the samples themselves on the lower one.
    for (const span of spans?.spans ?? []) {
      if (!view.spans.includes(span.kind)) continue;
      const isBelow = ['sat', 'miss', 'err'].includes(span.kind);
      context.fillStyle = look.color(spanLooks[span.kind].token);
      context.fillRect(x(span.from_s), isBelow ? height - 4 : span.kind === 'gfix' ? 0 : 3, Math.max(2, x(span.to_s) - x(span.from_s)), 3);
    }
    context.strokeStyle = look.color('--accent');
    context.fillStyle = look.color('--accent');
    const [left, right] = [x(view.t - view.span / 2), x(view.t + view.span / 2)];
    context.globalAlpha = 0.2;
    context.fillRect(left, 1, Math.max(2, right - left), height - 2);
    context.globalAlpha = 1;
    context.strokeRect(left + 0.5, 1, Math.max(2, right - left), height - 2);
  }, [data, spans, width, look, view.t, view.span, view.spans, source, from_s, to_s, total]);

  const text = data && data.done < 1 ? (data.problem ?? `building overview ${Math.floor(data.done * 100)} %`) : `${duration(total)} in all`;
  return (
    <div className={styles.overview}>
      <div className={styles.strip}>
        <canvas ref={canvas} style={{ width, height }} role="slider" tabIndex={0} aria-label="Place in the whole run" aria-valuemin={from_s} aria-valuemax={to_s} aria-valuenow={view.t} aria-valuetext={clock(view.t)}
          onPointerDown={(event) => onGo(from_s + (event.nativeEvent.offsetX / Math.max(1, width)) * total)}
          onKeyDown={(event) => {
            const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
            if (step === 0 || event.altKey) return;
            event.preventDefault();
            event.stopPropagation();
            onGo(view.t + (step * total) / 100);
          }} />
      </div>
      <span className="caption">{text}</span>
    </div>
  );
}

/** Full height: a little more than most of the run reaches, so that one artefact does not flatten the rest. */
function usualReach(values: Float32Array): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  return Math.max(1e-9, (sorted[Math.floor(sorted.length * 0.95)] ?? 1) * 1.5);
}
