// `aftergate simulate`: a synthetic run with known truth.

import fs from 'node:fs/promises';
import path from 'node:path';
import { inputFileError, ParameterError, parseDecimal, UsageError } from '../common/index.ts';
import { createPool } from '../execution/index.ts';
import { presetRun, presets, simulateRun } from '../simulate/index.ts';
import type { RunInput, SimulatedRun } from '../simulate/index.ts';
import type { Command } from './command.ts';
import { progressLine } from './progress.ts';
import { readOptions } from './readOptions.ts';

const presetLines = Object.entries(presets).map(([name, { summary, seconds, channels }]) => `  ${name.padEnd(7)} ${summary} (${seconds} s, ${channels} channels)`);

const usage = `aftergate simulate <dest> [--preset NAME] [--seconds S] [--channels N] [--seed K] [--description F.json] [--workers N] [--json]

Writes a synthetic SpikeGLX run into <dest>, a new or empty folder (or one that holds an earlier simulation, which is
replaced), and what is known of it into <dest>/truth: spike times, cells, events, artefacts, clocks, joins.
The same options give the same bytes.

  --preset NAME       what to make; demo when left out
  --seconds S         recorded seconds, all files together
  --channels N        saved AP channels of each probe, the lowest ones
  --seed K            another seed gives other cells, spikes and noise; 1 when left out
  --description F     a JSON file that describes the run, instead of a preset
  --workers N         threads; all the machine has when left out
  --json              what was made, as JSON

presets:
${presetLines.join('\n')}
`;

export const simulateCommand: Command = {
  name: 'simulate',
  summary: 'make a synthetic run with known truth',
  usage,
  async run(argv, io) {
    const options = parseOptions(argv);
    const description = await runInput(options, io.cwd);
    const pool = createPool(options.workers);
    const progress = progressLine(io);
    try {
      const run = await simulateRun(path.resolve(io.cwd, options.dest), description, { pool, signal: io.signal, progress: progress.report });
      progress.clear();
      io.out(options.json ? `${JSON.stringify(asJson(run), null, 1)}\n` : asText(run));
    } finally {
      progress.clear();
      await pool.close();
    }
  },
};

interface Options {
  readonly dest: string;
  readonly preset: string | undefined;
  readonly description: string | undefined;
  readonly seconds: number | undefined;
  readonly channels: number | undefined;
  readonly seed: number | undefined;
  readonly workers: number | undefined;
  readonly json: boolean;
}

function parseOptions(argv: readonly string[]): Options {
  const text = { type: 'string' } as const;
  const { values, positionals } = parse(argv, {
    preset: text, seconds: text, channels: text, seed: text, description: text, workers: text, json: { type: 'boolean' },
  });
  if (positionals.length !== 1) throw new UsageError('simulate needs one destination folder', { next: 'aftergate simulate --help tells more.' });
  if (values.description !== undefined && (values.preset ?? values.seconds ?? values.channels ?? values.seed) !== undefined) {
    throw new UsageError('--description says everything; it cannot be combined with --preset, --seconds, --channels or --seed');
  }
  return {
    dest: positionals[0]!,
    preset: values.preset,
    description: values.description,
    seconds: number('--seconds', values.seconds, false),
    channels: number('--channels', values.channels, true),
    seed: number('--seed', values.seed, true),
    workers: number('--workers', values.workers, true),
    json: values.json ?? false,
  };
}

function parse(argv: readonly string[], options: Record<'preset' | 'seconds' | 'channels' | 'seed' | 'description' | 'workers', { type: 'string' }> & { json: { type: 'boolean' } }) {
  return readOptions({ args: [...argv], options, allowPositionals: true }, 'aftergate simulate --help lists the options.');
}

function number(option: string, text: string | undefined, whole: boolean): number | undefined {
  if (text === undefined) return undefined;
  const value = parseDecimal(text);
  if (value === undefined || value < 0 || (whole && !Number.isInteger(value))) throw new UsageError(`${option} must be a ${whole ? 'whole ' : ''}number, not '${text}'`);
  if (option === '--workers' && value < 1) throw new UsageError('--workers must be at least 1');
  return value;
}

async function runInput(options: Options, cwd: string): Promise<RunInput> {
  if (options.description === undefined) return presetRun(options.preset ?? 'demo', options);
  const file = path.resolve(cwd, options.description);
  let text: string;
  try {
    text = await fs.readFile(file, 'utf8');
  } catch (error) {
    throw inputFileError(file, error);
  }
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')) as RunInput;
  } catch (error) {
    throw new ParameterError(`${file}: not JSON: ${(error as Error).message}`, { cause: error });
  }
}

function asJson(run: SimulatedRun): object {
  return {
    dest: run.dest,
    name: run.name,
    bytes: run.bytes,
    truth: run.truthFolder,
    files: run.files.map(({ label, gate, trigger, bin, meta, columns, samples, firstSample, rate }) => ({ stream: label, gate, trigger, bin, meta, columns, samples, firstSample, rate })),
    probes: run.truth.probes.map(({ stream, units }) => ({ stream, units: units.length, spikes: units.reduce((sum, { spikes }) => sum + spikes, 0) })),
  };
}

function asText(run: SimulatedRun): string {
  const lines = run.files.map((file) => {
    const name = path.relative(run.dest, file.bin);
    return `  ${name.padEnd(52)} ${(file.samples / file.rate).toFixed(3).padStart(9)} s  ${String(file.columns).padStart(4)} columns`;
  });
  const probes = run.truth.probes.map(({ stream, units }) => `  ${stream}: ${units.length} cells, ${units.reduce((sum, { spikes }) => sum + spikes, 0)} spikes`);
  return [`${run.name}: ${(run.bytes / 1e6).toFixed(1)} MB in ${run.dest}`, ...lines, ...probes, `  truth: ${run.truthFolder}`, ''].join('\n');
}
