// Answers the requests of the set-up steps: probe geometry, joins, regions, sorters, module parameters.

import type { Handlers, setupRequests } from '../contract/index.ts';
import type { AreaContext } from '../house/index.ts';

export interface SetupArea {
  readonly handlers: Handlers<typeof setupRequests>;
}

export function setupArea(_context: AreaContext): SetupArea {
  return { handlers: {} };
}
