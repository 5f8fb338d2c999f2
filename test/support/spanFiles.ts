// A recording as CatGT -edits -health leaves it: the files of a simulated stream joined by hand, with short lists.

import fs from 'node:fs/promises';
import path from 'node:path';
import { type EditRow, editsPath, formatEdits, formatHealth, healthPath, type HealthReport, type HealthSpan } from '../../core/formats/spanFiles/index.ts';

/** Without the words on what was measured: spans are what a viewer shows. */
export function healthReport(stream: string, rate_hz: number, samples: number, spans: readonly Pick<HealthSpan, 'kind' | 'start_sample' | 'samples'>[]): HealthReport {
  return {
    version: 1, stream, rate_hz, samples, saturation: { low: -512, high: 511, rule: 'ends of the ADC', channels: [], samples: 0 }, sync_word: null, missed: { flagged: null, listed: null },
    spans: spans.map((span) => ({ ...span, start_s: span.start_sample / rate_hz, seconds: span.samples / rate_hz, channels: span.kind === 'saturated' ? 4 : null, detail: span.kind === 'error' ? 'LOCK' : '' })), spans_left_out: 0,
  };
}

export const edit = (rate: number, kind: EditRow['kind'], start_sample: number, samples: number, gap_samples: number | null, detail: string): EditRow =>
  ({ kind, start_sample, samples, start_s: start_sample / rate, seconds: samples / rate, gap_samples, detail });

export async function writeEdits(base: string, rows: readonly EditRow[]): Promise<void> {
  await fs.writeFile(editsPath(base), formatEdits(rows));
}

export async function writeHealth(base: string, report: HealthReport): Promise<void> {
  await fs.writeFile(healthPath(base), formatHealth(report));
}

/** Joins two files with `fill` rows of zeros between them; the meta is the first one's. Returns the base name of what was written. */
export async function joinByHand(first: string, second: string, columns: number, fill: number, base: string): Promise<string> {
  await fs.mkdir(path.dirname(base), { recursive: true });
  await fs.writeFile(`${base}.bin`, Buffer.concat([await fs.readFile(first), Buffer.alloc(fill * columns * 2), await fs.readFile(second)]));
  const meta = await fs.readFile(first.replace(/\.bin$/, '.meta'), 'utf8');
  await fs.writeFile(`${base}.meta`, meta.replace(/^fileSizeBytes=.*$/m, `fileSizeBytes=${(await fs.stat(`${base}.bin`)).size}`));
  return base;
}
