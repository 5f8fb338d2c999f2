// Joins the outputs of CatGT's passes over several runs end to end: CatGT's own second pass. A step like a module's, but of
// the pipeline's own.

import path from 'node:path';
import type { z } from 'zod';
import { ParameterError, UsageError } from '../../common/index.ts';
import { type CatGTOptions, parseCatGTArguments, runCatGT } from '../../engines/catgt/index.ts';
import type { Module, ModuleContext, ModuleOutcome } from '../../modules/index.ts';
import { outputFolder, section, sections, texts } from '../../modules/record/index.ts';
import { directories } from '../../modules/sections/index.ts';

const supercatSections = sections({
  supercat_params: section('CatGT, joining runs that it has processed.', {
    elements: texts({ help: 'In order: the folder of an earlier destination, a comma, and the output folder in it: E:/out,catgt_mouse_g0.' }),
    options: texts({ help: 'Further CatGT options: streams, probes, extractors, -supercat_trim_edges.' }).default([]),
  }),
  directories,
});

type SupercatParams = z.infer<typeof supercatSections>;

export const supercat: Module<typeof supercatSections> = {
  name: 'supercat',
  summary: 'join runs that CatGT has processed, end to end',
  sections: supercatSections,
  run,
};

/** The command line, as the native tool would be given it. */
export function supercatArguments({ elements, options }: SupercatParams['supercat_params'], dest: string): string[] {
  return [`-supercat=${elements.map((element) => `{${element}}`).join('')}`, ...options, `-dest=${dest}`];
}

async function run({ supercat_params: params, directories: folders }: SupercatParams, context: ModuleContext): Promise<ModuleOutcome> {
  const dest = await outputFolder('directories.extracted_data_directory', folders.extracted_data_directory, context.cwd);
  const argv = supercatArguments(params, dest);
  context.log(`CatGT command line: CatGT ${argv.join(' ')}`);
  const began = performance.now();
  const { streams, fyi, offsets } = await runCatGT(parseArguments(argv, context.cwd), context);
  return {
    result: { execution_time: (performance.now() - began) / 1000 },
    inputs: params.elements.map(fyiOf),
    outputs: [...streams.flatMap(({ binary, meta, events }) => [binary, meta, ...events.map(({ file }) => file)]), fyi, offsets].filter((file) => file !== undefined),
    figures: { streams: streams.map(({ label, samples, rate, seconds, workSeconds }) => ({ stream: label, samples, rate_hz: rate, seconds, execution_time: workSeconds })) },
  };
}

/** What CatGT objects to on its command line is a wrong parameter here. */
function parseArguments(argv: readonly string[], cwd: string): CatGTOptions {
  try {
    return parseCatGTArguments(argv, cwd);
  } catch (error) {
    if (error instanceof UsageError) throw new ParameterError(`supercat_params: ${error.message}`, { next: error.next, cause: error });
    throw error;
  }
}

/** An element's list of outputs. */
function fyiOf(element: string): string {
  const [, dest, folder] = /^([^]*),([^,]*)$/.exec(element)!;
  return path.join(dest, folder, `${folder.replace(/^catgt_/, '')}_fyi.txt`);
}
