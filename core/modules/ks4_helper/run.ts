// ks4_helper: writes a channel map and a job, runs Kilosort 4 on it in Python, and puts its folder right.

import path from 'node:path';
import { keepOriginal } from '../../formats/phyFolder/index.ts';
import {
  filesIn, followProgress, keepBesideBinary, kilosort4Environment, parseKilosort4Line, pointParamsAt, printableCommand, publishStaging, runProgram, verifySortedFolder,
} from '../../tools/index.ts';
import type { ModuleContext, ModuleOutcome } from '../module.ts';
import { describeJob, prepareFolder } from './job.ts';
import type { Ks4Params } from './params.ts';
import { requireKilosort4 } from './python.ts';

export async function runKs4Helper(params: Ks4Params, context: ModuleContext): Promise<ModuleOutcome> {
  const began = performance.now();
  const { python, version, torch, gpu } = await requireKilosort4(params, context);
  const job = await describeJob(params, context);
  const { bin, folder, recording, section } = job;
  context.log('ecephys spike sorting: ks4 helper module');
  context.log(`Kilosort ${version} with torch ${torch} in ${python}`);
  if (!gpu) context.warn(`${python}: torch sees no GPU; Kilosort 4 will use the processor and take many times longer`);

  const { staging, args } = await prepareFolder(job, context);
  await sort(python, args, staging, context);
  const { spikes } = await verifySortedFolder(staging);
  const shown = section.save_preprocessed_copy ? path.join(folder, 'temp_wh.dat') : bin;
  await pointParamsAt(staging, folder, { file: shown, channels: recording.columns, rate: recording.rate });
  const beside = await keepBesideBinary(bin, job.map, context.warn);
  const earlier = await publishStaging(folder);
  if (earlier !== undefined) context.warn(`the earlier sorting was kept as ${earlier}`);
  if (section.ks_make_copy) await keepOriginal(folder);

  const seconds = (performance.now() - began) / 1000;
  context.log(`${spikes} spikes; kilosort run time: ${seconds.toFixed(2)} seconds`);
  return {
    result: { execution_time: seconds },
    inputs: [bin, job.meta],
    outputs: [...(await filesIn(folder)), ...beside],
    figures: { spikes },
  };
}

async function sort(python: string, args: readonly string[], cwd: string, { log, progress, signal }: ModuleContext): Promise<void> {
  log(printableCommand(python, args));
  await runProgram(python, args, { cwd, signal, env: kilosort4Environment, onLine: followProgress(parseKilosort4Line, { log, progress }) });
}
