// The self-check of an installation: one row per thing that must work.

import { z } from 'zod';
import { command, query } from './define.ts';
import type { Severity } from './failure.ts';

export interface DoctorRow {
  /** Stable name: `simd`, `catgt`, `disk` ... */
  readonly id: string;
  readonly name: string;
  /** With its unit. */
  readonly value: string;
  readonly verdict: Severity;
  /** What to do, where something is to be done. */
  readonly next?: string;
}

/** A thing to do once on a rig; none of them is needed to begin. */
export interface RigItem {
  readonly id: 'folder' | 'tools' | 'preset' | 'check';
  readonly name: string;
  readonly done: boolean;
  /** What is known of it: "2 folders, 41 runs". */
  readonly text: string;
  /** Something that was found wants a look. */
  readonly verdict: Severity;
  /** Where it is done. */
  readonly next: { readonly label: string; readonly route: string };
}

export const doctorRequests = {
  /** From what was found earlier: nothing is started or measured. */
  'rig.checklist': query<readonly RigItem[]>()(z.strictObject({})),
  /** Takes some seconds; progress counts rows. */
  'doctor.run': command<readonly DoctorRow[]>()(z.strictObject({})),
};
