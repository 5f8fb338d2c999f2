// What an engine is run with in tests: its tasks in this thread, warnings collected.

import { inlinePool, type EngineContext, type Task } from '../../../../core/common/index.ts';

export function testContext(tasks: Record<string, Task>): EngineContext & { readonly warnings: string[] } {
  const warnings: string[] = [];
  return { pool: inlinePool(tasks), log: () => undefined, warn: (line) => void warnings.push(line), warnings };
}
