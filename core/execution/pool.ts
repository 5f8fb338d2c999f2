// The thread pool: piscina workers that all load the same file (dist/worker.js), which knows the engines' tasks.

import { setMaxListeners } from 'node:events';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
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
  return {
    size: workers,
    async run<Result>(task: string, payload: unknown, options: { signal?: AbortSignal } = {}): Promise<Result> {
      // One signal stops many tasks; Node would take more than ten listeners for a leak.
      if (options.signal) setMaxListeners(0, options.signal);
      try {
        return (await piscina.run({ task, payload } satisfies WorkerRequest, { signal: options.signal })) as Result;
      } catch (error) {
        throw reviveError(error);
      }
    },
    close: () => piscina.destroy(),
  };
}

/** Beside the bundled command or, when this runs from the sources (tests), in dist/. */
function workerFile(): string {
  const here = path.dirname(fileURLToPath(import.meta.url));
  for (const candidate of [path.join(here, '..', 'worker.js'), path.join(here, 'worker.js'), path.join(here, '..', '..', 'dist', 'worker.js')]) {
    if (existsSync(candidate)) return candidate;
  }
  throw new Error(`worker.js is missing beside ${here}: run 'npm run build'`);
}
