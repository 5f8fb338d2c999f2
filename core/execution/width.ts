// A pool whose number of threads may change while it works.

import type { WorkerPool } from './pool.ts';

/** The pool with so many tasks at the same time as `width` says just then; the others wait here. */
export function withinWidth(pool: WorkerPool, width: () => number): WorkerPool {
  const waiting: (() => void)[] = [];
  let running = 0;
  const admit = () => {
    for (const most = width(); running < most && waiting.length > 0; running++) waiting.shift()!();
  };
  return {
    get size() {
      return width();
    },
    async run(task, payload, options = {}) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        admit();
      });
      try {
        options.signal?.throwIfAborted();
        return await pool.run(task, payload, options);
      } finally {
        running--;
        admit();
      }
    },
    close: () => pool.close(),
  };
}
