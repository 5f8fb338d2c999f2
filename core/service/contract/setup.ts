// Requests of the set-up steps: where the sites of a probe are, and the parameters of the modules.

import { z } from 'zod';
import { query } from './define.ts';
import type { WizardStep } from './failure.ts';
import { sorterIds } from './settings.ts';

/** The sites of the saved channels of a probe; all arrays are equally long, in the order of the file. */
export interface ProbeGeometry {
  readonly probe: number;
  readonly partNumber: string | null;
  /** "NP2013, 4 shanks, 384 sites in use, 0 to 2865 um from the lowest row". */
  readonly text: string;
  readonly shanks: number;
  readonly shankPitch_um: number;
  readonly shankWidth_um: number;
  /** From the lowest row to the highest there is; null when the part number is not known. */
  readonly shankLength_um: number | null;
  readonly siteSize_um: number;
  readonly shank: Uint8Array;
  /** From the left edge of shank 0. */
  readonly x_um: Float32Array;
  /** Upwards from the lowest row. */
  readonly z_um: Float32Array;
  /** Acquisition numbers, as -chnexcl takes them. */
  readonly channel: Int32Array;
  /** 0: a reference site, or switched off. */
  readonly used: Uint8Array;
  /** Channels acquired on this probe: acquisition numbers are below it. */
  readonly channels: number;
}

export type ChannelClass = 'good' | 'dead' | 'noisy' | 'outside' | 'unused';

export interface JudgedChannel {
  /** Acquisition number, as -chnexcl takes it, and file column. */
  readonly acq: number;
  readonly column: number;
  readonly shank: number;
  readonly z_um: number;
  readonly class: ChannelClass;
  /** With the median over channels, minus that of its neighbours: dead below -0.5, noisy above 1. null: not measured. */
  readonly similarity: number | null;
  /** Mean power density above 80 % of half the sampling rate: noisy above 0.02 in AP. */
  readonly hf_uV2Hz: number | null;
  /** Why it has no figures, or ''. */
  readonly reason: string;
}

/** What -bad_channels would find; in the order of the file. */
export interface ProbeBadChannels {
  readonly channels: readonly JudgedChannel[];
  readonly gate: number;
  /** Looked at, in so many pieces; 0: the gate is too short. */
  readonly seconds: number;
  readonly snippets: number;
}

/** Where the power of the local field potential says that the brain ends. A proposal: nothing is changed. */
export interface ProbeSurface {
  /** LF as recorded, or made from AP. */
  readonly from: 'LF' | 'AP';
  readonly gate: number;
  /** Looked at, spread over the gate. */
  readonly seconds: number;
  readonly band_Hz: readonly [number, number];
  /** Rows of sites upwards from the lowest, and the power there. */
  readonly z_um: Float64Array;
  readonly power_dB: Float64Array;
  /** null: the power falls nowhere. */
  readonly surface: { readonly z_um: number; readonly fall_dB: number } | null;
}

/** One parameter of the input JSON, or one key of the session. */
export interface ParameterSpec {
  /** `quality_metrics_params.isi_threshold`, `ks4_helper_params.ks4_params.tmin`, `ks_nblocks`. */
  readonly name: string;
  /** Its last part. */
  readonly key: string;
  readonly kind: 'whole number' | 'number' | 'true/false' | 'text' | 'folder' | 'file' | 'choice' | 'numbers' | 'texts';
  readonly unit?: string;
  /** What the plan gives when nobody says otherwise; absent: nothing. */
  readonly default?: unknown;
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly string[];
  readonly help: string;
  /** What its section is about. */
  readonly group: string;
  /** Where else it is set; `fixed`: it cannot be set here at all. */
  readonly setBy?: { readonly text: string; readonly step?: WizardStep; readonly fixed: boolean };
}

export interface ModuleSpec {
  readonly name: string;
  readonly summary: string;
  readonly params: readonly ParameterSpec[];
}

export interface ModuleSpecs {
  /** In running order, the chosen sorter in its place; last what all share. */
  readonly modules: readonly ModuleSpec[];
  /** The keys of the session that speak of sorting. */
  readonly session: readonly ParameterSpec[];
  /** The module that sorts, by ks_ver. */
  readonly sorterOf: Readonly<Record<string, string>>;
  /** What runs after it unless the session says otherwise. */
  readonly afterSorting: readonly string[];
}

export const setupRequests = {
  'probe.geometry': query<ProbeGeometry>()(z.strictObject({ runId: z.string(), probe: z.number().int().nonnegative() })),
  /** Dead and noisy channels and those outside the brain, in the run's first gate. Nothing is changed. */
  'probe.badChannels': query<ProbeBadChannels>()(z.strictObject({ runId: z.string(), stream: z.string().regex(/^imec\d+\.(ap|lf)$/), seconds: z.number().positive().max(600).optional() })),
  /** In the run's first gate. */
  'probe.surface': query<ProbeSurface>()(z.strictObject({ runId: z.string(), probe: z.number().int().nonnegative() })),
  /** Defaults are those of the plan for this sorter and run; without a run, of the records. */
  'schema.modules': query<ModuleSpecs>()(z.strictObject({ sorter: z.enum(sorterIds), runId: z.string().optional() })),
};
