// Answers the requests that bring sessions in and out: notation, pasted scripts, presets, JSON folders.

import type { Handlers, exchangeRequests } from '../contract/index.ts';
import type { AreaContext } from '../house/index.ts';

export interface ExchangeArea {
  readonly handlers: Handlers<typeof exchangeRequests>;
}

export function exchangeArea(_context: AreaContext): ExchangeArea {
  return { handlers: {} };
}
