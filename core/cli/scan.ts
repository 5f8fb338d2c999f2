// `aftergate scan`: which runs lie under some folders, and in what state they are.

import path from 'node:path';
import { UsageError } from '../common/index.ts';
import { scan } from '../spikeglx/index.ts';
import type { ScannedRun } from '../spikeglx/index.ts';
import type { Command } from './command.ts';
import { readOptions } from './readOptions.ts';

const usage = `aftergate scan <folder>... [--json]

Lists the SpikeGLX runs under the folders: date, length, gates x triggers, probes, NI and OneBox, and what is wrong
with them in words. Looks a few levels deep, opens only .meta files, and writes nothing. Folders of one run on several
drives are listed as one run when all drives are given.

  --json   everything known, as JSON on stdout
`;

export const scanCommand: Command = {
  name: 'scan',
  summary: 'list runs: gates, triggers, probes, health',
  usage,
  async run(argv, io) {
    const { folders, json } = parseScanArguments(argv);
    const result = await scan(folders.map((folder) => path.resolve(io.cwd, folder)));
    if (json) io.out(`${JSON.stringify(result, null, 1)}\n`);
    else io.out(scanTable(result.runs));
  },
};

export function parseScanArguments(argv: readonly string[]): { folders: string[]; json: boolean } {
  const { values, positionals } = parsed(argv);
  if (positionals.length === 0) throw new UsageError('scan needs a folder', { next: 'aftergate scan <folder>...' });
  return { folders: positionals, json: values.json ?? false };
}

function parsed(argv: readonly string[]) {
  return readOptions({ args: [...argv], options: { json: { type: 'boolean' } }, allowPositionals: true }, 'aftergate scan --help tells the options.');
}

/** A line per run, then its health, a sentence per line. */
export function scanTable(runs: readonly ScannedRun[]): string {
  if (runs.length === 0) return 'No SpikeGLX runs here.\n';
  const header = ['Run', 'Date', 'Length', 'Gates x triggers', 'Probes', 'Others', 'Size', 'Health'];
  const rows = runs.map((run) => [run.name, run.created?.replace('T', ' ') ?? '', duration(run.seconds), trials(run), probes(run), others(run), size(run.bytes), worst(run)]);
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => [...row[column]!].length)));
  const line = (cells: readonly string[]) => `${cells.map((cell, column) => cell + ' '.repeat(widths[column]! - [...cell].length)).join('  ').trimEnd()}\n`;
  const details = runs.map((run) => `    ${run.path}\n${run.health.map((entry) => `    ${entry.severity}: ${entry.message}\n`).join('')}`);
  return line(header) + rows.map((row, index) => line(row) + details[index]).join('');
}

function trials(run: ScannedRun): string {
  return run.gates.map((gate) => `g${gate.gate} x ${gate.triggers.length}`).join(', ');
}

function probes(run: ScannedRun): string {
  return run.probes.map((probe) => `imec${probe.index} ${probe.partNumber ?? '?'}`).join(', ');
}

function others(run: ScannedRun): string {
  return [...(run.ni ? ['NI'] : []), ...run.obx.map((index) => `obx${index}`)].join(', ');
}

function worst(run: ScannedRun): string {
  for (const severity of ['error', 'warning'] as const) {
    const count = run.health.filter((entry) => entry.severity === severity).length;
    if (count > 0) return `${count} ${severity}${count > 1 ? 's' : ''}`;
  }
  return 'good';
}

/** `1:02:03`, `2:03.5`. */
function duration(seconds: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  if (seconds >= 3600) return `${Math.floor(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
  const tenths = Math.floor((seconds * 10) % 10);
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}.${tenths}`;
}

function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, bytes > 0 ? Math.floor(Math.log10(bytes) / 3) : 0);
  const value = bytes / 1000 ** power;
  return `${power > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} ${units[power]}`;
}
