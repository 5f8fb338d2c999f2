// Windows of traces at any zoom, with the pyramids that make long ones quick.

import type { Task } from '../../common/index.ts';

/** What worker threads do for this. */
export const tracesTasks: Record<string, Task> = {};
