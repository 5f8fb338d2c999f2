// `kilosort_helper_params`, and the sections kilosort_helper reads beside it. Kilosort's own options stand in
// kilosort2_params under Kilosort's names; those that are text are pieces of MATLAB.

import type { z } from 'zod';
import { choice, decimal, file, flag, folder, section, sections, text, whole } from '../record/index.ts';
import { compat, directories, ephysParams } from '../sections/index.ts';

const yesOrNo = (help: string) => whole({ help: `${help} (1 or 0).`, min: 0, max: 1 });

export const kilosort2Params = section('Options of Kilosort 2.0, 2.5 and 3.0.', {
  KSver: choice(['2.0', '2.5', '3.0'], { help: 'Version of Kilosort; kilosort_repository must hold it.' }).default('2.5'),
  remDup: yesOrNo('Whether 2.0 and 2.5 remove spikes that several templates found').default(0),
  finalSplits: yesOrNo('Whether 2.0 and 2.5 split clusters at the end').default(1),
  labelGood: yesOrNo('Whether 2.5 calls clusters that spread widely no good units').default(1),
  saveRez: yesOrNo('Whether everything MATLAB knows is saved too, as rez2.mat').default(1),
  copy_fproc: yesOrNo('Whether the whitened data are copied beside the binary for phy to show, as <binary>_ksproc.bin').default(1),
  trange: text({ help: 'First and last second that are sorted.' }).default('[0 Inf]'),
  fproc: text({ help: 'Scratch file for the whitened data, as large as the binary, in single quotes; best on a fast local drive. Without folder: in matlab_home_directory.' }).default("'temp_wh.dat'"),
  chanMap: text({ help: 'The channel map that is written to matlab_home_directory, in single quotes.' }).default("'chanMap.mat'"),
  doFilter: yesOrNo('Whether Kilosort filters; CatGT has done so already').default(1),
  fshigh: decimal({ help: 'Corner of Kilosort\'s high-pass filter.', unit: 'Hz', min: 0 }).default(150),
  minfr_goodchannels: decimal({ help: 'Kilosort 2.0 leaves out channels with a lower rate of spikes; 0 keeps all.', unit: 'Hz', min: 0 }).default(0.1),
  Th: text({ help: 'Thresholds of template matching: while learning, and in the last pass.' }).default('[10 4]'),
  lam: decimal({ help: 'How strongly amplitudes are held to their mean; 0 not at all.', min: 0 }).default(10),
  AUCsplit: decimal({ help: 'How separate two parts of a cluster must be to be split.', min: 0, max: 1 }).default(0.9),
  minFR: decimal({ help: 'Clusters that fire less are removed.', unit: 'Hz', min: 0 }).default(1 / 50),
  momentum: text({ help: 'Spikes over which templates are averaged: at the start, and at the end.' }).default('[20 400]'),
  sigmaMask: decimal({ help: 'How far from its channel a cluster is looked at.', unit: 'um', min: 0 }).default(30),
  ThPre: decimal({ help: 'Threshold for detecting spikes from which drift is found.', min: 0 }).default(8),
  spkTh: decimal({ help: 'Threshold for detecting spikes, in standard deviations.' }).default(-6),
  reorder: yesOrNo('Whether batches are put in the order of drift').default(1),
  nskip: whole({ help: 'Every how many batches one is looked at for spike shapes.', min: 1 }).default(25),
  GPU: yesOrNo('Whether the graphics card is used; Kilosort needs it').default(1),
  nfilt_factor: whole({ help: 'Templates per channel at most.', min: 1 }).default(4),
  ntbuff: whole({ help: 'Overlap of batches.', unit: 'samples', min: 1 }).default(64),
  NT: text({ help: 'Samples of a batch, a multiple of 32 plus ntbuff.' }).default('64*1024 + ops.ntbuff'),
  whiteningRange: whole({ help: 'Nearest sites that whiten a channel.', unit: 'sites', min: 1 }).default(32),
  nSkipCov: whole({ help: 'Every how many batches one is looked at for whitening.', min: 1 }).default(25),
  scaleproc: decimal({ help: 'Counts of the whitened data per standard deviation.', min: 0 }).default(200),
  nPCs: whole({ help: 'Components that describe the shape of a spike.', min: 1 }).default(3),
  useRAM: yesOrNo('Not available in Kilosort 2; kept for compatibility').default(0),
  gain: decimal({ help: 'Microvolts per count of the AP band.', unit: 'uV', min: 0 }).default(1),
  CSBseed: whole({ help: 'Start of the random numbers of clustering batches (2.0).' }).default(1),
  LTseed: whole({ help: 'Start of the random numbers of learning templates (2.0, 2.5).' }).default(1),
  nNeighbors: whole({ help: 'Nearest sites a template spans.', unit: 'sites', min: 1, max: 32 }).default(32),
  CAR: yesOrNo('Whether Kilosort subtracts the median of all channels; CatGT has done so already').default(1),
  nblocks: whole({ help: 'Parts of the probe whose drift is corrected one by one (2.5, 3.0); 0 corrects none.', min: 0 }).default(5),
});

const unused = 'kept from imported files, not used';

export const kilosortSections = sections({
  kilosort_helper_params: section('Kilosort 2.0, 2.5 or 3.0 in MATLAB.', {
    matlab: file({ help: 'The MATLAB to use, R2019a or newer: its program or the folder of that. Empty: the one on the PATH, else the newest installed.' }).default(''),
    kilosort_repository: folder({ help: 'Folder of Kilosort, of the version KSver, with its GPU functions compiled.' }).default(''),
    npy_matlab_repository: folder({ help: 'Folder of npy-matlab, which Kilosort writes its results with.' }).default(''),
    matlab_home_directory: folder({ help: 'Where scripts, channel map and scratch file go, best on a fast local drive; one sorting at a time. Empty: directories.kilosort_output_tmp.' }).default(''),
    kilosort_version: whole({ help: 'Generation of Kilosort: 2 stands for 2.0, 2.5 and 3.0.', min: 2, max: 2 }).default(2),
    spikeGLX_data: flag({ help: 'Whether the data come from SpikeGLX; no others can be sorted.' }).default(true),
    ks_make_copy: flag({ help: 'Whether the sorter\'s folder is copied to <folder>_orig before later modules change it.' }).default(false),
    noise_threshold: decimal({ help: 'Channels that exceed the median of their neighbours by this much (rms) are left out.', unit: 'uV' }).default(20),
    surface_channel_buffer: whole({ help: `Channels above the brain that are sorted too; ${unused}: SpikeGLX files hold no surface.`, unit: 'channels', min: 0 }).default(15),
    kilosort2_params: kilosort2Params,
    compat: compat(),
  }),
  directories,
  ephys_params: ephysParams,
});

export type KilosortParams = z.infer<typeof kilosortSections>;
