// Sections nobody reads any more, written because other programs may look for them, and the places of programs that the
// Python pipeline has in its source.

import type { InputJsonValues } from './arguments.ts';
import type { Sites } from './sites.ts';
import { scratchFile } from './sorterSections.ts';

const oldHome = 'C:\\Users\\svc_neuropix\\Documents\\GitHub';

export function legacySections(args: InputJsonValues, sites: Sites) {
  return {
    extract_from_npx_params: {
      npx_directory: args.npx_directory,
      settings_xml: args.npx_directory,
      npx_extractor_executable: `${oldHome}\\npxextractor\\Release\\NpxExtractor.exe`,
      npx_extractor_repo: `${oldHome}\\npxextractor`,
    },
    median_subtraction_params: {
      median_subtraction_executable: `${oldHome}\\spikebandmediansubtraction\\Builds\\VisualStudio2013\\Release\\SpikeBandMedianSubtraction.exe`,
      median_subtraction_repo: `${oldHome}\\spikebandmediansubtraction\\`,
    },
    pykilosort_helper_params: {
      preprocessing_function: 'kilosort2',
      copy_fproc: args.ks_copy_fproc,
      fproc: scratchFile(args),
      seed: args.ks_LTseed,
      ks2_mode: false,
      perform_drift_registration: true,
      car: args.ks_CAR,
      Th: args.ks_Th,
      ThPre: 8,
      lam: 10,
      AUCsplit: 0.9,
      minFR: 0.02,
      momentum: '[20 400]',
      sig_datashift: 20,
      sigmaMask: 30,
      fshigh: 300,
      fslow: 10000,
      minfr_goodchannels: 0,
      whiteningRange: sites.whitening,
      deterministic_mode: true,
      nblocks: args.ks_nblocks,
      doFilter: args.ks_doFilter,
    },
  };
}

const home = 'C:\\Users\\colonellj\\Documents';

/** For those who compare with a JSON of the Python pipeline as it is distributed. */
export const referencePlaces = {
  ecephys_directory: `${home}\\ecephys_spike_sorting\\ecephys_spike_sorting`,
  catGTPath: `${home}\\CatGT-win`,
  tPrime_path: `${home}\\TPrime-win`,
  cWaves_path: `${home}\\C_Waves-win`,
  npy_matlab_repository: `${home}\\npy-matlab-master`,
  kilosort_output_tmp: 'D:\\kilosort_datatemp',
} as const;
