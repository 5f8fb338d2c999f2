// What Kilosort 4 is given: paths and settings, checked, and the files it finds in its folder.

import fs from 'node:fs/promises';
import path from 'node:path';
import { inputFileError, makeFolder, writeWhole } from '../../common/index.ts';
import { readMeta, requireNumber } from '../../spikeglx/index.ts';
import { type ChannelMap, channelMap, kilosort4Arguments, kilosort4JobText, kilosort4Script, openStaging, toolResource } from '../../tools/index.ts';
import type { ModuleContext } from '../module.ts';
import { requireValue } from '../record/index.ts';
import type { Ks4Params } from './params.ts';
import { kilosort4Settings, type Recording } from './settings.ts';

export interface Job {
  /** The AP file and its meta. */
  readonly bin: string;
  readonly meta: string;
  /** The sorter's folder. */
  readonly folder: string;
  readonly recording: Recording;
  readonly map: ChannelMap;
  readonly section: Ks4Params['ks4_helper_params'];
}

/** Throws ParameterError, InputFileError. */
export async function describeJob({ ks4_helper_params: section, ephys_params: ephys, directories }: Ks4Params, { cwd }: ModuleContext): Promise<Job> {
  const bin = path.resolve(cwd, requireValue('ephys_params.ap_band_file', ephys.ap_band_file));
  const folder = path.resolve(cwd, requireValue('directories.kilosort_output_directory', directories.kilosort_output_directory));
  await fs.access(bin).catch((error: unknown) => {
    throw inputFileError(bin, error);
  });
  const meta = await readMeta(`${bin.replace(/\.bin$/i, '')}.meta`);
  const recording = { columns: requireNumber(meta, 'nSavedChans'), rate: requireNumber(meta, 'imSampRate') };
  return { bin, meta: meta.path, folder, recording, map: channelMap(meta), section };
}

/** The job, kept in the sorter's folder beside the script: what was run, to the letter. */
const jobName = 'run_kilosort4.json';

/** Makes the folder Kilosort writes to, with all it needs; returns it, and the arguments Python is started with. */
export async function prepareFolder({ bin, folder, recording, map, section }: Job, { log, warn }: ModuleContext): Promise<{ staging: string; args: string[] }> {
  await makeFolder(path.dirname(folder));
  const staging = await openStaging(folder);
  const [probe, script, file] = [map.name, kilosort4Script, jobName].map((name) => path.join(staging, name));
  const { do_CAR, save_extra_vars, save_preprocessed_copy } = section;
  const settings = kilosort4Settings(section.ks4_params, recording, warn);
  const job = kilosort4JobText({ bin, probe, results: staging, settings, options: { do_CAR, save_extra_vars, save_preprocessed_copy } });
  log(job);
  await writeWhole(probe, map.bytes);
  await writeWhole(script, await toolResource(kilosort4Script));
  await writeWhole(file, job);
  return { staging, args: kilosort4Arguments(script, file) };
}
