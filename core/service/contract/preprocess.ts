// Requests of the preprocessing and sync steps: what filters, referencing and gfix do to a moment of a recording; sync edges.

import { z } from 'zod';
import { query } from './define.ts';

export const previewStages = ['raw', 'filtered', 'car', 'final', 'difference'] as const;
/** `difference` is raw minus the latest stage that is asked for with it. */
export type PreviewStage = (typeof previewStages)[number];

/** Smallest and largest value per channel and pixel column, uV, [channel][column]. */
export interface PreviewPlane {
  readonly min: Float32Array;
  readonly max: Float32Array;
}

export interface PreviewChannels {
  /** Acquisition channels. */
  readonly acq: Uint16Array;
  readonly shank: Uint8Array;
  readonly z_um: Float32Array;
  /** 0: reference site or excluded; neither used nor changed by referencing. */
  readonly used: Uint8Array;
}

export interface PreprocessSource {
  readonly rate_Hz: number;
  /** Length of the gate with all its triggers, gaps included; places below are on this axis. */
  readonly length_s: number;
  readonly triggers: readonly { readonly trigger: number; readonly at_s: number }[];
  readonly gaps: readonly { readonly from_s: number; readonly to_s: number }[];
  /** In file order. */
  readonly channels: PreviewChannels;
  readonly partNumber: string | null;
  /** The meta tells positions in um, which loccar needs. */
  readonly hasMicrons: boolean;
}

export interface PreprocessPreview {
  readonly from_s: number;
  readonly to_s: number;
  readonly rate_Hz: number;
  readonly columns: number;
  /** Tip first, shank after shank. */
  readonly channels: PreviewChannels;
  readonly planes: Readonly<Partial<Record<PreviewStage, PreviewPlane>>>;
  /** Spans gfix replaces; null peak: found outside what was computed. */
  readonly gfix: readonly { readonly from_s: number; readonly to_s: number; readonly peak: { readonly acq: number; readonly mV: number; readonly slope_mV: number } | null }[];
  readonly figures: {
    /** Median over channels of the median absolute deviation / 0.6745. */
    readonly noiseBefore_uV: number;
    readonly noiseAfter_uV: number;
    /** Share of the band-passed power that all used channels have together, before referencing. */
    readonly common_pct: number;
    readonly largeSpikes: number;
    /** How much of their peaks is left after the chain, median; null without large spikes. */
    readonly largeSpikesKept_pct: number | null;
  };
}

export interface GfixScan {
  /** Candidates: moments at which a quarter of the used channels is over 0.1 mV; amplitude and slope that this quarter reaches. */
  readonly at_s: Float64Array;
  readonly amp_mV: Float32Array;
  readonly slope_mV: Float32Array;
  readonly len_ms: Float32Array;
  /** Of the thresholds in the options, as the run would edit them. */
  readonly spans: { readonly count: number; readonly perSecond: number; readonly share_pct: number; readonly longest_ms: number };
  /** Looked at, and of the whole gate. */
  readonly seconds: number;
  readonly whole_s: number;
  readonly worst_s: number;
}

export interface PreprocessSpectrum {
  readonly frequency_Hz: Float64Array;
  /** uV^2/Hz, mean over `channels` channels. */
  readonly raw: Float64Array;
  readonly after: Float64Array;
  readonly channels: number;
}

export interface SyncMoment {
  readonly gate: number;
  readonly trigger: number;
  /** From the file's first sample. */
  readonly at_s: number;
}

export interface SyncStreamVerdict {
  /** `nidq`, `obx0`, `imec0.ap` */
  readonly stream: string;
  readonly read_s: number;
  readonly whole: boolean;
  readonly edges: number;
  readonly missing: readonly SyncMoment[];
  readonly extra: readonly SyncMoment[];
  readonly period_s: { readonly min: number; readonly median: number; readonly max: number } | null;
  /** Of all edges, also those CatGT leaves out because of their width. */
  readonly any_period_s: number | null;
  readonly meta_period_s: number | null;
  /** How much faster this clock runs than the reference's. */
  readonly ppm: number | null;
  readonly verdict: 'ok' | 'warn' | 'stop';
  readonly words: string;
}

export interface SyncSurvey {
  readonly runs: readonly { readonly runId: string; readonly run: string; readonly streams: readonly SyncStreamVerdict[] }[];
}

/** One stream of a gate of a run. */
const source = { runId: z.string(), stream: z.string(), gate: z.number().int().min(0) };
/** CatGT options that concern samples, as text. */
const options = z.string().max(4000);
const moment = { from_s: z.number().min(0), len_s: z.number().positive().max(2) };

export const preprocessRequests = {
  'preprocess.source': query<PreprocessSource>()(z.strictObject(source)),
  /** A moment before and after the chain, with the kernels and margins of the run. */
  'preprocess.preview': query<PreprocessPreview>()(z.strictObject({
    ...source, ...moment, options,
    columns: z.number().int().min(16).max(4096),
    /** First and last file column to draw. */
    channels: z.tuple([z.number().int().min(0), z.number().int().min(0)]).optional(),
    stages: z.array(z.enum(previewStages)).min(1),
  })),
  /** Artefacts in so many seconds spread over the gate (null: all of it); the options must hold -gfix. */
  'preprocess.gfixScan': query<GfixScan>()(z.strictObject({ ...source, options, seconds: z.number().positive().nullable() })),
  'preprocess.spectrum': query<PreprocessSpectrum>()(z.strictObject({ ...source, ...moment, options })),
  /** Sync edges of every stream: the first four minutes of each, or all. */
  'sync.survey': query<SyncSurvey>()(z.strictObject({
    runIds: z.array(z.string()).min(1),
    full: z.boolean().default(false),
    /** Stream the clocks are compared with: `imec0.ap`; else the first probe. */
    reference: z.string().optional(),
  })),
};
