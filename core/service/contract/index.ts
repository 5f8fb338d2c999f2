// The contract between the screens and the service: every request with the schema of its input and the type of its answer,
// every event. The renderer imports nothing else of core. Pure data and types, and the texts people write: no Node, no DOM.

import { appRequests } from './app.ts';
import type { AnswerOf, InputOf } from './define.ts';
import { demoRequests } from './demo.ts';
import { doctorRequests } from './doctor.ts';
import { exchangeRequests } from './exchange.ts';
import { lineRequests } from './lines.ts';
import { planRequests } from './plan.ts';
import { preprocessRequests } from './preprocess.ts';
import { queueRequests } from './queue.ts';
import { resultRequests } from './results.ts';
import { settingRequests } from './settings.ts';
import { setupRequests } from './setup.ts';
import { traceRequests } from './traces.ts';
import { runRequests } from './runs.ts';
import { sessionRequests } from './session.ts';

export const requests = {
  ...appRequests,
  ...runRequests,
  ...sessionRequests,
  ...lineRequests,
  ...preprocessRequests,
  ...setupRequests,
  ...planRequests,
  ...exchangeRequests,
  ...queueRequests,
  ...traceRequests,
  ...resultRequests,
  ...settingRequests,
  ...demoRequests,
  ...doctorRequests,
};

export type RequestTable = typeof requests;
export type RequestName = keyof RequestTable;
export type Input<Name extends RequestName> = InputOf<RequestTable[Name]>;
export type Answer<Name extends RequestName> = AnswerOf<RequestTable[Name]>;

export * from './app.ts';
export * from './exchange.ts';
export * from './lines.ts';
export * from './plan.ts';
export * from './preprocess.ts';
export * from './queue.ts';
export * from './results.ts';
export * from './settings.ts';
export * from './setup.ts';
export * from './traces.ts';
export * from '../../notation/index.ts';
export * from './define.ts';
export * from './demo.ts';
export * from './doctor.ts';
export * from './events.ts';
export * from './failure.ts';
export * from './runs.ts';
export * from './session.ts';
export * from './wire.ts';
