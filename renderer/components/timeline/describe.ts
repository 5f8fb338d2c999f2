// A file of a timeline in words: for the strip below, for the table and for screen readers.

import type { TimelineFile, TimelineOutcome, TimelineRow } from '../../../core/service/contract/index.ts';
import { clock, duration, grouped } from '../format.ts';

const words: Readonly<Record<TimelineOutcome, string>> = {
  first: 'first file', append: 'joined without a gap', trim: 'overlap used once', fill: 'after a gap', drop: 'dropped: tiny content', missing: 'missing', stop: 'not read', cut: 'after the length asked for', unused: 'left out',
};

export function outcomeText({ outcome, olap_smp, gap_smp, fill_smp }: TimelineFile, rate_Hz: number): string {
  switch (outcome) {
    case 'trim': return `overlap of ${lengthText(olap_smp / rate_Hz)} used once`;
    case 'fill': return fill_smp === gap_smp ? `gap of ${lengthText(gap_smp / rate_Hz)} filled` : `gap of ${lengthText(gap_smp / rate_Hz)}, ${lengthText(fill_smp / rate_Hz)} filled`;
    default: return words[outcome];
  }
}

/** 1.500 s, 9 min 12 s. */
export function lengthText(seconds: number): string {
  return seconds < 60 ? `${seconds.toFixed(3)} s` : duration(seconds);
}

/** Of a file that is read in part: the stretch on the run's clock. The start and the length asked for cut; overlap is no cut. null: not read. */
export function takenOf(file: TimelineFile, rate_Hz: number): { readonly from_s: number; readonly to_s: number; readonly isCut: boolean } | null {
  if (file.used_smp === 0) return null;
  const skipped = file.outcome === 'first' ? Math.round(-(file.outStart_s ?? 0) * rate_Hz) : file.olap_smp;
  const isCut = (file.outcome === 'first' && skipped > 0) || skipped + file.used_smp < file.samples_smp - file.trim_smp;
  const from_s = file.start_s + skipped / rate_Hz;
  return { from_s, to_s: from_s + file.used_smp / rate_Hz, isCut };
}

function takenText(file: TimelineFile, rate_Hz: number): string[] {
  const taken = takenOf(file, rate_Hz);
  return taken?.isCut ? [`taken from ${(taken.from_s - file.start_s).toFixed(3)} to ${(taken.to_s - file.start_s).toFixed(3)} s`] : [];
}

export function fileLabel({ stream, rate_Hz }: TimelineRow, file: TimelineFile, zero_s: number): string {
  return `${stream} g${file.gate} t${file.trigger} ${[outcomeText(file, rate_Hz), ...takenText(file, rate_Hz)].join(', ')}, ${clock(file.start_s - zero_s)} to ${clock(file.end_s - zero_s)}`;
}

/** firstSample 36,045,000 = 1,201.500 s · 7,986,112 samples = 266.204 s · end trimmed by 12 samples */
export function fileFacts({ rate_Hz }: TimelineRow, file: TimelineFile): string {
  const facts = [
    file.firstSample_smp === null ? 'no firstSample' : `firstSample ${grouped(file.firstSample_smp)} = ${grouped((file.firstSample_smp / rate_Hz).toFixed(3))} s`,
    `${grouped(file.samples_smp)} samples = ${grouped((file.samples_smp / rate_Hz).toFixed(3))} s`,
    ...(file.trim_smp > 0 ? [`end trimmed by ${grouped(file.trim_smp)} ${file.trim_smp === 1 ? 'sample' : 'samples'}`] : []),
    outcomeText(file, rate_Hz),
    ...takenText(file, rate_Hz),
  ];
  return facts.join(' · ');
}
