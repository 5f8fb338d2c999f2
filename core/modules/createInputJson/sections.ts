// The sections of the recording, of CatGT, of what follows sorting, and of TPrime. Numbers without an argument are those
// the Python pipeline has in its source.

import path from 'node:path';
import type { EphysParams } from '../../spikeglx/index.ts';
import type { InputJsonValues } from './arguments.ts';
import type { Sites } from './sites.ts';

export function recordingSections(args: InputJsonValues, probe: EphysParams) {
  const sorted = args.kilosort_output_directory;
  return {
    directories: {
      ecephys_directory: args.ecephys_directory,
      npx_directory: args.npx_directory,
      extracted_data_directory: args.extracted_data_directory,
      kilosort_output_directory: sorted,
      kilosort_output_tmp: args.kilosort_output_tmp,
    },
    common_files: {
      settings_json: args.npx_directory,
      probe_json: path.join(args.extracted_data_directory, 'probe_json.json'),
    },
    waveform_metrics: { waveform_metrics_file: path.join(sorted, 'waveform_metrics.csv') },
    cluster_metrics: { cluster_metrics_file: path.join(sorted, 'metrics.csv') },
    ephys_params: {
      probe_type: probe.probeType,
      sample_rate: probe.sampleRate,
      lfp_sample_rate: 2500,
      bit_volts: probe.uvPerBit,
      num_channels: probe.numChannels,
      num_sync_channels: probe.nSy,
      reference_channels: probe.referenceChannels,
      vertical_site_spacing: 1e-5,
      ap_band_file: args.continuous_file,
      lfp_band_file: args.continuous_file.replace(/\.ap\.bin$/, '.lf.bin'),
      reorder_lfp_channels: false,
      cluster_group_file_name: 'cluster_group.tsv',
    },
  };
}

export function catgtSection(args: InputJsonValues, probe: EphysParams, sites: Sites) {
  return {
    run_name: args.catGT_run_name,
    gate_string: args.gate_string,
    probe_string: args.probe_string,
    trigger_string: args.trigger_string,
    stream_string: args.catGT_stream_string,
    car_mode: args.catGT_car_mode,
    loccar_inner: sites.loccarInner,
    loccar_outer: sites.loccarOuter,
    loccar_inner_um: args.catGT_loccar_min_um,
    loccar_outer_um: args.catGT_loccar_max_um,
    maxZ_um: args.catGT_maxZ_um,
    useGeom: probe.useGeom,
    cmdStr: args.catGT_cmd_string,
    catGTPath: args.catGTPath,
  };
}

export function metricsSections(args: InputJsonValues, probe: EphysParams, sites: Sites) {
  return {
    depth_estimation_params: {
      hi_noise_thresh: 50,
      lo_noise_thresh: 3,
      save_figure: args.depth_est_fig,
      figure_location: path.join(args.extracted_data_directory, 'probe_depth.png'),
      smoothing_amount: 5,
      power_thresh: 2.5,
      diff_thresh: -0.06,
      freq_range: [0, 10],
      max_freq: 150,
      saline_range_um: [3700, 3800],
      n_passes: 10,
      air_gap_um: 1000,
      time_interval: 5,
      skip_s_per_pass: 10,
      start_time: 10,
    },
    ks_postprocessing_params: {
      align_avg_waveform: false,
      remove_duplicates: true,
      cWaves_path: args.cWaves_path,
      within_unit_overlap_window: 0.00017,
      between_unit_overlap_window: 0.00041,
      between_unit_dist_um: 66,
      deletion_mode: 'lowAmpCluster',
    },
    noise_waveform_params: {
      classifier_path: args.ecephys_directory === '' ? '' : `${args.ecephys_directory}/modules/noise_templates/rf_classifier.pkl`,
      use_random_forest: args.noise_template_use_rf,
      peak_channel_range_um: 150,
    },
    mean_waveform_params: {
      mean_waveforms_file: path.join(args.kilosort_output_directory, 'mean_waveforms.npy'),
      samples_per_spike: 82,
      pre_samples: 20,
      num_epochs: 1,
      spikes_per_epoch: 1000,
      spread_threshold: args.wm_spread_thresh,
      site_range: args.wm_site_range,
      cWaves_path: args.cWaves_path,
      use_C_Waves: true,
      snr_radius: sites.snrRadius,
      snr_radius_um: args.c_Waves_snr_um,
      nAP: probe.nAp,
      calc_half_run: args.c_Waves_calc_half,
    },
    quality_metrics_params: {
      isi_threshold: args.qm_isi_thresh,
      min_isi: 0.000166,
      tbin_sec: 0.001,
      max_radius_um: 68,
      max_spikes_for_unit: 500,
      max_spikes_for_nn: 10000,
      n_neighbors: 4,
      n_silhouette: 10000,
      drift_metrics_interval_s: 51,
      drift_metrics_min_spikes_per_interval: 10,
      include_pc_metrics: args.include_pc_metrics && args.ks_ver !== '3.0', // Kilosort 3 writes no usable features
      include_ibl: true,
    },
  };
}

export function tprimeSection(args: InputJsonValues) {
  return {
    tPrime_path: args.tPrime_path,
    im_ex_list: args.tPrime_im_ex_list,
    ni_ex_list: args.tPrime_ni_ex_list,
    sync_period: args.sync_period,
    toStream_sync_params: args.toStream_sync_params,
    ni_sync_params: args.niStream_sync_params,
    tPrime_3A: args.tPrime_3A,
    toStream_path_3A: args.toStream_path_3A,
    fromStream_list_3A: args.fromStream_list_3A,
    psth_ex_str: args.event_ex_param_str,
    sort_out_tag: args.ks_output_tag,
    catGT_out_tag: args.catGT_out_tag,
  };
}
