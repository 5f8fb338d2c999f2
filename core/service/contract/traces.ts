// Requests of the trace page. All times named `_s` are on the reference clock of the run (TPrime's, where edges were
// extracted), unless called `own`: then they count from the first sample of the device. Samples travel as int16 counts.

import { z } from 'zod';
import { command, query } from './define.ts';
import type { Exported, ExportedFile } from './exchange.ts';

const target = z.union([z.strictObject({ runId: z.string() }), z.strictObject({ folder: z.string() })]);
/** A run with all that was made of it, or an output folder (a run's, a probe's, a sorter's) with the run it came from if that is known. */
export type TraceTargetId = z.infer<typeof target>;

export type TraceStateName = 'raw' | 'highpass' | 'car' | 'catgt';

export interface TraceChannels {
  /** Of every column of the file: `AP214`, `XA2`, `SY`. */
  readonly names: readonly string[];
  /** Leading columns that hold voltages; the others are digital words. */
  readonly analog: number;
  readonly uVperBit: Float64Array;
  /** Of the analog columns; NaN where there are no sites. Tip at 0. */
  readonly z_um: Float32Array;
  readonly x_um: Float32Array;
  readonly shank: Uint8Array;
  readonly used: Uint8Array;
  /** Analog columns from the tip up, shank after shank. */
  readonly order: Int32Array;
  /** Why depths are not known. */
  readonly problem: string | null;
}

export interface TraceSourceInfo {
  /** `imec0.ap|raw`, `imec0.ap|catgt0`. */
  readonly key: string;
  readonly stream: string;
  readonly device: string;
  readonly state: TraceStateName;
  /** The folder of processed files. */
  readonly folder: string | null;
  readonly rate_Hz: number;
  readonly channels: TraceChannels;
  readonly files: readonly { readonly name: string; readonly path: string; readonly from_s: number; readonly to_s: number }[];
}

/** Not recorded between two files; recorded twice; filled in by joining; replaced by gfix; channels at their rails; samples missed; errors told by the status words. */
export const traceSpanKinds = ['gap', 'olap', 'fill', 'gfix', 'sat', 'miss', 'err'] as const;
export type TraceSpanKind = (typeof traceSpanKinds)[number];

export interface TraceSpanInfo {
  readonly kind: TraceSpanKind;
  /** Key of the source it is shown on. */
  readonly source: string;
  readonly stream: string;
  readonly from_s: number;
  readonly to_s: number;
  /** How many spans it stands for: those closer than a column of the picture are one. */
  readonly count: number;
  readonly text: string;
}

export interface TraceSpans {
  /** In order of time. */
  readonly spans: readonly TraceSpanInfo[];
  /** All of them in the window; one that is shown on several sources counts once. */
  readonly counts: Readonly<Record<TraceSpanKind, number>>;
}

export interface TraceSources {
  readonly name: string;
  readonly from_s: number;
  readonly to_s: number;
  /** `imec0`: the device whose clock all times are on. */
  readonly reference: string;
  readonly clocks: readonly { readonly device: string; readonly aligned: boolean }[];
  readonly sources: readonly TraceSourceInfo[];
  readonly events: readonly { readonly key: string; readonly stream: string; readonly label: string; readonly isSync: boolean }[];
  readonly sorters: readonly { readonly path: string; readonly name: string; readonly stream: string }[];
  /** Sentences about files that could not be used. */
  readonly problems: readonly string[];
}

export interface TraceWindowInfo {
  /** `off`: this state is not computed for so long a span; `text` says why. */
  readonly mode: 'samples' | 'minmax' | 'off';
  /** Time of the first column of the answer, and from one to the next. */
  readonly from_s: number;
  readonly step_s: number;
  /** Own sample of the first column and samples per column. */
  readonly first_smp: number;
  readonly per_smp: number;
  readonly count: number;
  /** The file columns answered, in the order of the data. */
  readonly columns: Int32Array;
  /** [columns x count]: samples, or the lowest of each; of digital words the bits that stayed high. */
  readonly low: Int16Array;
  /** Empty with samples; of digital words the bits that were ever high. */
  readonly high: Int16Array;
  /** Columns with data: starts and ends, alternating. */
  readonly present: Int32Array;
  /** "Building overview 34 %", or why the state is off; null when all is shown. */
  readonly text: string | null;
}

export interface TraceOverviewInfo {
  readonly from_s: number;
  readonly step_s: number;
  /** Mean over the channels of highest minus lowest; NaN where there is nothing, or nothing yet. */
  readonly reach_uV: Float32Array;
  /** How much of it is read, 0 to 1, and why it cannot be. */
  readonly done: number;
  readonly problem: string | null;
}

export interface TraceUnit {
  readonly id: number;
  readonly spikes: number;
  /** `good`, `mua`, `noise` or what people wrote; '' when unlabelled. */
  readonly label: string;
  /** File column where it is largest; -1 when not known. */
  readonly column: number;
}

export interface TraceMarks {
  /** Only those inside the window; `times_s` is empty when there are too many to draw. */
  readonly events: readonly { readonly key: string; readonly count: number; readonly times_s: Float64Array }[];
  readonly spikes: { readonly stream: string; readonly count: number; readonly times_s: Float64Array; readonly units: Int32Array; readonly columns: Int32Array } | null;
}

/** What an export of a stretch of a stream would write. */
export interface SnippetPlan {
  /** Paths below the folder that is chosen. */
  readonly files: readonly ExportedFile[];
  readonly samples: number;
  readonly channels: number;
  /** Of the snippet, as its meta will say it; null where the recording tells none. */
  readonly firstSample: number | null;
  /** Why it is not the whole span. */
  readonly note: string | null;
}

const sorter = z.string().nullable().default(null);
const units = z.union([z.array(z.number().int()).max(64), z.literal('all')]).default('all');
const lines = z.array(z.string()).max(200).default([]);
const from_s = z.number().finite();
const to_s = z.number().finite();

/** bin: with its meta, as SpikeGLX names them; csv and npy: microvolts. `columns`: file columns; the digital words of a probe's file go with them. */
const snippet = { target, source: z.string(), from_s, to_s, columns: z.array(z.number().int().min(0)).min(1).max(8192), kind: z.enum(['bin', 'csv', 'npy']), name: z.string().min(1).max(120).regex(/^[^\\/:*?"<>|\n]*[^\\/:*?"<>|\n. ]$/, 'cannot be part of a file name') };

export const traceRequests = {
  'trace.sources': query<TraceSources>()(z.strictObject({ target })),
  /** `width`: columns of the picture. `columns`: file columns; all when left out. */
  'trace.window': query<TraceWindowInfo>()(z.strictObject({ target, source: z.string(), from_s, to_s, width: z.number().int().min(1).max(8192), columns: z.array(z.number().int().min(0)).max(8192).optional() })),
  /** Asking for it again lets the overview of long recordings be built. */
  'trace.overview': query<TraceOverviewInfo>()(z.strictObject({ target, source: z.string(), width: z.number().int().min(16).max(4096) })),
  'trace.marks': query<TraceMarks>()(z.strictObject({ target, from_s, to_s, lines, sorter, units })),
  /** `width`: columns of the picture. */
  'trace.spans': query<TraceSpans>()(z.strictObject({ target, sources: z.array(z.string()).max(64), from_s, to_s, width: z.number().int().min(1).max(4096) })),
  'trace.units': query<{ readonly units: readonly TraceUnit[] }>()(z.strictObject({ target, sorter: z.string() })),
  /** The nearest event of `lines`, spike of `units`, or span of kinds `spans` on `sources` (all when null), after (1) or before (-1) a time. */
  'trace.next': query<{ readonly t_s: number | null; readonly text: string }>()(z.strictObject({ target, kind: z.enum(['event', 'spike', 'problem']), from_s, direction: z.union([z.literal(1), z.literal(-1)]), lines, sorter, units, spans: z.array(z.enum(traceSpanKinds)).default([...traceSpanKinds]), sources: z.array(z.string()).max(64).nullable().default(null) })),
  /** A time on every clock. `device`: whose clock `t_s` is on; the reference when left out. */
  'trace.map': query<{ readonly t_s: number; readonly devices: readonly { readonly device: string; readonly own_s: number; readonly aligned: boolean }[] }>()(z.strictObject({ target, t_s: z.number().finite(), device: z.string().optional() })),
  /** Names and sizes before anything is written. */
  'trace.snippet': query<SnippetPlan>()(z.strictObject(snippet)),
  /** Writes the span into a folder the user chose: under temporary names until it is complete, never into the folder of a recording, never over something else. */
  'trace.export': command<Exported>()(z.strictObject({ ...snippet, folder: z.string().min(1) })),
};
