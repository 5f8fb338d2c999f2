// What the screens ask of files on disk: windows of traces, lines and pulses, previews of preprocessing, units and their
// metrics, sync and health. Reads only; its caches go where the caller says.
// May import modules and what lies below; nothing below may import it. Knows no request, no session, no screen.

import type { Task } from '../common/index.ts';
import { linesTasks } from './lines/index.ts';
import { preprocessTasks } from './preprocess/index.ts';
import { resultsTasks } from './results/index.ts';
import { tracesTasks } from './traces/index.ts';

export * from './lines/index.ts';
export * from './preprocess/index.ts';
export * from './results/index.ts';
export * from './traces/index.ts';

/** What worker threads do for the screens. */
export const tasks: Record<string, Task> = { ...linesTasks, ...preprocessTasks, ...resultsTasks, ...tracesTasks };
