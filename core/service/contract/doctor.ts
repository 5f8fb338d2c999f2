// The self-check of an installation: one row per thing that must work.

import { z } from 'zod';
import { command } from './define.ts';
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

export const doctorRequests = {
  /** Takes some seconds; progress counts rows. */
  'doctor.run': command<readonly DoctorRow[]>()(z.strictObject({})),
};
