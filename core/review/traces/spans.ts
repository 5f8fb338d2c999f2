// Stretches of a recording that people must know of: not recorded between two files, recorded twice, filled in by joining.

import type { TraceSource } from './target.ts';

export interface TraceSpan {
  readonly kind: 'gap' | 'olap' | 'fill';
  readonly device: string;
  readonly stream: string;
  /** Device seconds. */
  readonly from_s: number;
  readonly to_s: number;
  readonly text: string;
}

/** Gaps and overlaps of every raw stream, and the fills that stand in their place in processed files. */
export function gapsOf(sources: readonly TraceSource[]): TraceSpan[] {
  const raw = sources.filter(({ state }) => state === 'raw');
  return raw.flatMap((source) => {
    const found = between(source);
    const processed = sources.filter(({ state, stream }) => state === 'catgt' && stream === source.stream);
    const filled = found.filter(({ kind, from_s, to_s }) => kind === 'gap' && processed.some((each) => each.files.some((file) => file.first_smp / each.rate_Hz < from_s && (file.first_smp + file.samples_smp) / each.rate_Hz > to_s)));
    return [...found, ...filled.map((gap): TraceSpan => ({ ...gap, kind: 'fill', text: `${gap.text} CatGT filled it.` }))];
  });
}

function between({ files, rate_Hz, device, stream }: TraceSource): TraceSpan[] {
  return files.slice(1).flatMap((file, index): TraceSpan[] => {
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
