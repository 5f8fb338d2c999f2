// The thread pool: piscina workers that all load the same file (dist/worker.js), which knows the engines' tasks.

import { once, setMaxListeners } from 'node:events';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { TaskPool } from '../common/index.ts';
import { reviveError } from './taskErrors.ts';
import type { WorkerRequest } from './worker.ts';

export interface WorkerPool extends TaskPool {
  close(): Promise<void>;
}

/** Threads to use when nobody says: all the machine offers. */
export function defaultWorkers(): number {
  return Math.max(1, availableParallelism());
}

/** @param workers number of threads; results never depend on it */
export function createPool(workers = defaultWorkers()): WorkerPool {
  const piscina = new Piscina({
    filename: workerFile(),
    minThreads: 1,
    maxThreads: workers,
    idleTimeout: 60_000,
    concurrentTasksPerWorker: 1,
  });
  const seen = new WeakSet<Worker>();
  const loading = new Set<Promise<unknown>>();
  const watchThreads = () => {
    for (const thread of piscina.threads.filter((each) => !seen.has(each))) {
      seen.add(thread);
      const load = hasLoaded(thread).finally(() => loading.delete(load));
      loading.add(load);
    }
  };
  watchThreads();
  return {
    size: workers,
    async run<Result>(task: string, payload: unknown, options: { signal?: AbortSignal } = {}): Promise<Result> {
      // One signal stops many tasks; Node would take more than ten listeners for a leak.
      if (options.signal) setMaxListeners(0, options.signal);
      try {
        const result = piscina.run({ task, payload } satisfies WorkerRequest, { signal: options.signal });
        watchThreads();
        return (await result) as Result;
      } catch (error) {
        throw reviveError(error);
      }
    },
    /** Ends what still runs. Node 20 can crash when a thread is ended while it loads its modules, so that is waited for. */
    async close() {
      // Nothing else may keep the process going.
      for (const thread of piscina.threads) thread.ref();
      await Promise.all(loading);
      await piscina.destroy();
    },
  };
}

/** Piscina's first message from a thread says that its file is loaded. */
function hasLoaded(thread: Worker): Promise<unknown> {
  const stop = new AbortController();
  const events = ['message', 'exit', 'error'].map((event) => once(thread, event, { signal: stop.signal }));
  return Promise.race(events).catch(() => undefined).finally(() => stop.abort());
}

/** Beside the bundled command or, when this runs from the sources (tests), in dist/. */
function workerFile(): string {
  const here = path.dirname(fileURLToPath(import.meta.url));
  for (const candidate of [path.join(here, '..', 'worker.js'), path.join(here, 'worker.js'), path.join(here, '..', '..', 'dist', 'worker.js')]) {
    if (existsSync(candidate)) return candidate;
  }
  throw new Error(`worker.js is missing beside ${here}: run 'npm run build'`);
}
