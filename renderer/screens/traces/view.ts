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
  /** Places of the panes that are not linked with the others, by key. */
  readonly own: Readonly<Record<string, Place>>;
  /** The tip of the probe on top; names of channels instead of depths. */
  readonly tipUp: boolean;
  readonly names: boolean;
}

/** Middle and length, reference seconds. */
export interface Place {
  readonly t: number;
  readonly span: number;
}

export const mostPanes = 8;
export const gains = [10, 20, 50, 75, 100, 150, 200, 300, 500, 1000, 2000, 5000, 10_000] as const;
const shortest_s = 5e-4;

/** All texts, as `useViewState` wants them. */
export const plainView = { t: '', span: '', mode: '', gain: '', panes: '', n: '', from: '', ev: '', spans: '', sorter: '', units: '', own: '', up: '', names: '', unit: '' };
export type PlainView = typeof plainView;

export function toPlain(view: View): PlainView {
  return {
    t: view.t.toFixed(6), span: String(Number(view.span.toPrecision(6))), mode: view.mode, gain: String(view.gain), panes: view.panes.join(','), n: String(view.shown), from: String(view.lowest),
    ev: view.lines.join(',') || '-', spans: spansText(view.spans), sorter: view.sorter, units: view.units === 'all' ? 'all' : view.units.join(','),
    own: Object.entries(view.own).map(([key, { t, span }]) => `${key}@${t.toFixed(6)}@${Number(span.toPrecision(6))}`).join(','), up: view.tipUp ? '1' : '', names: view.names ? '1' : '', unit: '',
  };
}

/** What an address says. */
export const onlySaid = (plain: PlainView): Partial<PlainView> => Object.fromEntries(Object.entries(plain).filter(([, text]) => text !== ''));

/** How it is looked at, without where. */
export const worthKeeping = ({ mode, gain, panes, n, ev, spans, up, names }: PlainView): Partial<PlainView> => ({ mode, gain, panes, n, ev, spans, up, names });

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
    own: Object.fromEntries((plain.own ?? '').split(',').map((text) => text.split('@')).filter(([key, ...place]) => known(key) && place.every((each) => Number.isFinite(Number(each)))).map(([key, t, span]) => [key, { t: Number(t), span: Number(span) }])),
    tipUp: plain.up === '1', names: plain.names === '1',
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
  const bound = ({ t, span }: Place): Place => ({ span: Math.min(Math.max(span, shortest_s), Math.max(to_s - from_s, shortest_s)), t: Math.min(Math.max(t, from_s), to_s) });
  return { ...view, ...bound(view), own: Object.fromEntries(Object.entries(view.own).filter(([key]) => view.panes.includes(key)).map(([key, place]) => [key, bound(place)])) };
}

/** The view as one pane shows it. */
export const viewOf = (view: View, pane: string | undefined): View => (pane !== undefined && view.own[pane] ? { ...view, ...view.own[pane] } : view);

/** A change made on a pane: one that is not linked moves alone. */
export function changed(view: View, { t, span, ...others }: Partial<View>, pane: string | undefined): View {
  const place = pane === undefined ? undefined : view.own[pane];
  if (!place || pane === undefined) return { ...view, ...others, t: t ?? view.t, span: span ?? view.span };
  return { ...view, ...others, own: { ...(others.own ?? view.own), [pane]: { t: t ?? place.t, span: span ?? place.span } } };
}

/** Takes a pane off the common time axis where it is, or puts it back on it. */
export function toggleLink(view: View, pane: string): View {
  if (!view.own[pane]) return { ...view, own: { ...view.own, [pane]: { t: view.t, span: view.span } } };
  return { ...view, own: Object.fromEntries(Object.entries(view.own).filter(([key]) => key !== pane)) };
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
