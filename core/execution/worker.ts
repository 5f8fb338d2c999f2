// What a pool thread does: carry out one of the engines' tasks by its name. Bundled into dist/worker.js.

import type { Task } from '../common/index.ts';
import { tasks as catgt } from '../engines/catgt/index.ts';
import { packError } from './taskErrors.ts';

export interface WorkerRequest {
  readonly task: string;
  readonly payload: unknown;
}

const tasks: Record<string, Task> = { ...catgt };

export default async function work({ task, payload }: WorkerRequest): Promise<unknown> {
  const body = tasks[task];
  if (!body) throw new Error(`no task '${task}' in the worker`);
  try {
    return await body(payload as never);
  } catch (error) {
    throw packError(error);
  }
}
