// What the trace page shows, as plain values: kept in the address, changed by keys, buttons and the mouse.

import { type TraceSourceInfo, type TraceSources, type TraceSpanKind, traceSpanKinds } from '../../../core/service/contract/index.ts';

export interface View {
  /** Middle of the picture and its length, reference seconds. */
  readonly t: number;
  readonly span: number;
  readonly mode: 'lines' | 'heat';
  /** uV of the scale bar; the colours of the heat map end there, too. */
  readonly gain: number;
  /** Keys of sources. */
  readonly panes: readonly string[];
  /** Channels shown in lines mode, and the place in depth order of the lowest one. */
  readonly shown: number;
  readonly lowest: number;
  /** Event lines that are drawn; kinds of spans; the sorted folder and its units ('all': all of them, grey; none: nothing). */
  readonly lines: readonly string[];
  readonly spans: readonly TraceSpanKind[];
  readonly sorter: string;
  readonly units: readonly number[] | 'all';
}

export const mostPanes = 8;
export const gains = [10, 20, 50, 75, 100, 150, 200, 300, 500, 1000, 2000, 5000, 10_000] as const;
const shortest_s = 5e-4;

/** All texts, as `useViewState` wants them. */
export const plainView = { t: '', span: '', mode: '', gain: '', panes: '', n: '', from: '', ev: '', spans: '', sorter: '', units: '' };
export type PlainView = typeof plainView;

export function toPlain(view: View): PlainView {
  return {
    t: view.t.toFixed(6), span: String(Number(view.span.toPrecision(6))), mode: view.mode, gain: String(view.gain), panes: view.panes.join(','), n: String(view.shown), from: String(view.lowest),
    ev: view.lines.join(',') || '-', spans: spansText(view.spans), sorter: view.sorter, units: view.units === 'all' ? 'all' : view.units.join(','),
  };
}

/** What the address does not say is chosen: the preferred or first probe raw and processed side by side, NI below, half a second. */
export function fromPlain(plain: Partial<PlainView>, sources: TraceSources, preferred?: string): View {
  const known = (key: string) => sources.sources.some((source) => source.key === key);
  const panes = (plain.panes ?? '').split(',').filter(known).slice(0, mostPanes);
  const number = (text: string | undefined, otherwise: number) => (text && Number.isFinite(Number(text)) ? Number(text) : otherwise);
  const lines = plain.ev === '-' ? [] : plain.ev ? plain.ev.split(',') : sources.events.filter((line) => !line.isSync).map((line) => line.key);
  const span = number(plain.span, 0.2);
  return inBounds({
    t: number(plain.t, sources.from_s + span / 2), span,
    mode: plain.mode === 'heat' ? 'heat' : 'lines', gain: number(plain.gain, 200),
    panes: panes.length > 0 ? panes : usualPanes(sources.sources, preferred),
    shown: number(plain.n, 24), lowest: number(plain.from, 0),
    lines: lines.filter((key) => sources.events.some((line) => line.key === key)),
    spans: spansOf(plain.spans ?? ''), sorter: plain.sorter ?? '',
    units: plain.units === 'all' || !plain.units ? (plain.units === 'all' ? 'all' : []) : plain.units.split(',').map(Number).filter(Number.isInteger),
  }, sources);
}

/** All kinds are not mentioned. */
const spansText = (kinds: readonly TraceSpanKind[]) => (kinds.length === traceSpanKinds.length ? '' : kinds.join(',') || 'off');

const spansOf = (text: string) => (text === '' ? [...traceSpanKinds] : traceSpanKinds.filter((kind) => text.split(',').includes(kind)));

function usualPanes(sources: readonly TraceSourceInfo[], preferred: string | undefined): string[] {
  const probe = sources.find(({ stream, state }) => stream === preferred && state === 'raw') ?? sources.find(({ stream }) => stream === preferred) ?? sources.find(({ stream, state }) => stream.endsWith('.ap') && state === 'raw') ?? sources.find(({ stream }) => stream.endsWith('.ap')) ?? sources[0];
  const ofProbe = sources.filter(({ stream }) => stream === probe.stream);
  const processed = ofProbe.find(({ state }) => state === 'catgt') ?? ofProbe.find(({ state }) => state === 'car');
  const ni = ['nidq', 'obx'].flatMap((name) => ['raw', 'catgt'].map((state) => sources.find((source) => source.stream.startsWith(name) && source.state === state))).find((source) => source !== undefined);
  return [...new Set([probe, processed, ni].filter((source) => source !== undefined).map(({ key }) => key))];
}

/** The middle stays within the recording, the span between half a millisecond and all of it. */
export function inBounds(view: View, { from_s, to_s }: { readonly from_s: number; readonly to_s: number }): View {
  const span = Math.min(Math.max(view.span, shortest_s), Math.max(to_s - from_s, shortest_s));
  return { ...view, span, t: Math.min(Math.max(view.t, from_s), to_s) };
}

/** 1, 2, 5 of every power of ten: the next larger or smaller span. */
export function nextSpan(span: number, direction: 1 | -1): number {
  const steps = [1, 2, 5];
  const power = Math.floor(Math.log10(span) + 1e-9);
  const candidates = [-1, 0, 1].flatMap((offset) => steps.map((step) => step * 10 ** (power + offset)));
  return direction > 0 ? candidates.find((value) => value > span * 1.001)! : candidates.reverse().find((value) => value < span * 0.999)!;
}

export function nextGain(gain: number, direction: 1 | -1): number {
  if (direction > 0) return gains.find((value) => value > gain) ?? gains[gains.length - 1];
  return [...gains].reverse().find((value) => value < gain) ?? gains[0];
}

/** `12:04.381`, `1:02:11`, `724.381`, `724,381`; null for anything else. Seconds. */
export function parseTime(text: string): number | null {
  const match = /^\s*(?:(?:(\d+):)?(\d+):)?(\d+(?:[.,]\d*)?)\s*s?\s*$/.exec(text);
  if (!match) return null;
  const [, h = '0', min = '0', s] = match;
  return Number(h) * 3600 + Number(min) * 60 + Number(s.replace(',', '.'));
}
