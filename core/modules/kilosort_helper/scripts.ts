// The files MATLAB finds in its folder: the options, the channel map, and what to run.

import path from 'node:path';
import { openOutputs } from '../../common/index.ts';
import { kilosortConfig, kilosortLauncher, launcherName, mainName, toolResource } from '../../tools/index.ts';
import type { Job } from './job.ts';

/** @param staging folder the results go to; `map` the channel map. Throws ParameterError, OutputFileError. */
export async function writeScripts(job: Job, staging: string, map: Uint8Array): Promise<void> {
  const { section, home, bin, columns, rate, kilosort, npyMatlab } = job;
  const params = section.kilosort2_params;
  const config = kilosortConfig({ output: staging, bin, params, section: 'kilosort_helper_params.kilosort2_params', channels: columns, rate });
  const { KSver: version, remDup, finalSplits, labelGood, saveRez } = params;
  const files: Record<string, string | Uint8Array> = {
    'chanMap.mat': map,
    'kilosort2_config_file.m': config,
    [`${mainName}.m`]: await toolResource(`${mainName}.m`),
    [`${launcherName}.m`]: kilosortLauncher({ kilosort, npyMatlab, version, remDup, finalSplits, labelGood, saveRez }),
  };
  const outputs = openOutputs();
  try {
    for (const [name, content] of Object.entries(files)) await outputs.write(path.join(home, name), content);
    await outputs.commit();
  } catch (error) {
    await outputs.discard();
    throw error;
  }
}
