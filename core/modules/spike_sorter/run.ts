// spike_sorter: from the JSON's paths and parameters to the embedded sorter. The folder is filled beside its place and
// put there whole: one left by an earlier run is replaced only by a finished one.

import fs from 'node:fs/promises';
import path from 'node:path';
import { isThere, JobError, makeFolder, ParameterError, whileHeld } from '../../common/index.ts';
import { runSorter, type SorterResult } from '../../engines/sorter/index.ts';
import { keepOriginal } from '../../formats/phyFolder/index.ts';
import type { ModuleContext, ModuleOutcome } from '../module.ts';
import type { SpikeSorterParams } from './params.ts';

export async function runSpikeSorter(params: SpikeSorterParams, context: ModuleContext): Promise<ModuleOutcome> {
  const began = performance.now();
  const bin = required('ephys_params.ap_band_file', params.ephys_params.ap_band_file, context);
  const dest = required('directories.kilosort_output_directory', params.directories.kilosort_output_directory, context);
  const result = await sortInto(dest, bin, params, context);
  if (params.spike_sorter_params.ks_make_copy) await keepOriginal(dest);
  const seconds = (performance.now() - began) / 1000;
  context.log(`${result.units.length} units, ${result.spikes} spikes; total time: ${seconds.toFixed(2)} seconds`);
  return {
    result: { execution_time: seconds, nTemplate: result.units.length, nTot: result.spikes },
    inputs: [bin, bin.replace(/\.bin$/, '.meta')],
    outputs: (await fs.readdir(dest)).sort().map((name) => path.join(dest, name)),
    figures: { units: result.units.length, spikes: result.spikes, largest_displacement_um: result.largestDisplacement, dead_channels: result.deadChannels },
  };
}

async function sortInto(dest: string, bin: string, { spike_sorter_params: own }: SpikeSorterParams, context: ModuleContext): Promise<SorterResult> {
  const unfinished = `${dest}.part`;
  await fs.rm(unfinished, { recursive: true, force: true });
  await makeFolder(path.dirname(dest));
  try {
    const result = await runSorter(
      {
        bin,
        dest: unfinished,
        preprocess: own.preprocess,
        drift: own.drift,
        detectSigma: own.detect_sigma,
        matchSigma: own.match_sigma,
        mergeDistance: own.merge_distance,
        refractoryMs: own.refractory_ms,
        minSpikes: own.min_spikes,
        metricsRadius: own.metrics_radius_um,
        excludeChannels: own.exclude_channels,
        seed: own.seed,
      },
      context,
    );
    if (result.units.length === 0) throw new JobError(`${bin}: no units found`, { next: 'Look at the traces: is there spiking, and is the probe in the brain?' });
    await makeWay(dest, context);
    await whileHeld(() => fs.rename(unfinished, dest));
    return result;
  } catch (error) {
    await fs.rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

/** What phy leaves in a folder that somebody has worked on. */
const MARKS_OF_CURATION = ['.phy', 'phy.log', 'cluster_info.tsv'];

/** An earlier result is replaced, unless somebody has curated it: then it is moved aside. */
async function makeWay(dest: string, context: ModuleContext): Promise<void> {
  const names = await fs.readdir(dest).catch(() => undefined);
  if (!names) return;
  if (!names.some((name) => MARKS_OF_CURATION.includes(name))) return fs.rm(dest, { recursive: true, force: true });
  let aside = `${dest}_before_1`;
  for (let number = 2; await isThere(aside); number++) aside = `${dest}_before_${number}`;
  await whileHeld(() => fs.rename(dest, aside));
  context.warn(`${dest} was curated in phy: it is kept as ${aside}`);
}

function required(name: string, value: string | undefined, context: ModuleContext): string {
  if (!value) throw new ParameterError(`${name}: is required`, { next: 'Give it in the input JSON.' });
  return path.resolve(context.cwd, value);
}
