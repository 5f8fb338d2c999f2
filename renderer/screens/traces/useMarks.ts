// What lies over the panes in a stretch of time: events, spikes, spans.

import { useMemo } from 'react';
import type { TraceMarks, TraceSpanInfo, TraceSpans, TraceTargetId } from '../../../core/service/contract/index.ts';
import { useAsk } from '../../api/index.ts';
import type { View } from './view.ts';

/** Spans closer than so many parts of the picture are drawn as one. */
const spanColumns = 1024;

export interface Overlay {
  readonly marks: TraceMarks | undefined;
  /** Of all kinds, with counts. */
  readonly spans: TraceSpans | undefined;
  /** Of the kinds that are on. */
  readonly shown: readonly TraceSpanInfo[];
}

export function useMarks(target: TraceTargetId, view: View, enabled = true): Overlay {
  const [from_s, to_s] = [view.t - view.span / 2, view.t + view.span / 2];
  const options = { keep: true, forget: true, enabled };
  const { data: marks } = useAsk('trace.marks', { target, from_s, to_s, lines: [...view.lines], sorter: view.sorter === '' ? null : view.sorter, units: view.units === 'all' ? 'all' : [...view.units] }, options);
  const { data: spans } = useAsk('trace.spans', { target, sources: [...view.panes], from_s, to_s, width: spanColumns }, options);
  const shown = useMemo(() => (spans?.spans ?? []).filter(({ kind }) => view.spans.includes(kind)), [spans, view.spans]);
  return { marks, spans, shown };
}
