// `<base>.health.json`: where a stream touched its rails, where its status words tell of errors, where samples were missed.

import { z } from 'zod';
import { InputFileError } from '../../common/index.ts';

const count = z.number().int().nonnegative();
const seconds = z.number().nonnegative();

/** Samples are rows of the written file. */
export const healthSchema = z.object({
  version: z.literal(1),
  /** `imec0.ap`. */
  stream: z.string(),
  rate_hz: z.number().positive(),
  samples: count,
  saturation: z.object({
    /** The values taken for rails, counts, and the rule that gave them, in words. */
    low: z.number(),
    high: z.number(),
    rule: z.string(),
    /** Only columns that touched a rail. */
    channels: z.array(z.object({ column: count, samples: count })),
    /** Samples at which any column did. */
    samples: count,
  }),
  /** Samples with each error bit, and with any; null for streams without status words. */
  sync_word: z.object({ errors: z.object({ COUNT: count, SERDES: count, LOCK: count, POP: count, SYNC: count }), samples: count }).nullable(),
  /** Samples with the MISS bit (null without status words), and those that missed_samples files name (null without such files). */
  missed: z.object({ flagged: count.nullable(), listed: count.nullable() }),
  /** In order of start_sample. `channels`: how many took part, null where that says nothing. */
  spans: z.array(z.object({ kind: z.enum(['saturated', 'error', 'missed']), start_sample: count, samples: count, start_s: seconds, seconds, channels: count.nullable(), detail: z.string() })),
  /** Spans that were counted but not listed. */
  spans_left_out: count,
});

export type HealthReport = z.infer<typeof healthSchema>;
export type HealthSpan = HealthReport['spans'][number];

export const healthPath = (base: string) => `${base}.health.json`;

/** A span a line, so that long reports can be read and compared. */
export function formatHealth({ spans, spans_left_out, ...facts }: HealthReport): string {
  const head = JSON.stringify(facts, null, 2).slice(0, -2);
  const list = spans.length === 0 ? '[]' : `[\n${spans.map((span) => `    ${JSON.stringify(span)}`).join(',\n')}\n  ]`;
  return `${head},\n  "spans": ${list},\n  "spans_left_out": ${spans_left_out}\n}\n`;
}

/** Throws InputFileError that names the key. */
export function parseHealth(text: string, path: string): HealthReport {
  const next = { next: 'Make it again with CatGT -health.' };
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new InputFileError(path, 'is not JSON: it was cut off or edited', next);
  }
  const read = healthSchema.safeParse(json);
  if (read.success) return read.data;
  const { path: key, message } = read.error.issues[0];
  throw new InputFileError(path, `is not a report of CatGT's -health: ${key.join('.') || 'the whole'}: ${message}`, next);
}
