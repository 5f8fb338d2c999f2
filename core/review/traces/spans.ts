// Stretches of a recording that people must know of: not recorded between two files, recorded twice, filled in by joining,
// replaced by gfix; channels at their rails, errors, missed samples.

import path from 'node:path';
import type { EditRow, HealthReport, HealthSpan } from '../../formats/spanFiles/index.ts';
import { deviceTime, type OutputTime, type TraceSource, type TraceTarget } from './target.ts';

export const spanKinds = ['gap', 'olap', 'fill', 'gfix', 'sat', 'miss', 'err'] as const;
export type SpanKind = (typeof spanKinds)[number];

export interface TraceSpan {
  readonly kind: SpanKind;
  readonly device: string;
  readonly stream: string;
  /** Keys of the sources it is shown on. */
  readonly sources: readonly string[];
  /** Device seconds. */
  readonly from_s: number;
  readonly to_s: number;
  readonly text: string;
}

/** All spans of a target, in no order. */
export function spansOf(target: TraceTarget): TraceSpan[] {
  const listed = [...target.lists].flatMap(([folder, streams]) => [...streams].map(([stream, lists]) => {
    const device = stream.split('.')[0];
    const time = target.times.get(folder)?.get(device) ?? { start_s: 0, cuts: [] };
    const source = target.sources.find((each) => each.stream === stream && each.folder === path.dirname(folder));
    return { ...lists, stream, device, time, source };
  }));
  const edited = listed.flatMap(({ edits, source, time }) => (edits && source ? edits.map((edit) => spanOfEdit(edit, source, time)) : []));
  const told = new Set(listed.flatMap(({ edits, source }) => (edits && source ? [source.key] : [])));
  const reported = new Set<string>();
  const health = listed.flatMap(({ health: report, stream, device, time, source }) => {
    if (!report) return [];
    const onDisk = target.sources.filter((each) => each.stream === stream && each.folder === null).map(({ key }) => key);
    // Of a recording that was processed twice the raw panes show one report.
    const place = `${stream} ${report.samples} ${time.start_s}`;
    const keys = [...(reported.has(place) ? [] : onDisk), ...(source ? [source.key] : [])];
    reported.add(place);
    return spansOfHealth(report, { stream, device, sources: keys }, time);
  });
  return [...gapsOf(target.sources, told), ...edited, ...health];
}

/** Gaps and overlaps of every raw stream, and what stands in their place in processed files without a list of edits. */
function gapsOf(sources: readonly TraceSource[], told: ReadonlySet<string>): TraceSpan[] {
  return sources.filter(({ state }) => state === 'raw').flatMap((source) => {
    const same = sources.filter(({ stream }) => stream === source.stream);
    const unprocessed = same.filter(({ state }) => state !== 'catgt').map(({ key }) => key);
    const processed = same.filter(({ state }) => state === 'catgt');
    return between(source).flatMap((span): TraceSpan[] => {
      if (span.kind === 'olap') return [{ ...span, sources: same.map(({ key }) => key) }];
      const filled = processed.filter((each) => !told.has(each.key) && each.files.some((file) => file.first_smp / each.rate_Hz < span.from_s && (file.first_smp + file.samples_smp) / each.rate_Hz > span.to_s));
      return [{ ...span, sources: unprocessed }, ...(filled.length > 0 ? [{ ...span, kind: 'fill' as const, sources: filled.map(({ key }) => key), text: `${span.text} CatGT filled it.` }] : [])];
    });
  });
}

function between({ files, rate_Hz, device, stream }: TraceSource): Omit<TraceSpan, 'sources'>[] {
  return files.slice(1).flatMap((file, index): Omit<TraceSpan, 'sources'>[] => {
    const before = files[index];
    const end = before.first_smp + before.samples_smp;
    const length_s = Math.abs(file.first_smp - end) / rate_Hz;
    if (file.first_smp === end) return [];
    const isGap = file.first_smp > end;
    const [from, to] = isGap ? [end, file.first_smp] : [file.first_smp, end];
    const text = isGap ? `${length_s.toFixed(3)} s between ${before.name} and ${file.name} were not recorded.` : `${file.name} starts ${length_s.toFixed(3)} s before ${before.name} ends.`;
    return [{ kind: isGap ? 'gap' : 'olap', device, stream, from_s: from / rate_Hz, to_s: to / rate_Hz, text }];
  });
}

function spanOfEdit({ kind, start_sample, samples, gap_samples, detail }: EditRow, { key, stream, device, rate_Hz }: TraceSource, time: OutputTime): TraceSpan {
  const gap = gap_samples ?? samples;
  // A gap that was closed up lies before its own cut, not behind it.
  const before = kind === 'fill' ? { ...time, cuts: time.cuts.filter(({ at }) => at * rate_Hz < start_sample - 0.5) } : time;
  const from_s = deviceTime(before, start_sample / rate_Hz);
  return { kind, device, stream, sources: [key], from_s, to_s: from_s + gap / rate_Hz, text: kind === 'gfix' ? gfixText(samples, rate_Hz, detail) : fillText(samples, gap, rate_Hz, detail) };
}

const gfixText = (samples: number, rate: number, detail: string) => `gfix replaced ${samples} samples (${milliseconds(samples / rate)}) by ${detail === 'zeros' ? 'zeros' : 'a straight line'}.`;

function fillText(samples: number, gap: number, rate: number, before: string): string {
  const lost = `${(gap / rate).toFixed(3)} s after ${before} were not recorded`;
  if (samples === gap) return `${lost}. CatGT filled them.`;
  return `${lost}. ${samples === 0 ? 'CatGT closed the gap up' : `CatGT filled ${(samples / rate).toFixed(3)} s of them`}: the file goes on ${((gap - samples) / rate).toFixed(3)} s early.`;
}

const kindOf: Readonly<Record<HealthSpan['kind'], SpanKind>> = { saturated: 'sat', missed: 'miss', error: 'err' };

function spansOfHealth({ spans, rate_hz }: HealthReport, where: Pick<TraceSpan, 'device' | 'stream' | 'sources'>, time: OutputTime): TraceSpan[] {
  return spans.map((span) => {
    const from_s = deviceTime(time, span.start_sample / rate_hz);
    return { ...where, kind: kindOf[span.kind], from_s, to_s: from_s + span.samples / rate_hz, text: healthText(span, rate_hz) };
  });
}

function healthText({ kind, samples, channels, detail }: HealthSpan, rate: number): string {
  const length = milliseconds(samples / rate);
  const more = detail === '' ? '' : ` (${detail})`;
  switch (kind) {
    case 'saturated': return `${channels === null ? 'Channels' : channels === 1 ? '1 channel' : `${channels} channels`} at a rail for ${length}${more}.`;
    case 'missed': return `${samples} samples (${length}) were missed: SpikeGLX filled them in${more}.`;
    case 'error': return `The probe reported errors for ${length}${more}.`;
  }
}

const milliseconds = (seconds: number) => (seconds < 1 ? `${(seconds * 1000).toFixed(3)} ms` : `${seconds.toFixed(3)} s`);
