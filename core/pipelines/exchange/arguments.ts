// Arguments of createInputJson, as scripts and input JSON have them, that a session holds as a parameter of a module.

export interface ModuleParameter {
  readonly section: string;
  /** `isi_threshold`, `ks4_params.tmin`. */
  readonly key: string;
}

const at = (section: string, key: string): ModuleParameter => ({ section, key });

export const moduleParameters: Readonly<Record<string, ModuleParameter>> = {
  catGT_maxZ_um: at('catGT_helper_params', 'maxZ_um'),
  ks_helper_noise_threshold: at('kilosort_helper_params', 'noise_threshold'),
  ks_finalSplits: at('kilosort_helper_params', 'kilosort2_params.finalSplits'),
  ks_labelGood: at('kilosort_helper_params', 'kilosort2_params.labelGood'),
  ks_CSBseed: at('kilosort_helper_params', 'kilosort2_params.CSBseed'),
  ks_LTseed: at('kilosort_helper_params', 'kilosort2_params.LTseed'),
  ks_tmin: at('ks4_helper_params', 'ks4_params.tmin'),
  ks_tmax: at('ks4_helper_params', 'ks4_params.tmax'),
  c_Waves_calc_half: at('mean_waveform_params', 'calc_half_run'),
  wm_spread_thresh: at('mean_waveform_params', 'spread_threshold'),
  wm_site_range: at('mean_waveform_params', 'site_range'),
  include_pc_metrics: at('quality_metrics_params', 'include_pc_metrics'),
};

/** Names of scripts for keys of the session. */
export const otherNames: Readonly<Record<string, string>> = {
  ni_extract_string: 'ni_obx_extract_string', catGT_car_mode: 'car_mode', catGT_loccar_min_um: 'loccar_min', catGT_loccar_max_um: 'loccar_max', loccar_inner: 'loccar_min', loccar_outer: 'loccar_max',
  toStream_sync: 'toStream_sync_params', run_TPrime: 'runTPrime', runCatGT: 'run_CatGT', module_list: 'modules', recording_specs: 'file_list',
};

/** What is gone or needs no saying, and why. */
export const needless: Readonly<Record<string, string>> = {
  ecephys_directory: 'Places of the Python pipeline are not needed.', catGTPath: 'CatGT is built in.', tPrime_path: 'TPrime is built in.', cWaves_path: 'C_Waves is built in.',
  kilosort_repository: 'Places of Kilosort are set once, in Settings, Tools.', npy_matlab_repository: 'Places of programs are set once, in Settings, Tools.', kilosort_output_tmp: 'The scratch folder is set once, in Settings, Tools.',
  tPrime_im_ex_list: 'All events are aligned; none need listing.', tPrime_ni_ex_list: 'All events are aligned; none need listing.', im_ex_list: 'All events are aligned; none need listing.', ni_ex_list: 'All events are aligned; none need listing.',
  niStream_sync_params: 'Sync edges are found by themselves.', logFullPath: 'The log lies in the destination; logName names it.', catGT_out_tag: 'The tag follows from the kind of session.', noise_template_use_rf: 'noise_templates is not part of this pipeline.',
  spikeGLX_data: 'Only SpikeGLX data is read.', probe_type: 'The type of a probe is read from its meta.',
};
