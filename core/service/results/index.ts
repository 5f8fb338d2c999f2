// Answers the requests about sorted folders: known results, units with their metrics, waveforms.

import type { Handlers, resultRequests } from '../contract/index.ts';
import type { AreaContext } from '../house/index.ts';

export interface ResultsArea {
  readonly handlers: Handlers<typeof resultRequests>;
}

export function resultsArea(_context: AreaContext): ResultsArea {
  return { handlers: {} };
}
