// Requests about the runs under the folders the user added.

import { z } from 'zod';
import { command, query } from './define.ts';
import type { Finding, Severity } from './failure.ts';

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

export interface RunProbe {
  readonly index: number;
  readonly partNumber: string | null;
  /** `NP1.0`, `NP2013 4-shank`: what people call it. */
  readonly name: string;
  readonly shanks: number;
  readonly sites: number;
  /** For the picture in lists: per saved site shank, x and z in um, and 1 when in use. */
  readonly picture: { readonly shank: Uint8Array; readonly x_um: Float32Array; readonly z_um: Float32Array; readonly used: Uint8Array } | null;
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
  readonly created_at: string | null;
  readonly errors: readonly string[];
}

export interface RunDetails {
  readonly summary: RunSummary;
  readonly files: readonly RunFile[];
  readonly sync: { readonly source: string; readonly period_s: number | null };
  readonly software: string;
}

export const runRequests = {
  'roots.list': query<readonly Root[]>()(z.strictObject({})),
  'roots.add': command<Root>()(z.strictObject({ path: z.string().min(1) })),
  'roots.remove': command<{ readonly removed: true }>()(z.strictObject({ rootId: z.string() })),
  'roots.rescan': command<Root>()(z.strictObject({ rootId: z.string() })),
  'runs.list': query<readonly RunSummary[]>()(z.strictObject({})),
  'run.get': query<RunDetails>()(z.strictObject({ runId: z.string() })),
};
