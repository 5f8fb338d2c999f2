// Says that something has changed: at once when it was quiet, then not too often.

/** How soon the first change after a quiet time is told, ms: what comes at the same moment is told with it. */
const soon = 50;

export interface Teller {
  tell(): void;
  close(): void;
}

/** @param every least time from one telling to the next, ms */
export function openTeller(action: () => void, every: () => number): Teller {
  let timer: NodeJS.Timeout | undefined;
  let last = -Infinity;
  return {
    tell() {
      timer ??= setTimeout(() => {
        timer = undefined;
        last = performance.now();
        action();
      }, Math.max(soon, last + every() - performance.now())).unref();
    },
    close: () => clearTimeout(timer),
  };
}
