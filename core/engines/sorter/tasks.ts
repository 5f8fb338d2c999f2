// The tasks that pool threads carry out for the sorter, by name.

import type { Task } from '../../common/index.ts';
import { clusterTask } from './cluster/clusterTask.ts';
import { detectTask } from './detect/detectTask.ts';
import { matchTask } from './match/matchTask.ts';
import { levelTask, noiseTask } from './noise/noiseTask.ts';

export const tasks = {
  'sorter.level': levelTask,
  'sorter.noise': noiseTask,
  'sorter.detect': detectTask,
  'sorter.cluster': clusterTask,
  'sorter.match': matchTask,
} satisfies Record<string, Task>;
