// Requests about the lines of NI, OneBoxes and probes (analog words, digital bits) and the extractors set on them. Times are
// seconds of the joined gate, as CatGT writes them.

import { z } from 'zod';
import { query } from './define.ts';
import type { Finding } from './failure.ts';

export * from './extractorText.ts';

/** A stream of a gate, all its triggers joined; or of one trigger. */
const source = {
  runId: z.string(),
  gate: z.number().int().min(0),
  /** `nidq`, `obx0`, `imec0.ap`. */
  stream: z.string(),
  trigger: z.number().int().min(0).optional(),
  /** Probe files are looked at in their first minutes only, unless whole. */
  whole: z.boolean().default(false),
};

/** What of the gate was looked at. */
export interface LineSpan {
  readonly rate_Hz: number;
  readonly length_s: number;
  /** Less than length_s for probe streams that are not looked at whole. */
  readonly covered_s: number;
  readonly gaps: readonly { readonly from_s: number; readonly to_s: number }[];
  /** Where each file begins. */
  readonly files: readonly { readonly trigger: number; readonly from_s: number }[];
}

export interface LineWord {
  /** File column, as extractors count. */
  readonly word: number;
  /** `XA0`, `MA2`, `DW`, `SY`. */
  readonly name: string;
  /** Acquisition channel. */
  readonly acquired: number;
  readonly kind: 'analog' | 'digital';
  /** Thresholds and traces, volts at the converter; NaN for digital words. */
  readonly volts_per_count: number;
  readonly range_V: number;
  /** Amplification before the converter, which thresholds do not know of. */
  readonly gain: number;
}

/** What is regular about pulses; null where there are too few. */
export interface PulseTrain {
  readonly edges: number;
  readonly rate_Hz: number | null;
  readonly period_ms: number | null;
  readonly width_ms: number | null;
  /** 5 and 95 % of the widths. */
  readonly widths_ms: readonly [number, number] | null;
  readonly duty_pct: number | null;
}

export interface BitSurvey extends PulseTrain {
  readonly bit: number;
  /** Never changes: its one level. */
  readonly constant: 0 | 1 | null;
  readonly sync: boolean;
}

export interface WordSurvey extends LineWord {
  readonly min_V: number | null;
  readonly max_V: number | null;
  readonly median_V: number | null;
  readonly noise_V: number | null;
  /** One or two. */
  readonly levels_V: readonly number[];
  /** Half-way between two levels. */
  readonly threshold_V: number | null;
  readonly train: PulseTrain | null;
  readonly sync: boolean;
  readonly bits: readonly BitSurvey[];
  /** In a few words: "412 pulses of 25 ms", "continuous, no levels". */
  readonly text: string;
}

export interface ExtractorProposal {
  /** `-xa=0,0,2,3,0,25`. */
  readonly extractor: string;
  readonly word: number;
  readonly reason: string;
  readonly count: number;
}

export interface LineSurvey extends LineSpan {
  readonly words: readonly WordSurvey[];
  readonly proposals: readonly ExtractorProposal[];
}

export interface LineList extends LineSpan {
  readonly words: readonly LineWord[];
}

/** Per pixel column the least and greatest count, of digital words the bits always set and ever set; lo > hi (unsigned for digital) where nothing was recorded. */
export interface WordWindow {
  readonly word: number;
  readonly lo: Int16Array;
  readonly hi: Int16Array;
  /** Of digital words; null where changes are too many to walk through. */
  readonly bits: readonly (PulseTrain & { readonly bit: number; readonly edges_s: Float64Array; readonly startsHigh: boolean })[] | null;
}

export interface LineWindow {
  readonly from_s: number;
  readonly to_s: number;
  /** Samples a column stands for; 1: lo and hi are the samples themselves. */
  readonly perColumn_smp: number;
  /** Time of the first column or sample. */
  readonly first_s: number;
  readonly rate_Hz: number;
  readonly words: readonly WordWindow[];
}

/** Numbers of the verdicts in `PulseList.verdicts`. */
export const verdicts = ['accepted', 'short', 'long', 'below', 'bounced', 'unfinished'] as const;
export type Verdict = (typeof verdicts)[number];

export interface PulseList {
  readonly on_s: Float64Array;
  /** NaN where the end is of no interest (any edge) or did not come. */
  readonly off_s: Float64Array;
  /** Highest (inverted: lowest) volts between; NaN for digital lines and beyond the first thousands. */
  readonly extremes_V: Float64Array;
  readonly verdicts: Uint8Array;
  /** Of bit fields: the value that began. */
  readonly values: Uint16Array | null;
  /** The gate has more; these are those of the window that was asked for. */
  readonly partial: boolean;
}

export interface ExtractorPreview {
  readonly extractor: string;
  /** Lines CatGT writes, and what was not accepted. */
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly pulses: PulseList;
  /** Widths of all pulses high enough; counts and a typical width by bin. */
  readonly widths: { readonly edges_ms: Float64Array; readonly counts: Uint32Array; readonly typical_ms: Float64Array; readonly log: boolean } | null;
  /** Of bit fields, by value. */
  readonly values: readonly { readonly value: number; readonly count: number; readonly first_s: number }[] | null;
  /** Names CatGT gives the files. */
  readonly files: readonly string[];
  /** As the second threshold is used, or not. */
  readonly secondUsed: boolean;
}

export interface ExtractorCheck {
  readonly text: string;
  readonly stream: string | null;
  /** Names of its files in the first run that has the stream. */
  readonly files: readonly string[];
  readonly findings: readonly Finding[];
}

export interface StringCheck {
  /** As CatGT orders and prints them; null when something is not understood. */
  readonly canonical: string | null;
  readonly extractors: readonly ExtractorCheck[];
  readonly others: readonly { readonly text: string; readonly problem: string }[];
}

export interface RunCount {
  readonly runId: string;
  readonly run: string;
  readonly gate: number;
  /** In the order of the extractors; null: that stream is not in the run, or cannot be read. */
  readonly counts: readonly (number | null)[];
  readonly findings: readonly Finding[];
}

export const lineRequests = {
  /** Names and kinds of the words, from the meta alone. */
  'lines.list': query<LineList>()(z.strictObject(source)),
  /** Reads the gate once (kept in the profile) and says what each line does. */
  'lines.survey': query<LineSurvey>()(z.strictObject(source)),
  'lines.window': query<LineWindow>()(z.strictObject({
    ...source,
    words: z.array(z.number().int().min(0)).min(1),
    from_s: z.number(),
    to_s: z.number(),
    columns: z.number().int().min(1).max(8192),
  })),
  'extract.preview': query<ExtractorPreview>()(z.strictObject({
    ...source,
    extractor: z.string(),
    /** The session's `ni_obx_extract_string` and `catGT_cmd_string`, for -inarow. */
    inARow: z.number().int().min(1).default(5),
    from_s: z.number().optional(),
    to_s: z.number().optional(),
  })),
  /** What stands against each extractor, from metas: no samples are read. */
  'extract.check': query<StringCheck>()(z.strictObject({ text: z.string(), runIds: z.array(z.string()) })),
  'extract.checkRuns': query<{ readonly extractors: readonly string[]; readonly rows: readonly RunCount[] }>()(z.strictObject({ text: z.string(), runIds: z.array(z.string()), inARow: z.number().int().min(1).default(5) })),
};
