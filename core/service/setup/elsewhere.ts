// Parameters of modules that are set by something else: keys of the session that another step asks for, the region table,
// the meta of each probe. They are shown with where that is. A session may still hold a value of its own for those that
// are not fixed.

import { planned } from '../../pipelines/index.ts';
import type { ParameterSpec } from '../contract/index.ts';

type SetBy = NonNullable<ParameterSpec['setBy']>;

const by = (text: string, step?: SetBy['step']): SetBy => ({ text, step, fixed: false });

const meta = by('the meta of each probe');
const region = by('the region of the probe', 'sort');
const dest = by('the destination', 'dest');
const sorting = (key: string) => by(key, 'sort');

const stepOf: Readonly<Record<string, SetBy['step']>> = { npx_directory: 'runs', catGT_dest: 'dest', run_specs: 'gates', ks_output_tag: 'sort' };

const sections: Readonly<Record<string, SetBy>> = {
  ephys_params: meta,
  directories: dest,
  cluster_metrics: dest,
  waveform_metrics: dest,
};

const parameters: Readonly<Record<string, SetBy>> = {
  'catGT_helper_params.stream_string': by('the probes in use', 'probes'),
  'catGT_helper_params.car_mode': by('car_mode', 'preprocess'),
  'catGT_helper_params.loccar_inner': by('loccar_min', 'preprocess'),
  'catGT_helper_params.loccar_outer': by('loccar_max', 'preprocess'),
  'catGT_helper_params.loccar_inner_um': by('loccar_min', 'preprocess'),
  'catGT_helper_params.loccar_outer_um': by('loccar_max', 'preprocess'),
  'catGT_helper_params.maxZ_um': by('the depth of each probe', 'probes'),
  'catGT_helper_params.useGeom': meta,
  'catGT_helper_params.cmdStr': by('catGT_cmd_string', 'preprocess'),
  'tPrime_helper_params.sync_period': by('sync_period', 'sync'),
  'tPrime_helper_params.toStream_sync_params': by('toStream_sync_params', 'sync'),
  'tPrime_helper_params.psth_ex_str': by('event_ex_param_str', 'sync'),
  'tPrime_helper_params.catGT_out_tag': by('CatGT\'s output folder', 'dest'),
  'psth_events.event_ex_param_str': by('event_ex_param_str', 'sync'),
  'quality_metrics_params.isi_threshold': region,
  'mean_waveform_params.mean_waveforms_file': dest,
  'mean_waveform_params.snr_radius': sorting('c_Waves_snr_um'),
  'mean_waveform_params.snr_radius_um': sorting('c_Waves_snr_um'),
  'mean_waveform_params.nAP': meta,
  'ks4_helper_params.do_CAR': sorting('ks_CAR'),
  'ks4_helper_params.save_preprocessed_copy': sorting('ks_copy_fproc'),
  'ks4_helper_params.doFilter': sorting('ks_doFilter'),
  'ks4_helper_params.ks_make_copy': by('the list of modules', 'modules'),
  'ks4_helper_params.ks4_params.Th_universal': region,
  'ks4_helper_params.ks4_params.Th_learned': region,
  'ks4_helper_params.ks4_params.duplicate_spike_ms': sorting('ks4_duplicate_spike_ms'),
  'ks4_helper_params.ks4_params.nblocks': sorting('ks_nblocks'),
  'ks4_helper_params.ks4_params.whitening_range': sorting('ks_whiteningRadius_um'),
  'ks4_helper_params.ks4_params.min_template_size': sorting('ks4_min_template_size_um'),
  'kilosort_helper_params.ks_make_copy': by('the list of modules', 'modules'),
  'kilosort_helper_params.kilosort2_params.KSver': { text: 'ks_ver', step: 'sort', fixed: true },
  'kilosort_helper_params.kilosort2_params.remDup': sorting('ks_remDup'),
  'kilosort_helper_params.kilosort2_params.saveRez': sorting('ks_saveRez'),
  'kilosort_helper_params.kilosort2_params.copy_fproc': sorting('ks_copy_fproc'),
  'kilosort_helper_params.kilosort2_params.doFilter': sorting('ks_doFilter'),
  'kilosort_helper_params.kilosort2_params.minfr_goodchannels': sorting('ks_minfr_goodchannels'),
  'kilosort_helper_params.kilosort2_params.Th': region,
  'kilosort_helper_params.kilosort2_params.gain': meta,
  'kilosort_helper_params.kilosort2_params.whiteningRange': sorting('ks_whiteningRadius_um'),
  'kilosort_helper_params.kilosort2_params.nNeighbors': sorting('ks_templateRadius_um'),
  'kilosort_helper_params.kilosort2_params.CAR': sorting('ks_CAR'),
  'kilosort_helper_params.kilosort2_params.nblocks': sorting('ks_nblocks'),
};

export function setElsewhere(name: string): SetBy | undefined {
  if (Object.hasOwn(planned, name)) return { text: planned[name], step: stepOf[planned[name]], fixed: true };
  return parameters[name] ?? sections[name.split('.')[0]];
}
