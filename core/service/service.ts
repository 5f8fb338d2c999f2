// The service: checks every request by its schema, hands it to the area that answers, and numbers the events. Carriers
// (IPC, HTTP) and tests talk to this and nothing else.

import { setMaxListeners } from 'node:events';
import { z } from 'zod';
import { AftergateError, freeBytes, UsageError } from '../common/index.ts';
import { createPool, withinWidth, type WorkerPool } from '../execution/index.ts';
import { appArea } from './app/index.ts';
import { type CallContext, limitRanges, type RequestName, requests, type RequestTable, type ServiceEvent } from './contract/index.ts';
import { type AreaContext, defaultProfileFolder, openAccess, openLimits, openProfile, type ServiceContext, type Shell } from './house/index.ts';
import { demoArea } from './demo/index.ts';
import { doctorArea } from './doctor/index.ts';
import { exchangeArea } from './exchange/index.ts';
import { linesArea } from './lines/index.ts';
import { planArea } from './plan/index.ts';
import { preprocessArea } from './preprocess/index.ts';
import { queueArea } from './queue/index.ts';
import { resultsArea } from './results/index.ts';
import { runsArea } from './runs/index.ts';
import { sessionArea } from './session/index.ts';
import { settingsArea } from './settings/index.ts';
import { setupArea } from './setup/index.ts';
import { tracesArea } from './traces/index.ts';

export interface ServiceOptions {
  readonly profileFolder?: string;
  /** Folders to stay in. */
  readonly roots?: readonly string[];
  readonly workers?: number;
  readonly shell?: Shell;
  readonly now?: () => number;
  /** Asked in place of the drives. */
  readonly freeBytes?: (folder: string) => Promise<number | null>;
}

export interface Service {
  /** Throws AftergateError, or the signal's reason. Bad input is a UsageError that names the field. */
  call(name: string, input: unknown, options?: Partial<CallContext>): Promise<unknown>;
  /** Every event from now on; the answer stops it. */
  listen(listener: (event: ServiceEvent) => void): () => void;
  /** What runs now and would be lost by quitting; empty when nothing. */
  busy(): readonly string[];
  /** Stops work, saves, ends threads. */
  close(): Promise<void>;
}

export async function createService(options: ServiceOptions = {}): Promise<Service> {
  const listeners = new Set<(event: ServiceEvent) => void>();
  let seq = 0;
  let pool: WorkerPool | undefined;
  let screenPool: WorkerPool | undefined;
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);

  const profile = await openProfile(options.profileFolder ?? defaultProfileFolder());
  const limits = openLimits(profile, options.workers);
  const threads = () => limits.now(runs.library.isRecording()).threads;

  const context: ServiceContext = {
    profile,
    access: await openAccess(options.roots ?? []),
    shell: options.shell ?? { carrier: 'browser' },
    limits,
    freeBytes: options.freeBytes ?? freeBytes,
    pool: () => (pool ??= withinWidth(createPool(limitRanges.workers.max), threads)),
    screenPool: () => (screenPool ??= createPool(2)),
    now: options.now ?? Date.now,
    emit(name, data) {
      const event = { seq: ++seq, name, data } as ServiceEvent;
      for (const listener of listeners) listener(event);
    },
  };

  const runs = await runsArea(context);
  const session = await sessionArea(context, runs);
  const app = appArea(context, threads);
  const areaContext: AreaContext = { ...context, runs: runs.library, drafts: session.drafts };
  const above = await Promise.all([
    linesArea, preprocessArea, setupArea, planArea, exchangeArea, queueArea, tracesArea, resultsArea, settingsArea, demoArea, doctorArea,
  ].map((makeArea): Area | Promise<Area> => makeArea(areaContext)));
  const areas: readonly Area[] = [app, runs, session, ...above];
  const handlers = Object.assign({}, ...areas.map((area) => area.handlers)) as { [Name in RequestName]: (input: unknown, call: CallContext) => unknown };

  return {
    async call(name, input, { signal, progress } = {}) {
      const request = Object.hasOwn(requests, name) ? requests[name as RequestName] : undefined;
      if (!request) throw new UnknownRequestError(`there is no request '${name}'`);
      const checked = request.input.safeParse(input ?? {});
      if (!checked.success) throw new UsageError(`${name}: ${z.prettifyError(checked.error).replaceAll('\n', ' ')}`);
      const both = AbortSignal.any([closing.signal, ...(signal ? [signal] : [])]);
      both.throwIfAborted();
      return await handlers[name as RequestName](checked.data, { signal: both, progress: progress ?? (() => undefined) });
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    busy: () => areas.flatMap((area) => area.busy?.() ?? []),
    async close() {
      closing.abort();
      for (const area of areas) await area.close?.();
      await context.profile.flush();
      await pool?.close();
      await screenPool?.close();
    },
  };
}

export interface Area<Table = Partial<RequestTable>> {
  readonly handlers: { readonly [Name in keyof Table]: unknown };
  /** Work that would be lost by quitting, a phrase each. */
  busy?(): readonly string[];
  close?(): Promise<void>;
}

export class UnknownRequestError extends AftergateError {
  readonly tag = 'unknown-request';
}

