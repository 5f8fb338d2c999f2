// `ks4_helper_params`, and the sections ks4_helper reads beside it. Kilosort's own settings stand in ks4_params under
// Kilosort's names.

import type { z } from 'zod';
import { decimal, file, flag, section, sections, text, whole } from '../record/index.ts';
import { compat, directories, ephysParams } from '../sections/index.ts';

const unused = 'kept for compatibility, not used';

export const ks4Params = section('Settings of Kilosort 4.', {
  Th_universal: decimal({ help: 'Threshold for detecting spikes with general shapes.', min: 0 }).default(9),
  Th_learned: decimal({ help: 'Threshold for detecting spikes with the shapes found in the data.', min: 0 }).default(8),
  Th_single_ch: decimal({ help: 'Threshold on single channels, for spikes from which general shapes are made.', min: 0 }).default(8),
  duplicate_spike_ms: decimal({ help: 'Spikes of a cluster that follow each other faster are taken for one.', unit: 'ms', min: 0 }).default(0.25),
  nblocks: whole({ help: 'Parts of the probe whose drift is corrected one by one; 0 corrects none.', min: 0 }).default(5),
  sig_interp: decimal({ help: 'How smooth data are along the probe when moved for drift.', unit: 'um', min: 0 }).default(20),
  whitening_range: whole({ help: 'Nearest sites that whiten a channel.', unit: 'sites', min: 1 }).default(32),
  min_template_size: decimal({ help: 'Spread of the smallest general shape over sites.', unit: 'um', min: 0 }).default(10),
  template_sizes: whole({ help: 'Number of spreads, multiples of the smallest.', min: 1 }).default(5),
  templates_from_data: flag({ help: 'Whether general shapes are made from these data rather than taken from Kilosort.' }).default(true),
  tmin: decimal({ help: 'Where sorting begins.', unit: 's', min: 0 }).default(0),
  tmax: decimal({ help: 'Where sorting ends; -1 for the end of the file.', unit: 's' }).default(-1),
  nearest_chans: whole({ help: 'Channels looked at for a spike.', min: 1 }).default(10),
  nearest_templates: whole({ help: 'Templates compared for a spike.', min: 1 }).default(100),
  ccg_threshold: decimal({ help: 'Clusters whose cross-correlogram has a deeper trough may be merged.', min: 0, max: 1 }).default(0.25),
  acg_threshold: decimal({ help: 'Clusters whose autocorrelogram has a deeper trough are good units.', min: 0, max: 1 }).default(0.2),
  template_seed: whole({ help: `Start of random numbers; ${unused}: Kilosort 4 has its own.` }).default(0),
  cluster_seed: whole({ help: `Start of random numbers; ${unused}: Kilosort 4 has its own.` }).default(0),
});

export const ks4Sections = sections({
  ks4_helper_params: section('Kilosort 4 in Python.', {
    python: file({ help: 'The Python that has Kilosort 4: the interpreter or the folder of its environment. Empty: the one on the PATH.' }).default(''),
    do_CAR: flag({ help: 'Whether Kilosort subtracts the median of all channels; CatGT has done so already.' }).default(true),
    save_extra_vars: flag({ help: 'Whether Kilosort saves features and spikes it has dropped, too.' }).default(false),
    save_preprocessed_copy: flag({ help: 'Whether Kilosort saves the filtered, whitened and drift-corrected data, as large as the binary, for phy to show.' }).default(false),
    ks_make_copy: flag({ help: 'Whether the sorter\'s folder is copied to <folder>_orig before later modules change it.' }).default(false),
    doFilter: whole({ help: `Whether data are filtered; ${unused}: Kilosort 4 always filters.` }).default(0),
    fproc: text({ help: `Scratch file; ${unused}: Kilosort 4 has none.` }).optional(),
    fshigh: decimal({ help: `Corner of the high-pass filter; ${unused}.`, unit: 'Hz' }).default(300),
    fslow: decimal({ help: `Corner of the low-pass filter; ${unused}.`, unit: 'Hz' }).default(10000),
    ks4_params: ks4Params,
    compat: compat(),
  }),
  directories,
  ephys_params: ephysParams,
});

export type Ks4Params = z.infer<typeof ks4Sections>;
