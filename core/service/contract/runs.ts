// Requests about the runs under the folders the user added.

import { z } from 'zod';
import { command, query } from './define.ts';
import type { Finding, Severity } from './failure.ts';
import type { GateRange } from './gateChoice.ts';

export * from './gateChoice.ts';

export interface Root {
  readonly rootId: string;
  readonly path: string;
  /** `missing`: the drive is not connected; its runs are shown as last seen. */
  readonly state: 'scanning' | 'ready' | 'missing' | 'failed';
  readonly runs: number;
  readonly scannedAt: string | null;
  /** Why it failed, or what was looked at when there are no runs. */
  readonly text?: string;
}

export interface RunStream {
  /** `imec0.ap`, `imec0.lf`, `nidq`, `obx0`. */
  readonly key: string;
  readonly kind: 'ap' | 'lf' | 'nidq' | 'obx';
  /** Number of the probe or OneBox; 0 for NI. */
  readonly index: number;
  readonly rate_Hz: number;
  /** Saved channels, SY and digital words included. */
  readonly channels: number;
}

export interface ProbePictureData {
  readonly shank: Uint8Array;
  readonly x_um: Float32Array;
  readonly z_um: Float32Array;
  readonly used: Uint8Array;
  readonly shankPitch_um: number;
  readonly shankWidth_um: number;
}

export interface RunProbe {
  readonly index: number;
  readonly partNumber: string | null;
  /** `NP1.0`, `NP2013 4-shank`: what people call it. */
  readonly name: string;
  readonly shanks: number;
  readonly sites: number;
  /** Per saved site shank, x and z in um, and 1 when in use. null where positions are unknown, and in `runs.list`, which has `thumb`. */
  readonly picture: ProbePictureData | null;
  /** For small pictures, per shank: a digit for each 28th of the shank from the tip up, 0 to 9 = the share of its sites in use. */
  readonly thumb: readonly string[];
  /** In words: "384 sites, bottom 3.84 mm of shank 0". */
  readonly text: string;
}

export interface RunSummary {
  /** Stable over rescans: made of the run's name and folder. */
  readonly runId: string;
  readonly rootId: string;
  /** Without `_g0`. */
  readonly name: string;
  readonly path: string;
  /** What CatGT calls -dir, one per drive. */
  readonly folders: readonly string[];
  /** Local time without zone, as in the meta. */
  readonly started_at: string | null;
  readonly span_s: number;
  readonly bytes_B: number;
  readonly gates: readonly { readonly gate: number; readonly triggers: readonly number[] }[];
  readonly streams: readonly RunStream[];
  readonly probes: readonly RunProbe[];
  readonly ni: boolean;
  readonly obx: readonly number[];
  /** `null` until health has arrived. */
  readonly health: { readonly worst: Severity; readonly counts: { readonly stop: number; readonly warn: number; readonly note: number } } | null;
  readonly findings: readonly Finding[];
  readonly processed: readonly { readonly tag: string; readonly path: string; readonly at: string | null; readonly probes: readonly number[] }[];
  /** SpikeGLX seems to be writing to it. */
  readonly growing: boolean;
}

export interface RunFile {
  readonly stream: string;
  readonly gate: number;
  readonly trigger: number;
  /** Of the .bin. */
  readonly path: string;
  readonly bytes_B: number;
  readonly samples_smp: number;
  readonly seconds: number;
  readonly firstSample_smp: number | null;
  readonly rate_Hz: number;
  /** Saved channels, SY and digital words included. */
  readonly channels: number;
  readonly created_at: string | null;
  /** False when only its meta is. */
  readonly there: boolean;
  readonly errors: readonly string[];
}

/** Where a file lies in what CatGT makes of the run. */
export type TimelineOutcome =
  | 'first' | 'append' | 'trim' | 'fill'
  /** Lies wholly within what came before: nothing of it is used. */
  | 'drop'
  /** Other streams have it; this one has not. */
  | 'missing'
  /** Not read: CatGT stops at a file that is missing, or before the first one. */
  | 'stop'
  /** Not read: the length that was asked for ends before it. */
  | 'cut'
  /** Not among the gates and triggers asked for. */
  | 'unused';

export interface TimelineFile {
  readonly gate: number;
  readonly trigger: number;
  /** On the run's clock; of a missing file as other streams have it. */
  readonly start_s: number;
  readonly end_s: number;
  readonly outcome: TimelineOutcome;
  /** Samples that the files before have already; skipped. */
  readonly olap_smp: number;
  /** Samples not recorded before it, and how many of them are filled. */
  readonly gap_smp: number;
  readonly fill_smp: number;
  /** Samples cut from its end, so that all streams end together. */
  readonly trim_smp: number;
  readonly used_smp: number;
  readonly firstSample_smp: number | null;
  readonly samples_smp: number;
  /** Where its first sample lies in the output; negative when cut off by the start. null when not read. */
  readonly outStart_s: number | null;
  /** Which of the outputs it goes into. */
  readonly output: number | null;
}

export interface TimelineRow {
  readonly stream: string;
  readonly rate_Hz: number;
  readonly files: readonly TimelineFile[];
}

export interface RunTimeline {
  /** Of the first sample of the run on its clock: times are counted from the clock's start. */
  readonly from_s: number;
  readonly to_s: number;
  readonly rows: readonly TimelineRow[];
  /** One per output: what is joined, named by its first gate. */
  readonly outputs: readonly { readonly gate: number; readonly ranges: readonly GateRange[]; readonly joined_s: number; readonly files: number; readonly fills: number; readonly overlaps: number; readonly dropped: number }[];
  /** Of all outputs. */
  readonly joined_s: number;
  readonly findings: readonly Finding[];
}

export interface RunDetails {
  readonly summary: RunSummary;
  readonly files: readonly RunFile[];
  readonly sync: { readonly source: string; readonly period_s: number | null };
  readonly software: string;
}

const range = z.strictObject({ gate: z.number().int().min(0), first: z.number().int().min(0), last: z.number().int().min(0) });

export const runRequests = {
  'roots.list': query<readonly Root[]>()(z.strictObject({})),
  /** Ends when the folder has been read. Of a folder that is listed already, or lies in one that is, `already` says so. */
  'roots.add': command<Root & { readonly already?: string }>()(z.strictObject({ path: z.string().min(1) })),
  'roots.remove': command<{ readonly removed: true }>()(z.strictObject({ rootId: z.string() })),
  'roots.rescan': command<Root>()(z.strictObject({ rootId: z.string() })),
  'runs.list': query<readonly RunSummary[]>()(z.strictObject({})),
  'run.get': query<RunDetails>()(z.strictObject({ runId: z.string() })),
  /** How CatGT joins the run. Without `outputs` everything is joined into one. */
  'run.timeline': query<RunTimeline>()(z.strictObject({
    runId: z.string(),
    /** What is joined, output by output; ranges in order. */
    outputs: z.array(z.array(range).min(1)).optional(),
    /** Streams that take part: all streams of an output end together. All by default. */
    streams: z.array(z.string()).optional(),
    startsecs_s: z.number().min(0).optional(),
    maxsecs_s: z.number().min(0).optional(),
    zerofillmax_ms: z.number().min(0).optional(),
    /** Files that are missing are stepped over (-t_miss_ok). */
    mayMiss: z.boolean().default(false),
  })),
  /** The meta of one file, as it stands there now. */
  'run.meta': query<{ readonly path: string; readonly entries: readonly (readonly [string, string])[] }>()(z.strictObject({
    runId: z.string(), stream: z.string(), gate: z.number().int(), trigger: z.number().int(),
  })),
};
