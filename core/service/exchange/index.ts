// Answers the requests that bring sessions in and out: notation, pasted scripts, presets, JSON folders.

import type { Handlers, exchangeRequests } from '../contract/index.ts';
import type { AreaContext } from '../house/index.ts';
import { exportHandlers } from './exportSession.ts';
import { importHandlers } from './importSession.ts';
import { notationHandlers } from './notation.ts';
import { presetHandlers } from './presets.ts';

export interface ExchangeArea {
  readonly handlers: Handlers<typeof exchangeRequests>;
}

export async function exchangeArea(context: AreaContext): Promise<ExchangeArea> {
  return { handlers: { ...notationHandlers(context), ...exportHandlers(context), ...importHandlers(context), ...(await presetHandlers(context)) } };
}
