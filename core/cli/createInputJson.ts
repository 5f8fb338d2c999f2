// `aftergate create-input-json`: the input JSON of all modules from named arguments, as the Python pipeline's
// createInputJson makes it.

import path from 'node:path';
import { UsageError, writeWhole } from '../common/index.ts';
import { createInputJson, formatInputJson, inputJsonArguments, parseInputJsonArguments } from '../modules/createInputJson/index.ts';
import { parameterRows } from '../modules/index.ts';
import { ephysParams, readMeta } from '../spikeglx/index.ts';
import type { Command } from './command.ts';
import { readOptions } from './readOptions.ts';

const rows = parameterRows(inputJsonArguments);
const width = Math.max(...rows.map(({ name }) => name.length));

const usage = `aftergate create-input-json --output F [--set name=value]... [--compat]

Writes an input JSON with the sections of all modules: what the arguments say, and what the probe's meta file tells of
rate, channels, gain and sites. (--set output_file=F is the same as --output F.)

  --output F        the JSON to write
  --set name=value  an argument, as often as needed
  --compat          as the Python pipeline does: its way of finding pitches, its own places of programs

${rows.map(({ name, required, default: usual, unit, help }) => `  ${name.padEnd(width)}  ${help}${unit ? ` (${unit})` : ''} ${required ? 'Required.' : `[${JSON.stringify(usual)}]`}`).join('\n')}
`;

export const createInputJsonCommand: Command = {
  name: 'create-input-json',
  summary: 'write the input JSON of the modules of one probe',
  usage,
  async run(argv, io) {
    const { output, compat, given } = parseCreateInputJsonArguments(argv);
    const args = parseInputJsonArguments(given);
    const meta = await readMeta(path.resolve(io.cwd, args.input_meta_path));
    const { content, summary } = createInputJson(args, ephysParams(meta, { compat }), { compat });
    await writeWhole(path.resolve(io.cwd, output), formatInputJson(content));
    io.out(summary.map((line) => `${line}\n`).join(''));
  },
};

/** Throws UsageError. */
export function parseCreateInputJsonArguments(argv: readonly string[]): { output: string; compat: boolean; given: Readonly<Record<string, string>> } {
  const { values, positionals } = parsed(argv);
  if (positionals.length > 0) throw new UsageError(`'${positionals[0]}' is not an option`, { next: 'Arguments are given as --set name=value.' });
  const { output_file: file, ...given } = Object.fromEntries((values.set ?? []).map(nameAndValue));
  const output = values.output ?? file;
  if (output === undefined || output === '') throw new UsageError('--output is missing', { next: 'Name the JSON to write.' });
  return { output, compat: values.compat ?? false, given };
}

function parsed(argv: readonly string[]) {
  return readOptions({ args: joinValues(argv), options: { output: { type: 'string' }, set: { type: 'string', multiple: true }, compat: { type: 'boolean' } }, allowPositionals: true }, 'aftergate create-input-json --help tells the options.');
}

/** `--set x` becomes `--set=x`, so that a value may begin with a dash. */
function joinValues(argv: readonly string[]): string[] {
  const joined: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const takesNext = (argv[at] === '--set' || argv[at] === '--output') && at + 1 < argv.length;
    joined.push(takesNext ? `${argv[at]}=${argv[++at]}` : argv[at]);
  }
  return joined;
}

function nameAndValue(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`--set ${text}: expected name=value`);
  return [text.slice(0, at), text.slice(at + 1)];
}
