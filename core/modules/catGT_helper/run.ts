// catGT_helper: one call of CatGT for a run, from parameters instead of a command line.

import path from 'node:path';
import { ParameterError, UsageError } from '../../common/index.ts';
import { type CatGTOptions, type CatGTResult, parseCatGTArguments, runCatGT, type StreamReport } from '../../engines/catgt/index.ts';
import type { ModuleContext, ModuleOutcome } from '../module.ts';
import { existingFolder, outputFolder } from '../record/index.ts';
import { catgtArguments } from './arguments.ts';
import { addToAllFyi } from './fyiUnion.ts';
import { inputFiles } from './inputFiles.ts';
import { appendingLog } from './log.ts';
import type { CatgtParams } from './params.ts';

export async function runCatgtHelper(params: CatgtParams, context: ModuleContext): Promise<ModuleOutcome> {
  const { npx_directory: input, extracted_data_directory: output } = params.directories;
  const source = await existingFolder('directories.npx_directory', input, context.cwd);
  const dest = await outputFolder('directories.extracted_data_directory', output, context.cwd);
  const argv = catgtArguments(params.catGT_helper_params, source, dest);
  const options = parseArguments(argv, context.cwd);
  const names = outputNames(options, dest);

  const log = appendingLog(names.log);
  log('++++++++++++++++++++++++');
  log(`CatGT ${argv.join(' ')}`);
  context.log(`CatGT command line: CatGT ${argv.join(' ')}`);
  const warn = (line: string) => {
    log(line);
    context.warn(line);
  };
  const began = performance.now();
  try {
    const result = await runCatGT(options, { ...context, log, warn });
    const seconds = (performance.now() - began) / 1000;
    await addToAllFyi(names.fyi, names.allFyi);
    context.log(`total time: ${seconds.toFixed(2)} seconds`);
    return {
      result: { execution_time: seconds },
      inputs: await inputFiles(options, result.streams.map(({ label }) => label)),
      outputs: [...outputFiles(result), names.allFyi],
      figures: { streams: result.streams.map(streamFigures) },
    };
  } catch (error) {
    log(error instanceof Error ? error.message : String(error));
    await addToAllFyi(names.fyi, names.allFyi).catch(() => undefined); // what the other streams gave is of use
    throw error;
  } finally {
    log('');
  }
}

/** What CatGT objects to on its command line is a wrong parameter here. */
function parseArguments(argv: readonly string[], cwd: string): CatGTOptions {
  try {
    return parseCatGTArguments(argv, cwd);
  } catch (error) {
    if (error instanceof UsageError) throw new ParameterError(`catGT_helper_params: ${error.message}`, { next: error.next, cause: error });
    throw error;
  }
}

/** The names are unique per run and gate, whichever probes and streams a call was for. */
function outputNames(options: CatGTOptions, dest: string): { log: string; fyi: string; allFyi: string } {
  const run = `${options.run}_g${options.parts[0].gate}`;
  const top = options.noCatgtFolder ? dest : path.join(dest, `catgt_${run}`);
  return { log: path.join(top, `${run}_CatGT.log`), fyi: path.join(top, `${run}_fyi.txt`), allFyi: path.join(top, `${run}_all_fyi.txt`) };
}

function outputFiles({ streams, fyi, offsets }: CatGTResult): string[] {
  const ofStreams = streams.flatMap(({ outputs, events, lists }) => [...lists, ...outputs.flatMap(({ binary, meta }) => [binary, meta]), ...events.map(({ file }) => file)]);
  return [...ofStreams, fyi, offsets].filter((file) => file !== undefined);
}

function streamFigures({ label, samples, rate, seconds, workSeconds, fills, edits, events, health, badChannels }: StreamReport) {
  return {
    stream: label, samples, rate_hz: rate, seconds, execution_time: workSeconds, gaps: fills.length, gfix_edits: edits.length,
    ...(health ? { recorded_seconds: health.recordedSeconds, saturated_seconds: health.saturatedSeconds, missed_samples: health.missedSamples, sy_errors: health.syErrors ?? null } : {}),
    events: events.map(({ file, count }) => ({ file: path.basename(file), count })),
    bad_channels: badChannels && figuresOf(badChannels),
  };
}

function figuresOf({ file, ...channels }: NonNullable<StreamReport['badChannels']>) {
  return { file: path.basename(file), ...channels };
}
