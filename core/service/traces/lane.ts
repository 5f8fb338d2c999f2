// Lets so many pieces of work through at a time. Who gives up while waiting leaves the line; work that began is not
// stopped, because stopping it would cost a thread.

export type Lane = <Result>(signal: AbortSignal, work: () => Promise<Result>) => Promise<Result>;

export function openLane(width: number): Lane {
  const waiting: (() => void)[] = [];
  let under = 0;
  return async (signal, work) => {
    if (under >= width) await new Promise<void>((resolve) => waiting.push(resolve));
    under++;
    try {
      signal.throwIfAborted();
      return await work();
    } finally {
      under--;
      waiting.shift()?.();
    }
  };
}
