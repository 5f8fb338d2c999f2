// Answers the requests about the lines of NI, OneBoxes and probes (analog words, digital bits) and the extractors set on them.

import type { Handlers, lineRequests } from '../contract/index.ts';
import type { AreaContext } from '../house/index.ts';

export interface LinesArea {
  readonly handlers: Handlers<typeof lineRequests>;
}

export function linesArea(_context: AreaContext): LinesArea {
  return { handlers: {} };
}
