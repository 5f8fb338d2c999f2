// Requests about sorted folders: known results, units with their metrics and labels, waveforms, trains of spikes.

import { z } from 'zod';
import { command, query } from './define.ts';

/** A sorter's folder, ours or anybody's. */
export interface ResultSummary {
  /** The folder's path in base64url. */
  readonly resultId: string;
  readonly path: string;
  /** `m41_d3_g0` where the folder's names tell, else the folder's own name. */
  readonly run: string;
  readonly gate: number | null;
  readonly probe: number | null;
  /** Ending of the folder's name: `ag`, `ks4`. */
  readonly tag: string;
  readonly at: string;
  readonly units: number;
  readonly spikes: number;
  /** Units by label of cluster_group, or of the sorter where nobody labelled. */
  readonly labels: Readonly<Record<string, number>>;
  readonly hasMetrics: boolean;
  readonly hasWaveforms: boolean;
  /** Labels can be written into the folder; otherwise they lie in the profile. */
  readonly writable: boolean;
  readonly missing: readonly { readonly what: string; readonly effect: string; readonly next: string }[];
}

export interface UnitColumn {
  readonly key: string;
  readonly title: string;
  readonly unit: string;
  readonly help: string;
  /** What a good unit has. */
  readonly good: string;
  readonly log: boolean;
  /** Of the formula; 0 for plain facts. */
  readonly version: number;
  readonly aliases: readonly string[];
  /** Why some values are undefined. */
  readonly undefinedBecause: string;
}

export interface UnitTable {
  readonly ids: Int32Array;
  readonly columns: readonly UnitColumn[];
  /** By column, one value per unit; NaN where undefined. */
  readonly values: Readonly<Record<string, Float64Array>>;
  /** By set (`group` is what people said, others automatic), one text per unit; '' where none. */
  readonly labels: Readonly<Record<string, readonly string[]>>;
  /** Where labels are saved, in words. */
  readonly labelsAt: string;
}

export interface UnitWaveform {
  /** [channels x samples]. */
  readonly mean: Float32Array;
  readonly unit: 'uV' | 'sorter units';
  readonly samples: number;
  readonly rate_Hz: number;
  /** Per shown channel: column of the recording and place, nearest to the peak first. */
  readonly channels: Int32Array;
  readonly x_um: Float32Array;
  readonly z_um: Float32Array;
  readonly shank: Uint8Array;
  /** All sites of the probe, for the map. */
  readonly sites: { readonly x_um: Float32Array; readonly z_um: Float32Array; readonly shank: Uint8Array };
}

export interface UnitTrain {
  readonly t_s: Float64Array;
  /** In the sorter's units. */
  readonly amplitude: Float32Array;
  /** All there are; t_s holds at most the number asked for, evenly taken. */
  readonly count: number;
  /** Autocorrelogram: counts per bin, lags from -window to +window. */
  readonly acg: { readonly counts: Float64Array; readonly bin_ms: number; readonly window_ms: number };
  /** Intervals below the refractory period given. */
  readonly violations: number;
  readonly duration_s: number;
}

const result = z.string().min(1);

export const resultRequests = {
  'results.list': query<readonly ResultSummary[]>()(z.strictObject({})),
  /** Looks into a folder for results, and remembers it. */
  'results.open': command<readonly ResultSummary[]>()(z.strictObject({ path: z.string().min(1) })),
  'results.close': command<{ readonly closed: true }>()(z.strictObject({ path: z.string() })),
  'results.get': query<ResultSummary>()(z.strictObject({ resultId: result })),
  'results.units': query<UnitTable>()(z.strictObject({ resultId: result })),
  'results.waveform': query<UnitWaveform>()(z.strictObject({ resultId: result, unit: z.number().int(), channels: z.number().int().min(1).max(64).default(16) })),
  'results.train': query<UnitTrain>()(z.strictObject({
    resultId: result, unit: z.number().int(), most: z.number().int().min(1).max(50_000).default(5000),
    bin_ms: z.number().min(0.1).max(50).default(0.5), window_ms: z.number().min(1).max(2000).default(50), refractory_ms: z.number().min(0.1).max(20).default(2),
  })),
  /** '' takes a label away. On disk before it is answered. */
  'labels.set': command<{ readonly savedAt: string }>()(z.strictObject({ resultId: result, units: z.array(z.number().int()).min(1), label: z.string().max(40).regex(/^[^\t\r\n]*$/) })),
};
