// Looks again and again, one look at a time: shares give no events.

export interface Looking {
  /** Who asks while a look is under way waits for the next. */
  now(tell?: LookTell): Promise<void>;
  /** Waits for the look under way, which is told to stop. */
  close(): Promise<void>;
}

/** Done, of how many. */
export type LookTell = (done: number, total: number) => void;

/** Pause between two looks, ms; longer where looking itself takes long. */
const pause = 3500;

export function openLooking(look: (signal: AbortSignal, tell?: LookTell) => Promise<void>): Looking {
  const closing = new AbortController();
  const { signal } = closing;
  let last: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  async function once(tell?: LookTell): Promise<void> {
    clearTimeout(timer);
    const started = performance.now();
    try {
      if (!signal.aborted) await look(signal, tell);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      const took = performance.now() - started;
      if (!signal.aborted) timer = setTimeout(() => void now().catch(() => undefined), Math.max(pause, 2 * took)).unref();
    }
  }

  function now(tell?: LookTell): Promise<void> {
    const next = last.then(() => once(tell));
    last = next.catch(() => undefined);
    return next;
  }

  return {
    now,
    async close() {
      closing.abort(new Error('The service is closing.'));
      clearTimeout(timer);
      await last;
    },
  };
}
