// The sections of the sorters. Numbers without an argument are those the Python pipeline has in its source.

import type { EphysParams } from '../../spikeglx/index.ts';
import { type InputJsonValues, thresholdPair } from './arguments.ts';
import type { Sites } from './sites.ts';

export function sorterSections(args: InputJsonValues, probe: EphysParams, sites: Sites) {
  return {
    kilosort_helper_params: {
      matlab_home_directory: args.kilosort_output_tmp,
      kilosort_repository: args.kilosort_repository,
      npy_matlab_repository: args.npy_matlab_repository,
      kilosort_version: 2,
      spikeGLX_data: true,
      ks_make_copy: args.ks_make_copy,
      surface_channel_buffer: 15,
      noise_threshold: args.ks_helper_noise_threshold,
      kilosort2_params: kilosort2Params(args, probe, sites),
    },
    ks4_helper_params: {
      do_CAR: args.ks_CAR === 1,
      save_extra_vars: true,
      doFilter: args.ks_doFilter,
      ks_make_copy: args.ks_make_copy,
      save_preprocessed_copy: args.ks_copy_fproc === 1,
      ks4_params: kilosort4Params(args, sites),
    },
  };
}

/** Kilosort's scratch file as a MATLAB text. */
export function scratchFile(args: InputJsonValues): string {
  const folder = args.kilosort_output_tmp.replaceAll('\\', '/');
  return `'${folder === '' ? '' : `${folder}/`}temp_wh.dat'`;
}

function kilosort2Params(args: InputJsonValues, probe: EphysParams, sites: Sites) {
  return {
    KSver: args.ks_ver,
    remDup: args.ks_remDup,
    finalSplits: args.ks_finalSplits,
    labelGood: args.ks_labelGood,
    saveRez: args.ks_saveRez,
    copy_fproc: args.ks_copy_fproc,
    fproc: scratchFile(args),
    chanMap: "'chanMap.mat'",
    doFilter: args.ks_doFilter,
    fshigh: 150,
    minfr_goodchannels: args.ks_minfr_goodchannels,
    Th: args.ks_Th,
    lam: 10,
    AUCsplit: 0.9,
    minFR: 0.02,
    momentum: '[20 400]',
    sigmaMask: 30,
    ThPre: 8,
    gain: probe.uvPerBit,
    CSBseed: args.ks_CSBseed,
    LTseed: args.ks_LTseed,
    whiteningRange: sites.whitening,
    nNeighbors: sites.templateSites,
    CAR: args.ks_CAR,
    nblocks: args.ks_nblocks,
  };
}

function kilosort4Params(args: InputJsonValues, sites: Sites) {
  const [universal, learned] = thresholdPair(args.ks_Th)!;
  return {
    Th_universal: Math.trunc(universal),
    Th_learned: Math.trunc(learned),
    duplicate_spike_ms: args.ks4_duplicate_spike_ms,
    nblocks: args.ks_nblocks,
    sig_interp: 20,
    whitening_range: sites.whitening,
    min_template_size: args.ks4_min_template_size_um,
    template_sizes: 5,
    templates_from_data: true,
    nearest_chans: 10,
    nearest_templates: 100,
    ccg_threshold: 0.25,
    acg_threshold: 0.2,
    template_seed: args.ks_LTseed,
    cluster_seed: args.ks_CSBseed,
    tmin: args.ks_tmin,
    tmax: args.ks_tmax,
  };
}
