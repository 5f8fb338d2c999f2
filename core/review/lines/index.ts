// The lines of NI, OneBoxes and probes: surveys, windows, pulses with their fate, by the engine that extracts.

import type { Task } from '../../common/index.ts';

/** What worker threads do for this. */
export const linesTasks: Record<string, Task> = {};
