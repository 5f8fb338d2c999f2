// Answers the requests of the preprocessing and sync steps: what filters, referencing and gfix do to a moment of a recording; sync edges.

import type { Handlers, preprocessRequests } from '../contract/index.ts';
import type { AreaContext } from '../house/index.ts';

export interface PreprocessArea {
  readonly handlers: Handlers<typeof preprocessRequests>;
}

export function preprocessArea(_context: AreaContext): PreprocessArea {
  return { handlers: {} };
}
