// Answers the requests of the trace page: sources, windows of samples, marks.

import type { Handlers, traceRequests } from '../contract/index.ts';
import type { AreaContext } from '../house/index.ts';

export interface TracesArea {
  readonly handlers: Handlers<typeof traceRequests>;
}

export function tracesArea(_context: AreaContext): TracesArea {
  return { handlers: {} };
}
