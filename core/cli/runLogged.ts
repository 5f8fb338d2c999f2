// The frame of the native tools' commands: the command line, warnings and the failure all go to `<Tool>.log`.

import { isAftergateError, type EngineContext } from '../common/index.ts';
import type { CommandIO } from './command.ts';
import { toolLog } from './toolLog.ts';

/** Warnings also go to stderr. Errors are logged and passed on. */
export async function runLogged(io: CommandIO, tool: string, commandLine: string, work: (context: Pick<EngineContext, 'log' | 'warn'>) => Promise<void>): Promise<void> {
  const log = toolLog(io.cwd, tool);
  log(`Cmdline: ${commandLine}`);
  const warn = (line: string) => {
    log(line);
    io.err(`${line}\n`);
  };
  try {
    await work({ log, warn });
  } catch (error) {
    if (isAftergateError(error)) log(error.message);
    throw error;
  } finally {
    log('');
  }
}
