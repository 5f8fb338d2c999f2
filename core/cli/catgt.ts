// `aftergate catgt`: CatGT's own command line on the embedded engine.

import { catgtUsage, parseCatGTArguments, runCatGT, type CatGTResult } from '../engines/catgt/index.ts';
import { createPool } from '../execution/index.ts';
import type { Command, CommandIO } from './command.ts';
import { progressLine } from './progress.ts';
import { toolLog } from './toolLog.ts';

export const catgtCommand: Command = {
  name: 'catgt',
  summary: 'join, filter, reference and fix a run; extract sync and event times (CatGT options)',
  usage: catgtUsage(),
  run: runCommand,
};

async function runCommand(argv: readonly string[], io: CommandIO): Promise<void> {
  const log = toolLog(io.cwd, 'CatGT');
  log('++++++++++++++++++++++++');
  log('Command (raw):');
  log(`CatGT ${argv.join(' ')}`);
  const progress = progressLine(io);
  try {
    const options = parseCatGTArguments(argv, io.cwd);
    const pool = createPool(options.workers);
    try {
      const warn = (line: string) => {
        log(line);
        progress.clear();
        io.err(`warning: ${line}\n`);
      };
      const result = await runCatGT(options, { pool, signal: io.signal, log, warn, progress: progress.report });
      progress.clear();
      io.err(describe(result));
    } finally {
      await pool.close();
    }
  } catch (error) {
    progress.clear();
    log(error instanceof Error ? error.message : String(error));
    throw error;
  } finally {
    log('');
  }
}

function describe(result: CatGTResult): string {
  const lines = result.streams.map(
    ({ label, seconds, workSeconds, fills, edits, events, notes }) =>
      `${label}: ${seconds.toFixed(2)} s in ${workSeconds.toFixed(1)} s (${(seconds / Math.max(workSeconds, 1e-3)).toFixed(1)} x real time), ` +
      `${count(fills.length, 'gap')}, ${count(edits.length, 'gfix edit')}, ${count(events.length, 'event file')}\n` +
      notes.map((note) => `  ${note}\n`).join(''),
  );
  return lines.join('') + `output in ${result.top}\n`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
