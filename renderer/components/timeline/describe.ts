// A file of a timeline in words: for the strip below, for the table and for screen readers.

import type { TimelineFile, TimelineOutcome, TimelineRow } from '../../../core/service/contract/index.ts';
import { clock, duration, grouped } from '../format.ts';

const words: Readonly<Record<TimelineOutcome, string>> = {
  first: 'first file', append: 'joined without a gap', trim: 'overlap used once', fill: 'after a gap', drop: 'dropped: tiny content', missing: 'missing', stop: 'not read', unused: 'left out',
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

export function fileLabel({ stream, rate_Hz }: TimelineRow, file: TimelineFile, zero_s: number): string {
  return `${stream} g${file.gate} t${file.trigger} ${outcomeText(file, rate_Hz)}, ${clock(file.start_s - zero_s)} to ${clock(file.end_s - zero_s)}`;
}

/** firstSample 36,045,000 = 1,201.500 s · 7,986,112 samples = 266.204 s · end trimmed by 12 samples */
export function fileFacts({ rate_Hz }: TimelineRow, file: TimelineFile): string {
  const facts = [
    file.firstSample_smp === null ? 'no firstSample' : `firstSample ${grouped(file.firstSample_smp)} = ${grouped((file.firstSample_smp / rate_Hz).toFixed(3))} s`,
    `${grouped(file.samples_smp)} samples = ${grouped((file.samples_smp / rate_Hz).toFixed(3))} s`,
    ...(file.trim_smp > 0 ? [`end trimmed by ${grouped(file.trim_smp)} ${file.trim_smp === 1 ? 'sample' : 'samples'}`] : []),
    outcomeText(file, rate_Hz),
  ];
  return facts.join(' · ');
}
