#!/usr/bin/env node
// The `aftergate` command. One file per command in this folder; here they are listed, and errors become exit codes:
// 0 done, 1 something asked for failed, 2 wrong usage, 130 interrupted. Only this folder writes to stdout and stderr.

import { version } from '../../package.json';
import { isAbort, isAftergateError, UsageError } from '../common/index.ts';
import { commands } from './commands.ts';
import type { CommandIO } from './command.ts';

/** A second ctrl-C counts when it comes this much later, ms. */
const FORCE_AFTER = 1500;

async function main(argv: string[]): Promise<number> {
  // A reader that has seen enough (`| head`) closes the pipe: no failure of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  const abort = new AbortController();
  let interrupted: number | undefined;
  const interrupt = () => {
    // Shells and npm often deliver one ctrl-C twice; only a second one by hand means "at once, whatever is left behind".
    if (interrupted !== undefined && performance.now() - interrupted > FORCE_AFTER) process.exit(130);
    interrupted ??= performance.now();
    abort.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  const io: CommandIO = {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    cwd: process.cwd(),
    signal: abort.signal,
    interactive: process.stderr.isTTY === true,
  };

  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    io.out(await overview());
    return 0;
  }
  if (name === '--version') {
    io.out(`${version}\n`);
    return 0;
  }
  try {
    if (!Object.hasOwn(commands, name)) throw new UsageError(`unknown command '${name}'`, { next: 'aftergate --help lists the commands.' });
    const command = await commands[name]();
    if (rest.includes('--help') && name !== 'module') {
      io.out(command.usage.trimEnd() + '\n');
      return 0;
    }
    await command.run(rest, io);
    return abort.signal.aborted ? 130 : 0;
  } catch (error) {
    if (abort.signal.aborted || isAbort(error)) {
      io.err(`aftergate ${name}: interrupted; unfinished output was removed\n`);
      return 130;
    }
    if (isAftergateError(error)) {
      io.err(`aftergate ${name}: ${error.message}\n`);
      if (error.next) io.err(`  ${error.next}\n`);
      return error.exitCode;
    }
    io.err(`aftergate ${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n  This is a bug in Aftergate; please report it with the lines above.\n`);
    return 1;
  }
}

async function overview(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  const width = Math.max(...all.map((command) => command.name.length));
  const lines = all.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return `aftergate: SpikeGLX recordings to sorted, synchronised, checked units\n\n${lines.join('\n')}\n\naftergate COMMAND --help tells more; aftergate --version tells which one this is.\n`;
}

process.exitCode = await main(process.argv.slice(2));
