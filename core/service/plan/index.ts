// Answers the requests about a draft as it will be run: plan, preflight, destination, estimates.

import type { Handlers, planRequests } from '../contract/index.ts';
import type { AreaContext } from '../house/index.ts';

export interface PlanArea {
  readonly handlers: Handlers<typeof planRequests>;
}

export function planArea(_context: AreaContext): PlanArea {
  return { handlers: {} };
}
