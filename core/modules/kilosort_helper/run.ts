// kilosort_helper: finds noise channels, writes what MATLAB needs, runs Kilosort there, and puts its folder right.

import path from 'node:path';
import { keepOriginal } from '../../formats/phyFolder/index.ts';
import {
  channelMap, filesIn, followProgress, gitCommit, keepBesideBinary, launcherName, matlabArguments, openStaging, parseKilosortLine, printableCommand, publishStaging, runProgram, verifySortedFolder,
} from '../../tools/index.ts';
import type { ModuleContext, ModuleOutcome } from '../module.ts';
import { describeJob, type Job } from './job.ts';
import { loudnessOfColumns } from './loudColumns.ts';
import { noiseChannels } from './noiseChannels.ts';
import type { KilosortParams } from './params.ts';
import { settleSamples } from './samples.ts';
import { writeScripts } from './scripts.ts';
import type { SpikeCounts } from './tasks.ts';

export async function runKilosortHelper(params: KilosortParams, context: ModuleContext): Promise<ModuleOutcome> {
  const began = performance.now();
  const job = await describeJob(params, context);
  const { bin, meta, folder, section } = job;
  context.log('ecephys spike sorting: kilosort helper module');

  const noise = noiseChannels(await loudnessOfColumns(job, context), section.noise_threshold);
  context.log(`number of noise channels: ${noise.length}${noise.length > 0 ? ` (${noise.join(', ')})` : ''}`);
  const map = channelMap(meta, noise);
  const staging = await openStaging(folder);
  await writeScripts(job, staging, map.bytes);
  await sort(job, context);

  const { spikes } = await verifySortedFolder(staging);
  const counts = await context.pool.run<SpikeCounts>('kilosort_helper.templates', { file: path.join(staging, 'spike_templates.npy') }, { signal: context.signal });
  const copies = [...(await settleSamples(job, staging, map.connected, context)), ...(await keepBesideBinary(bin, map, context.warn))];
  const earlier = await publishStaging(folder);
  if (earlier !== undefined) context.warn(`the earlier sorting was kept as ${earlier}`);
  if (section.ks_make_copy) await keepOriginal(folder);

  const seconds = (performance.now() - began) / 1000;
  context.log(`${spikes} spikes of ${counts.templates} templates; total time: ${seconds.toFixed(2)} seconds`);
  return {
    result: { execution_time: seconds, ...(await commitOf(job.kilosort)), mask_channels: noise, nTemplate: counts.templates, nTot: spikes },
    inputs: [bin, meta.path],
    outputs: [...(await filesIn(folder)), ...copies],
    figures: { spikes, templates: counts.templates, noise_channels: noise.length },
  };
}

async function sort({ matlab, home }: Job, { log, progress, signal }: ModuleContext): Promise<void> {
  const args = matlabArguments(launcherName);
  log(`${printableCommand(matlab, args)} (in ${home})`);
  await runProgram(matlab, args, { cwd: home, signal, onLine: followProgress(parseKilosortLine, { log, progress }) });
}

async function commitOf(repository: string) {
  const commit = await gitCommit(repository);
  return commit === undefined ? {} : { kilosort_commit_hash: commit.hash, kilosort_commit_date: commit.date };
}
