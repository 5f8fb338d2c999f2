// `<base>.health.json`: where a stream touched its rails, where its status words tell of errors, where samples were missed.

import { z } from 'zod';
import { InputFileError } from '../../common/index.ts';

const count = z.number().int().nonnegative();
const seconds = z.number().nonnegative();

/** Samples are rows of the output. */
export const healthSchema = z.object({
  version: z.literal(1),
  /** `imec0.ap`. */
  stream: z.string(),
  rate_hz: z.number().positive(),
  /** Rows that were recorded: those of filled gaps are not among them. */
  samples: count,
  saturation: z.object({
    /** Lowest and highest code of the converter, and when a sample counts as saturated, in words. */
    low: z.number(),
    high: z.number(),
    rule: z.string(),
    /** Columns of the stream that touched a rail, and in how many samples. */
    channels: z.array(z.object({ column: count, samples: count })),
    /** Saturated ones by the rule. */
    samples: count,
  }),
  /** Samples with each error bit, and with any; null for streams without status words. */
  sync_word: z.object({ errors: z.object({ COUNT: count, SERDES: count, LOCK: count, POP: count, SYNC: count }), samples: count }).nullable(),
  /** Samples with the MISS bit (null without status words), and those that missed_samples files name (null without such files). */
  missed: z.object({ flagged: count.nullable(), listed: count.nullable() }),
  /**
   * In order of start_sample. `channels` of saturated ones: the most near a rail in one sample. `detail` of errors: the bits
   * seen; of missed samples: `flagged` (by the status word), `listed` (in a file beside the recording), or both.
   */
  spans: z.array(z.object({ kind: z.enum(['saturated', 'error', 'missed']), start_sample: count, samples: count, start_s: seconds, seconds, channels: count.nullable(), detail: z.string() })),
  /** Beyond the first 10,000 of each kind. */
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
