// Presets that come with the program; they cannot be changed.

import type { PresetContent } from '../../pipelines/exchange/index.ts';

export interface BuiltIn extends PresetContent {
  readonly presetId: string;
  readonly name: string;
  readonly text: string;
}

const usualOptions = '-prb_fld -out_prb_fld -apfilter=butter,12,300,10000 -lffilter=butter,12,1,500 -gfix=0.4,0.10,0.02';

export const builtInPresets: readonly BuiltIn[] = [
  {
    presetId: 'standard',
    name: 'Standard NP 1.0/2.0',
    text: 'Filter, artefacts and global reference with CatGT, the embedded sorter, waveforms and metrics.',
    regions: {},
    settings: { catGT_cmd_string: usualOptions, car_mode: 'gblcar', ks_ver: 'ag', modules: ['spike_sorter', 'kilosort_postprocessing', 'mean_waveforms', 'quality_metrics'], runTPrime: true },
  },
  {
    presetId: 'reference',
    name: 'Reference scripts as published',
    text: 'The settings of sglx_multi_run_pipeline: Kilosort 4 and the region tables of the script.',
    regions: {},
    settings: {
      catGT_cmd_string: usualOptions, car_mode: 'gblcar', loccar_min: 40, loccar_max: 160, process_lf: false, ks_ver: '4', ks_output_tag: 'ks4',
      refPerMS_dict: { default: 2, cortex: 2, medulla: 1.5, thalamus: 1 }, ksTh_dict: { default: '[8,9]', cortex: '[8,9]', medulla: '[8,9]', thalamus: '[8,9]' },
      ks_remDup: 0, ks_saveRez: 1, ks_copy_fproc: 0, ks_templateRadius_um: 163, ks_whiteningRadius_um: 163, ks_minfr_goodchannels: 0.1, ks_CAR: 0, ks_nblocks: 6, ks_doFilter: 0,
      ks4_duplicate_spike_ms: 0.25, ks4_min_template_size_um: 10, c_Waves_snr_um: 160,
      modules: ['ks4_helper', 'kilosort_postprocessing', 'mean_waveforms', 'quality_metrics'], runTPrime: true, logName: 'pipeline_test_log.csv',
    },
  },
  {
    presetId: 'long-drift',
    name: 'Long drift',
    text: 'As Standard, for long recordings in which the tissue moves: drift is always estimated and used.',
    regions: {},
    settings: { catGT_cmd_string: usualOptions, car_mode: 'gblcar', ks_ver: 'ag', modules: ['spike_sorter', 'kilosort_postprocessing', 'mean_waveforms', 'quality_metrics'], runTPrime: true, spike_sorter_params: { drift: 'on' } },
  },
  {
    presetId: 'events',
    name: 'Events only',
    text: 'Sync edges and events of all streams on one clock; nothing is filtered or sorted.',
    regions: {},
    settings: { catGT_cmd_string: '-prb_fld -out_prb_fld -no_tshift', car_mode: 'None', modules: [], runTPrime: true },
  },
];
