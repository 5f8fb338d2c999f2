// What an engine needs of a thread pool. The real one (piscina) lives in core/execution; engines only see this
// interface, so that they know nothing of threads. A task is a plain function named in the engine's `tasks` record;
// its payload and result must survive structured cloning. Tasks read and write their own bytes of files: no samples
// cross threads.

export interface TaskPool {
  /** How many tasks run at the same time; keep about twice as many submitted. */
  readonly size: number;
  run<Result>(task: string, payload: unknown, options?: { signal?: AbortSignal }): Promise<Result>;
}

export type Task = (payload: never) => unknown;

/** A pool that runs tasks in this thread, one after the other: for tests and tiny jobs. */
export function inlinePool(tasks: Record<string, Task>): TaskPool {
  return {
    size: 1,
    async run<Result>(task: string, payload: unknown, options: { signal?: AbortSignal } = {}): Promise<Result> {
      options.signal?.throwIfAborted();
      const body = tasks[task];
      if (!body) throw new Error(`no task '${task}' in this pool`);
      return (await body(payload as never)) as Result;
    },
  };
}

/**
 * Runs `make(i)` for i = 0..count-1 with at most `width` under way, and hands the results to `take` in order of i.
 * The first failure stops new submissions and is thrown after those under way have ended.
 */
export async function inOrder<Result>(
  count: number,
  width: number,
  make: (index: number) => Promise<Result>,
  take: (result: Result, index: number) => void | Promise<void>,
): Promise<void> {
  const pending: Promise<Result>[] = [];
  let submitted = 0;
  const submit = () => {
    const task = make(submitted++);
    task.catch(() => undefined); // awaited below, in order; this only keeps Node from calling it unhandled
    pending.push(task);
  };
  try {
    while (submitted < count && pending.length < width) submit();
    for (let index = 0; index < count; index++) {
      const result = await pending.shift()!;
      if (submitted < count) submit();
      await take(result, index);
    }
  } catch (error) {
    await Promise.allSettled(pending);
    throw error;
  }
}
