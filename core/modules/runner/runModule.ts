// One run of one module: input JSON in, checked, run, output JSON out.

import fs from 'node:fs/promises';
import path from 'node:path';
import { ParameterError, writeWhole } from '../../common/index.ts';
import type { Module, ModuleContext } from '../module.ts';
import { applyOverrides, type Overrides, type ParameterInput, parseParameters } from '../record/index.ts';
import { readInputJson } from './inputJson.ts';
import { runRecord } from './runRecord.ts';

export interface RunModuleOptions {
  readonly context: ModuleContext;
  /** Where the output JSON goes; without it, it is only returned. */
  readonly outputJson?: string;
  readonly overrides?: Overrides;
  readonly logLevel?: string;
}

/** Bytes. */
const largestOutputJson = 64 * 2 ** 20;

export type OutputJson = Readonly<Record<string, unknown>>;

/**
 * Runs a module on an input JSON (its path) or on its content. The output JSON is the module's results, all the
 * parameters it ran with (`input_parameters`) and our record of the run (`aftergate`). It appears only when the run has
 * succeeded; one left by an earlier run is removed before. Throws what the module throws, ParameterError and
 * InputFileError.
 */
export async function runModule(module: Module, input: string | ParameterInput, options: RunModuleOptions): Promise<OutputJson> {
  const { outputJson, overrides = {}, context } = options;
  const inputPath = typeof input === 'string' ? path.resolve(context.cwd, input) : undefined;
  const outputPath = outputJson === undefined ? undefined : path.resolve(context.cwd, outputJson);
  if (outputPath !== undefined && outputPath === inputPath) {
    throw new ParameterError('--output_json: is the same file as --input_json', { next: 'Choose another name for the output.' });
  }
  if (outputPath !== undefined) await removeOutputJson(outputPath);

  const warnings: string[] = [];
  const warn = (line: string) => {
    warnings.push(line);
    context.warn(line);
  };
  const content = typeof input === 'string' ? await readInputJson(inputPath!) : input;
  const params = parseParameters(module.sections, applyOverrides(module.sections, content, overrides), warn);

  const started = new Date();
  const outcome = await module.run(params, { ...context, warn });
  const output = {
    ...outcome.result,
    input_parameters: {
      ...params,
      ...(inputPath === undefined ? {} : { input_json: input }),
      ...(outputJson === undefined ? {} : { output_json: outputJson }),
      log_level: options.logLevel ?? (typeof content.log_level === 'string' ? content.log_level : 'ERROR'),
    },
    aftergate: await runRecord({ module: module.name, started, warnings, ...outcome }),
  };
  if (outputPath !== undefined) await writeWhole(outputPath, formatOutputJson(output));
  return output;
}

export function formatOutputJson(output: OutputJson): string {
  return `${JSON.stringify(output, undefined, 2)}\n`;
}

/** Removes an earlier output JSON. Anything else stays, with an error: a mistyped path must not cost anyone a recording. */
async function removeOutputJson(file: string): Promise<void> {
  const stats = await fs.stat(file).catch(() => undefined);
  if (!stats || stats.size === 0) return;
  const isOurs = stats.isFile() && stats.size < largestOutputJson && (await fs.readFile(file, 'utf8')).includes('"input_parameters"');
  if (!isOurs) {
    throw new ParameterError(`--output_json: ${file} exists and is not an output JSON; it was not overwritten`, { next: 'Choose another name, or remove that file.' });
  }
  await fs.rm(file, { force: true });
}
