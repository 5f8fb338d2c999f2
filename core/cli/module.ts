// `aftergate module NAME`: any module of the pipeline on its own, called as the Python modules are.

import { UsageError } from '../common/index.ts';
import { createPool } from '../execution/index.ts';
import { findModule, formatOutputJson, type Module, modules, parameterRows, type ParameterRow, runModule } from '../modules/index.ts';
import type { Command, CommandIO } from './command.ts';
import { progressLine } from './progress.ts';

export const moduleCommand: Command = {
  name: 'module',
  summary: 'run one module of the pipeline on an input JSON',
  usage: moduleList(),
  run: runCommand,
};

async function runCommand(argv: readonly string[], io: CommandIO): Promise<void> {
  const [name, ...rest] = argv;
  if (name === undefined) throw new UsageError('which module?', { next: 'aftergate module --help lists the modules.' });
  if (isHelp(name)) return io.out(moduleList());
  const module = findModule(name);
  if (rest.some(isHelp)) return io.out(moduleHelp(module));

  const { inputJson, outputJson, logLevel, workers, overrides } = parseModuleArguments(rest);
  const progress = progressLine(io);
  const say = (line: string) => {
    progress.clear();
    io.err(`${line}\n`);
  };
  const pool = createPool(workers);
  try {
    const context = { pool, signal: io.signal, cwd: io.cwd, log: say, warn: (line: string) => say(`warning: ${line}`), progress: progress.report };
    const output = await runModule(module, inputJson ?? {}, { context, outputJson, overrides, logLevel });
    if (outputJson === undefined) io.out(formatOutputJson(output));
  } finally {
    progress.clear();
    await pool.close();
  }
}

export interface ModuleArguments {
  readonly inputJson?: string;
  readonly outputJson?: string;
  readonly logLevel?: string;
  readonly workers?: number;
  /** By `section.key`. */
  readonly overrides: Readonly<Record<string, string>>;
}

/**
 * `--name value` or `--name=value`; a value may begin with a dash (`--catGT_helper_params.stream_string -ap`). Throws
 * UsageError.
 */
export function parseModuleArguments(argv: readonly string[]): ModuleArguments {
  const { plain, overrides } = collect(argv);
  for (const name of Object.keys(plain)) {
    if (!plainOptions.has(name)) throw new UsageError(`unknown option '--${name}'`, { next: 'aftergate module NAME --help lists the options and parameters.' });
  }
  if (plain.input_json === undefined && Object.keys(overrides).length === 0) {
    throw new UsageError('--input_json is missing', { next: 'Give the JSON file that holds the module\'s parameters.' });
  }
  return { inputJson: plain.input_json, outputJson: plain.output_json, logLevel: plain.log_level, workers: parseWorkers(plain.workers), overrides };
}

const plainOptions = new Set(['input_json', 'output_json', 'log_level', 'workers']);

function collect(argv: readonly string[]): { plain: Partial<Record<string, string>>; overrides: Record<string, string> } {
  const plain: Partial<Record<string, string>> = {};
  const overrides: Record<string, string> = {};
  for (let at = 0; at < argv.length; at++) {
    const [, name, inline] = /^--([^=]+)(?:=([^]*))?$/.exec(argv[at]) ?? [];
    if (name === undefined) throw new UsageError(`'${argv[at]}' is not an option`, { next: 'Options begin with --; put quotes around a value with blanks.' });
    const value = inline ?? argv[++at];
    if (value === undefined) throw new UsageError(`--${name} needs a value`);
    (name.includes('.') ? overrides : plain)[name] = value;
  }
  return { plain, overrides };
}

function parseWorkers(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const workers = Number(text);
  if (!Number.isInteger(workers) || workers < 1) throw new UsageError(`--workers: '${text}' is not a number of workers`);
  return workers;
}

function isHelp(argument: string): boolean {
  return argument === '--help' || argument === '-h';
}

function moduleList(): string {
  const width = Math.max(...modules.map(({ name }) => name.length));
  const lines = modules.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `${usageLine('NAME')}\n\nModules:\n${lines.join('\n')}\n\naftergate module NAME --help lists a module's parameters.\n`;
}

function moduleHelp(module: Module): string {
  const rows = [['PARAMETER', 'TYPE', 'DEFAULT', 'UNIT', 'RANGE', ''], ...parameterRows(module.sections).map(cells)];
  const widths = rows[0].map((_, column) => Math.min(widestColumn, Math.max(...rows.map((row) => row[column].length))));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd());
  return `${usageLine(module.name)}

${module.name}: ${module.summary}

  --input_json F        the module's parameters: {"section": {"key": value}}
  --output_json F       where results and parameters are recorded; without it they are printed
  --section.key value   takes the place of a value in the input JSON
  --workers N           threads to use, by default one per core

${lines.join('\n')}
`;
}

/** Characters; a longer cell moves the rest of its line. */
const widestColumn = 44;

function cells(row: ParameterRow): string[] {
  return [row.name, row.choices?.join('|') ?? row.kind, row.required ? 'required' : shown(row.default), row.unit ?? '', range(row), row.help];
}

function shown(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value);
}

function range({ min, max }: ParameterRow): string {
  if (min !== undefined && max !== undefined) return `${min}..${max}`;
  return min !== undefined ? `>= ${min}` : max !== undefined ? `<= ${max}` : '';
}

function usageLine(name: string): string {
  return `aftergate module ${name} --input_json F [--output_json F] [--section.key value ...] [--workers N]`;
}
