// The tasks a pool worker carries out for this engine.

import { measureSnippetTask } from './badChannels/index.ts';
import { advanceBiquad } from './samples/biquadTask.ts';
import { processBlock } from './samples/blockTask.ts';
import { finishStream } from './samples/finishTask.ts';
import { supercatTasks } from './supercat/joinTasks.ts';

export const tasks = { 'catgt.badSnippet': measureSnippetTask, 'catgt.block': processBlock, 'catgt.biquad': advanceBiquad, 'catgt.finish': finishStream, ...supercatTasks };
