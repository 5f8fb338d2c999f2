// Requests about a draft as it will be run: findings, plan, destination, estimates.

import { z } from 'zod';
import { command, query } from './define.ts';
import type { Finding } from './failure.ts';

/** new: never done; valid: done, and will be skipped; changed: done with other parameters or files, and will be done again. */
export type PlannedState = 'new' | 'valid' | 'changed';

export interface PlannedModuleRun {
  readonly id: string;
  readonly run: string;
  readonly gate: number;
  /** null: of the whole run. */
  readonly probe: number | null;
  readonly module: string;
  /** Steps that come before it. */
  readonly needs: readonly string[];
  readonly state: PlannedState;
  readonly est_s: number;
  /** What it leaves on the disk. */
  readonly est_B: number;
  /** The same thing at a terminal. */
  readonly command: string;
  /** What the engine's own program would be told, where that is known before the run. */
  readonly engineCommand: string | null;
  /** Where its input JSON will lie; steps of a probe share one. */
  readonly inputJson: string;
}

export interface SessionPlan {
  readonly steps: readonly PlannedModuleRun[];
  /** Of what is still to be done. */
  readonly total: { readonly steps: number; readonly valid: number; readonly est_s: number; readonly est_B: number };
  /** False while some module has never run on this machine: times are rough. */
  readonly measured: boolean;
}

export interface PreflightReport {
  readonly findings: readonly Finding[];
  readonly checkedAt: string;
  readonly took_s: number;
}

export type PlannedFileKind = 'binary' | 'meta' | 'sync' | 'events' | 'list' | 'log' | 'sorting' | 'json' | 'aligned';

export interface PlannedFile {
  readonly path: string;
  readonly kind: PlannedFileKind;
  /** 0 where it is little. */
  readonly bytes_B: number;
  /** removed: CatGT makes it, and the last step of its probe removes it, or has. */
  readonly state: 'new' | 'kept' | 'replaced' | 'removed' | 'in the way';
  readonly run: string;
  readonly probe: number | null;
}

export interface DestinationPlan {
  /** Absolute; null when none was chosen. */
  readonly folder: string | null;
  readonly jsonFolder: string | null;
  readonly tree: readonly PlannedFile[];
  /** total: at most at any moment; removed: of CatGT's, what does not stay. */
  readonly need_B: { readonly catgt: number; readonly results: number; readonly work: number; readonly removed: number; readonly total: number };
  /** What not keeping CatGT's AP files would save, and is then needed at most; null where they are removed or not made. */
  readonly withoutAp_B: { readonly saved: number; readonly total: number } | null;
  /** null: the drive does not tell. */
  readonly free_B: number | null;
}

export const planRequests = {
  /** Everything noticed, from metas and sizes; asked after every change. */
  'session.check': query<readonly Finding[]>()(z.strictObject({ draftId: z.string() })),
  'session.plan': query<SessionPlan>()(z.strictObject({ draftId: z.string() })),
  /** The input JSON of a step, or (without one) the session file, as text. */
  'session.json': query<{ readonly name: string; readonly text: string }>()(z.strictObject({ draftId: z.string(), stepId: z.string().optional() })),
  /** The paragraph for a paper, as it will read when all of the plan has run. */
  'session.methods': query<{ readonly text: string }>()(z.strictObject({ draftId: z.string() })),
  /** The same as session.check, looked at anew; `full` reads some seconds of the sync lines as well. */
  'preflight.run': query<PreflightReport>()(z.strictObject({ draftId: z.string(), depth: z.enum(['quick', 'full']).default('quick') })),
  'dest.plan': query<DestinationPlan>()(z.strictObject({ draftId: z.string() })),
  /** Writes a file of 64 MB into a folder that results may go to, and removes it: how fast its drive is. Only when asked. */
  'dest.probe': command<{ readonly write_MBps: number }>()(z.strictObject({ path: z.string().min(1) })),
  /** The user chose a folder for results: it may be written to from now on, and is remembered. Answers with its full path. */
  'dest.choose': command<{ readonly path: string }>()(z.strictObject({ path: z.string().min(1) })),
};
