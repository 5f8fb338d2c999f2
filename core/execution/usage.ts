// What the work takes of the computer: memory and processor of this process with all its threads. External programs have
// processes of their own and are not counted.

export interface Usage {
  readonly mem_B: number;
  /** Of one core since the last question: 250 is two and a half cores. null when it was asked just before. */
  readonly cpu_pct: number | null;
}

/** @param now a clock in ms */
export function usageMeter(now: () => number = () => performance.now()): () => Usage {
  let last = { at: now(), cpu: process.cpuUsage() };
  return () => {
    const elapsed = now() - last.at;
    const { user, system } = process.cpuUsage(last.cpu);
    if (elapsed > 0) last = { at: now(), cpu: process.cpuUsage() };
    return { mem_B: process.memoryUsage.rss(), cpu_pct: elapsed > 0 ? ((user + system) / 1000 / elapsed) * 100 : null };
  };
}
