// Answers the requests about work that runs or waits: jobs, steps, logs, reports.

import type { Handlers, queueRequests } from '../contract/index.ts';
import type { AreaContext } from '../house/index.ts';

export interface QueueArea {
  readonly handlers: Handlers<typeof queueRequests>;
}

export function queueArea(_context: AreaContext): QueueArea {
  return { handlers: {} };
}
