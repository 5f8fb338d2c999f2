// Sorted folders: what is there, units with their metrics, mean waveforms.

import type { Task } from '../../common/index.ts';

/** What worker threads do for this. */
export const resultsTasks: Record<string, Task> = {};
