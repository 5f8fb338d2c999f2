// Threads for the native tools' commands. Small jobs are done in less time than it takes to load and start them: those
// run in this thread.

import { inlinePool, type Task, type TaskPool } from '../common/index.ts';

export interface ToolPool extends TaskPool {
  readonly close: () => Promise<void>;
}

export async function toolPool(tasks: Record<string, Task>, isLarge: boolean): Promise<ToolPool> {
  if (!isLarge) return { ...inlinePool(tasks), close: async () => undefined };
  const { createPool } = await import('../execution/index.ts');
  return createPool();
}
