// The record of a stream's health (`<base>.health.json`), and what a log and a report tell of it.

import { formatG } from '../../../common/index.ts';
import type { ErrorName } from './statusWord.ts';

/** A stretch of the output in which something was wrong with the recording. */
export interface HealthSpan {
  readonly kind: 'saturated' | 'error' | 'missed';
  readonly start_sample: number;
  readonly samples: number;
  readonly start_s: number;
  readonly seconds: number;
  /** Saturated: the most channels near a rail in one sample. */
  readonly channels: number | null;
  /** Errors: the bits seen. Missed: `flagged` (by the status word), `listed` (in a file beside the recording), or both. */
  readonly detail: string;
}

/** Samples are rows of the output. */
export interface HealthRecord {
  readonly version: 1;
  /** `imec0.ap` */
  readonly stream: string;
  readonly rate_hz: number;
  /** Rows that were recorded: those of filled gaps are not among them. */
  readonly samples: number;
  readonly saturation: {
    /** Lowest and highest code of the converter. */
    readonly low: number;
    readonly high: number;
    /** When a sample counts as saturated. */
    readonly rule: string;
    /** Columns of the stream that touched a rail, and in how many samples. */
    readonly channels: readonly { readonly column: number; readonly samples: number }[];
    /** Saturated ones by the rule. */
    readonly samples: number;
  };
  /** Samples with each error bit in any of the stream's status words, and with any of them; null for streams without. */
  readonly sync_word: null | { readonly errors: Readonly<Record<ErrorName, number>>; readonly samples: number };
  readonly missed: {
    /** Samples whose status word says that they were missed. */
    readonly flagged: number;
    /** Samples that a missed_samples file names; null without such a file. */
    readonly listed: number | null;
  };
  /** In order of their start. */
  readonly spans: readonly HealthSpan[];
  /** Beyond the first 10,000 of each kind. */
  readonly spans_left_out: number;
}

/** What is worth a line. */
export interface HealthFigures {
  readonly recordedSeconds: number;
  readonly saturatedSeconds: number;
  /** Flagged or listed, whichever is more. */
  readonly missedSamples: number;
  /** Samples with an error bit; undefined without a status word. */
  readonly syErrors: number | undefined;
}

export function healthFigures({ samples, rate_hz, saturation, missed, sync_word }: HealthRecord): HealthFigures {
  return {
    recordedSeconds: samples / rate_hz,
    saturatedSeconds: saturation.samples / rate_hz,
    missedSamples: Math.max(missed.flagged, missed.listed ?? 0),
    syErrors: sync_word?.samples,
  };
}

export function healthText(record: HealthRecord): string {
  return `${JSON.stringify(record, null, 1)}\n`;
}

/** `imec0.ap: 0.31 s saturated (0.42 %), 12 missed samples, SY errors in 34 samples (SERDES 34).` Undefined when all is well. */
export function healthLine(record: HealthRecord): string | undefined {
  const { recordedSeconds, saturatedSeconds, missedSamples, syErrors = 0 } = healthFigures(record);
  const bits = Object.entries(record.sync_word?.errors ?? {}).filter(([, samples]) => samples > 0).map(([name, samples]) => `${name} ${samples}`);
  const wrong = [
    ...(saturatedSeconds > 0 ? [`${formatG(saturatedSeconds, 3)} s saturated (${formatG((100 * saturatedSeconds) / recordedSeconds, 2)} %)`] : []),
    ...(missedSamples > 0 ? [`${missedSamples} missed samples`] : []),
    ...(syErrors > 0 ? [`SY errors in ${syErrors} samples (${bits.join(', ')})`] : []),
  ];
  return wrong.length > 0 ? `${record.stream}: ${wrong.join(', ')}.` : undefined;
}
