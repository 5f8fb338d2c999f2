// Requests of the first steps: a demo recording made on this computer.

import { z } from 'zod';
import { command, query } from './define.ts';

export interface DemoPlace {
  /** Where it would be made. */
  readonly path: string;
  readonly bytes_B: number;
  readonly seconds: number;
  readonly probes: number;
  readonly free_B: number | null;
  /** The session made for it earlier, if it is still there. */
  readonly draftId: string | null;
}

export const demoRequests = {
  'demo.place': query<DemoPlace>()(z.strictObject({})),
  /** Makes the recording, adds its folder to the runs and sets up a session; progress in recorded seconds. Aborting leaves nothing. */
  'demo.create': command<{ readonly draftId: string; readonly path: string }>()(z.strictObject({ path: z.string().min(1), channels: z.number().int().min(16).max(384).optional() })),
};
