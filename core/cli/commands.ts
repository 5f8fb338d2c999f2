// All commands, in the order the overview lists them.

import { catgtCommand } from './catgt.ts';
import type { Command } from './command.ts';
import { compareCommand } from './compare.ts';
import { coordsCommand } from './coords.ts';
import { createInputJsonCommand } from './createInputJson.ts';
import { cwavesCommand } from './cwaves.ts';
import { demoCommand } from './demo/index.ts';
import { moduleCommand } from './module.ts';
import { overstrikeCommand } from './overstrike.ts';
import { preflightCommand } from './preflight.ts';
import { runCommand } from './run.ts';
import { scanCommand } from './scan.ts';
import { serveCommand } from './serve.ts';
import { simulateCommand } from './simulate.ts';
import { tprimeCommand } from './tprime.ts';

export const commands: readonly Command[] = [
  scanCommand,
  preflightCommand,
  runCommand,
  serveCommand,
  catgtCommand,
  tprimeCommand,
  cwavesCommand,
  overstrikeCommand,
  moduleCommand,
  createInputJsonCommand,
  coordsCommand,
  compareCommand,
  simulateCommand,
  demoCommand,
];
