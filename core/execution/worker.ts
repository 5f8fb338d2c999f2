// What a pool thread does: carry out one task by its name. Bundled into dist/worker.js.

import type { Task } from '../common/index.ts';
import { tasks as catgt } from '../engines/catgt/index.ts';
import { tasks as cwaves } from '../engines/cwaves/index.ts';
import { tasks as metrics } from '../engines/metrics/index.ts';
import { tasks as sorter } from '../engines/sorter/index.ts';
import { tasks as tprime } from '../engines/tprime/index.ts';
import { tasks as postprocessing } from '../modules/kilosort_postprocessing/index.ts';
import { tasks as kilosortHelper } from '../modules/kilosort_helper/index.ts';
import { tasks as meanWaveforms } from '../modules/mean_waveforms/index.ts';
import { tasks as review } from '../review/index.ts';
import { tasks as simulate } from '../simulate/index.ts';
import { packError } from './taskErrors.ts';

export interface WorkerRequest {
  readonly task: string;
  readonly payload: unknown;
}

const tasks: Record<string, Task> = { ...catgt, ...cwaves, ...metrics, ...tprime, ...sorter, ...kilosortHelper, ...postprocessing, ...meanWaveforms, ...review, ...simulate };

export default async function work({ task, payload }: WorkerRequest): Promise<unknown> {
  const body = tasks[task];
  if (!body) throw new Error(`no task '${task}' in the worker`);
  try {
    return await body(payload as never);
  } catch (error) {
    throw packError(error);
  }
}
