// What a log and a report tell of a stream's health.

import { formatG } from '../../../common/index.ts';
import type { HealthReport } from '../../../formats/spanFiles/index.ts';

/** What is worth a line. */
export interface HealthFigures {
  readonly recordedSeconds: number;
  readonly saturatedSeconds: number;
  /** Flagged or listed, whichever is more. */
  readonly missedSamples: number;
  /** Samples with an error bit; undefined without a status word. */
  readonly syErrors: number | undefined;
}

export function healthFigures({ samples, rate_hz, saturation, missed, sync_word }: HealthReport): HealthFigures {
  return {
    recordedSeconds: samples / rate_hz,
    saturatedSeconds: saturation.samples / rate_hz,
    missedSamples: Math.max(missed.flagged ?? 0, missed.listed ?? 0),
    syErrors: sync_word?.samples,
  };
}

/** `imec0.ap: 0.31 s saturated (0.42 %), 12 missed samples, SY errors in 34 samples (SERDES 34).` Undefined when all is well. */
export function healthLine(record: HealthReport): string | undefined {
  const { recordedSeconds, saturatedSeconds, missedSamples, syErrors = 0 } = healthFigures(record);
  const bits = Object.entries(record.sync_word?.errors ?? {}).filter(([, samples]) => samples > 0).map(([name, samples]) => `${name} ${samples}`);
  const wrong = [
    ...(saturatedSeconds > 0 ? [`${formatG(saturatedSeconds, 3)} s saturated (${formatG((100 * saturatedSeconds) / recordedSeconds, 2)} %)`] : []),
    ...(missedSamples > 0 ? [`${missedSamples} missed samples`] : []),
    ...(syErrors > 0 ? [`SY errors in ${syErrors} samples (${bits.join(', ')})`] : []),
  ];
  return wrong.length > 0 ? `${record.stream}: ${wrong.join(', ')}.` : undefined;
}
