// Spans on the reference clock, found by window: there may be a hundred thousand of them. What lies closer than a picture
// can show is handed out as one.

import { lowerBound } from '../../common/index.ts';
import { type SpanKind, spanKinds, type TraceSpan } from './spans.ts';

export interface PlacedSpan {
  readonly kind: SpanKind;
  /** Key of the source it is shown on. */
  readonly source: string;
  readonly stream: string;
  /** Reference seconds. */
  readonly from_s: number;
  readonly to_s: number;
  /** How many it stands for. */
  readonly count: number;
  readonly text: string;
}

export interface SpanIndex {
  /** At most `width` spans per source and kind, in order of time; `counts`: all of them in the window, by kind, the same one on several sources counted once. */
  inWindow(asked: { readonly sources: readonly string[]; readonly from_s: number; readonly to_s: number; readonly width: number }): { readonly spans: readonly PlacedSpan[]; readonly counts: Readonly<Record<SpanKind, number>> };
  /** The nearest that begins after (1) or before (-1) a time, at least `apart_s` away; of these sources, or of all. */
  next(asked: { readonly kinds: readonly SpanKind[]; readonly sources: readonly string[] | null; readonly from_s: number; readonly direction: 1 | -1; readonly apart_s: number }): { readonly t_s: number; readonly text: string } | null;
}

type Entry = Omit<PlacedSpan, 'source' | 'count'>;

interface Lane {
  readonly source: string;
  readonly kind: SpanKind;
  /** In order of from_s. */
  readonly entries: readonly Entry[];
  readonly starts: Float64Array;
  /** The latest end of any entry up to each. */
  readonly ends: Float64Array;
}

/** @param toReference reference seconds of a device's */
export function indexSpans(spans: readonly TraceSpan[], toReference: (device: string, own_s: number) => number): SpanIndex {
  const grouped = new Map<string, { readonly source: string; readonly kind: SpanKind; readonly entries: Entry[] }>();
  for (const { kind, device, stream, sources, from_s, to_s, text } of spans) {
    const entry: Entry = { kind, stream, from_s: toReference(device, from_s), to_s: toReference(device, to_s), text };
    for (const source of sources) {
      const key = `${kind} ${source}`;
      const group = grouped.get(key) ?? { source, kind, entries: [] };
      grouped.set(key, group);
      group.entries.push(entry);
    }
  }
  const lanes = [...grouped.values()].map(laneOf);
  return {
    inWindow({ sources, from_s, to_s, width }) {
      const found = lanes.filter(({ source }) => sources.includes(source)).map(({ source, kind, entries, starts, ends }) => ({
        source, kind, inside: entries.slice(lowerBound(ends, from_s), lowerBound(starts, to_s)).filter((entry) => entry.to_s >= from_s),
      }));
      const spans = found.flatMap(({ source, inside }) => together(inside, source, (to_s - from_s) / width));
      const count = (kind: SpanKind) => distinct(found.filter((lane) => lane.kind === kind).map(({ inside }) => inside));
      return { spans: spans.sort((a, b) => a.from_s - b.from_s), counts: Object.fromEntries(spanKinds.map((kind) => [kind, count(kind)])) as Record<SpanKind, number> };
    },
    next({ kinds, sources, from_s, direction, apart_s }) {
      let best: Entry | null = null;
      for (const { kind, source, starts, entries } of lanes) {
        if (!kinds.includes(kind) || (sources && !sources.includes(source))) continue;
        const entry = entries[direction > 0 ? lowerBound(starts, from_s + apart_s) : lowerBound(starts, from_s - apart_s) - 1];
        if (entry && (!best || direction * (entry.from_s - best.from_s) < 0)) best = entry;
      }
      return best && { t_s: best.from_s, text: best.text };
    },
  };
}

/** A span on several sources is the same entry in each of their lanes. */
const distinct = (lists: readonly (readonly Entry[])[]) => (lists.length === 1 ? lists[0].length : new Set(lists.flat()).size);

function laneOf({ source, kind, entries }: { readonly source: string; readonly kind: SpanKind; readonly entries: Entry[] }): Lane {
  entries.sort((a, b) => a.from_s - b.from_s);
  let latest = -Infinity;
  return { source, kind, entries, starts: Float64Array.from(entries, ({ from_s }) => from_s), ends: Float64Array.from(entries, ({ to_s }) => (latest = Math.max(latest, to_s))) };
}

/** Spans that begin within one column of the picture become one. */
function together(entries: readonly Entry[], source: string, column_s: number): PlacedSpan[] {
  const groups: { readonly first: Entry; to_s: number; count: number }[] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    if (last && entry.from_s - last.first.from_s < column_s) {
      last.count++;
      last.to_s = Math.max(last.to_s, entry.to_s);
    } else {
      groups.push({ first: entry, to_s: entry.to_s, count: 1 });
    }
  }
  return groups.map(({ first, to_s, count }) => ({ ...first, source, to_s, count, text: count === 1 ? first.text : `${count} close together, the first: ${first.text}` }));
}
