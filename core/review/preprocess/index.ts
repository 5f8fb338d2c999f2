// What CatGT's chain does to a moment of a recording, and the sync edges of its streams.

import type { Task } from '../../common/index.ts';

/** What worker threads do for this. */
export const preprocessTasks: Record<string, Task> = {};
