// What one run of kilosort_helper works with: programs, paths and numbers, checked before anything is done.

import path from 'node:path';
import { InputFileError, makeFolder, ParameterError } from '../../common/index.ts';
import { type Meta, readMeta, requireNumber } from '../../spikeglx/index.ts';
import { findKilosort, findMatlab, findNpyMatlab, requireTool } from '../../tools/index.ts';
import type { ModuleContext } from '../module.ts';
import { outputFolder, requireValue } from '../record/index.ts';
import type { KilosortParams } from './params.ts';

/** A program, and folders of code for it. */
export interface Programs {
  readonly matlab: string;
  readonly kilosort: string;
  readonly npyMatlab: string;
}

export interface Job extends Programs {
  /** The AP file and its meta. */
  readonly bin: string;
  readonly meta: Meta;
  /** The sorter's folder. */
  readonly folder: string;
  /** Where MATLAB is started. */
  readonly home: string;
  readonly section: KilosortParams['kilosort_helper_params'];
  /** Columns of the binary. */
  readonly columns: number;
  /** Hz. */
  readonly rate: number;
  /** uV per count. */
  readonly microvolts: number;
}

/** Throws ParameterError that names what is missing. */
export async function requirePrograms({ kilosort_helper_params: section }: KilosortParams, { cwd }: Pick<ModuleContext, 'cwd'>): Promise<Programs> {
  const at = (folder: string) => (folder.trim() === '' ? '' : path.resolve(cwd, folder));
  return {
    matlab: requireTool('kilosort_helper_params.matlab', await findMatlab(at(section.matlab))),
    kilosort: requireTool('kilosort_helper_params.kilosort_repository', await findKilosort(at(section.kilosort_repository), section.kilosort2_params.KSver)),
    npyMatlab: requireTool('kilosort_helper_params.npy_matlab_repository', await findNpyMatlab(at(section.npy_matlab_repository))),
  };
}

/** Programs come first: without them nothing is made. Throws ParameterError, InputFileError. */
export async function describeJob(params: KilosortParams, { cwd }: ModuleContext): Promise<Job> {
  const programs = await requirePrograms(params, { cwd });
  const { kilosort_helper_params: section, ephys_params: ephys, directories } = params;
  if (!section.spikeGLX_data) throw new ParameterError('kilosort_helper_params.spikeGLX_data: only SpikeGLX data can be sorted');

  const bin = path.resolve(cwd, requireValue('ephys_params.ap_band_file', ephys.ap_band_file));
  const folder = path.resolve(cwd, requireValue('directories.kilosort_output_directory', directories.kilosort_output_directory));
  const meta = await readMeta(`${bin.replace(/\.bin$/i, '')}.meta`);
  const saved = requireNumber(meta, 'nSavedChans');
  if (saved !== ephys.num_channels) throw new InputFileError(meta.path, `says ${saved} channels, but ephys_params.num_channels is ${ephys.num_channels}`);
  const home = section.matlab_home_directory.trim() === '' ? directories.kilosort_output_tmp : section.matlab_home_directory;
  await makeFolder(path.dirname(folder));
  return {
    ...programs, bin, meta, folder, section,
    home: await outputFolder('kilosort_helper_params.matlab_home_directory', home, cwd),
    columns: ephys.num_channels,
    rate: ephys.sample_rate,
    microvolts: ephys.bit_volts,
  };
}
