// Kinds of spans in words, shapes and colours: shape and word tell them apart, the colour only helps.

import type { TraceSpanInfo, TraceSpanKind } from '../../../core/service/contract/index.ts';

export type SpanShape = 'rising' | 'falling' | 'cross' | 'upright' | 'level' | 'dots' | 'bar';

export interface SpanLook {
  readonly words: string;
  readonly shape: SpanShape;
  /** Of tokens.css. */
  readonly token: string;
}

export const spanLooks: Readonly<Record<TraceSpanKind, SpanLook>> = {
  gap: { words: 'nothing was recorded', shape: 'rising', token: '--warn' },
  olap: { words: 'recorded twice', shape: 'cross', token: '--edge' },
  fill: { words: 'a gap that CatGT filled', shape: 'dots', token: '--text-2' },
  gfix: { words: 'replaced by a line or zeros', shape: 'bar', token: '--accent' },
  sat: { words: 'channels at their rails', shape: 'falling', token: '--err' },
  miss: { words: 'samples the hardware lost', shape: 'upright', token: '--warn' },
  err: { words: 'the probe reported errors', shape: 'level', token: '--err' },
};

/** One that lies on several panes counts once. */
export function eachOnce(spans: readonly TraceSpanInfo[]): TraceSpanInfo[] {
  return [...new Map(spans.map((span) => [`${span.kind} ${span.stream} ${span.from_s} ${span.to_s}`, span])).values()];
}
