// The arguments of createInputJson, under the names and with the defaults of the Python pipeline. The last group are the
// places of programs, which the Python pipeline keeps in its source.

import { z } from 'zod';
import { UsageError } from '../../common/index.ts';
import { choice, decimal, file, flag, folder, nearMiss, type ParameterInput, parameterSchema, section, text, texts, whole } from '../record/index.ts';

const ints = '0 or 1.';

export const inputJsonArguments = section('Arguments of create-input-json.', {
  npx_directory: folder({ help: 'Folder that holds the run folders SpikeGLX wrote.' }).default(''),
  continuous_file: file({ help: 'The AP binary the modules are to work on.' }),
  input_meta_path: file({ help: 'The .meta file of the probe: rate, channels, gains and sites come from it.' }),
  extracted_data_directory: folder({ help: 'Where CatGT puts its output; for later modules, where the data is.' }),
  kilosort_output_directory: folder({ help: 'The sorter\'s output folder.' }),
  spikeGLX_data: flag({ help: 'Always true: no other data is read.' }).default(true),
  ks_make_copy: flag({ help: 'Keep the sorter\'s output as <folder>_orig before modules change it.' }).default(false),
  probe_type: text({ help: 'Ignored: the type of the probe is read from the meta file.' }).default(''),

  catGT_run_name: text({ help: 'Name of the run, without _g and _t.' }).default('test'),
  gate_string: text({ help: 'Gate, or first and last gate: "0" or "0,3".' }).default('0'),
  trigger_string: text({ help: 'First and last trigger: "0,0".' }).default('0,0'),
  probe_string: text({ help: 'Probes: "0", "0,3" or "0:3".' }).default('0'),
  catGT_stream_string: text({ help: 'Streams as CatGT options: -ap -lf -ni.' }).default('-ap'),
  catGT_car_mode: text({ help: 'None, gblcar, gbldmx or loccar.' }).default('gbldmx'),
  catGT_loccar_min_um: whole({ help: 'Inner radius of the ring for loccar.', unit: 'um', min: 0 }).default(40),
  catGT_loccar_max_um: whole({ help: 'Outer radius of the ring for loccar.', unit: 'um', min: 0 }).default(160),
  catGT_cmd_string: text({ help: 'Further CatGT options, as on its command line.' }).default(''),
  catGT_maxZ_um: decimal({ help: 'Leave out sites farther than this from the tip; -1 keeps all.', unit: 'um' }).default(-1),
  catGT_out_tag: text({ help: 'Beginning of the output folder: catgt or supercat.' }).default('catgt'),

  ks_ver: kilosortVersion().default('4'),
  ks_helper_noise_threshold: whole({ help: 'Channels noisier than this are left out by kilosort_helper.', unit: 'uV' }).default(20),
  ks_doFilter: whole({ help: `Filter in Kilosort: ${ints}` }).default(0),
  ks_remDup: whole({ help: `Remove duplicate spikes in Kilosort: ${ints}` }).default(0),
  ks_finalSplits: whole({ help: `Final splits in Kilosort: ${ints}` }).default(1),
  ks_labelGood: whole({ help: `Label good units in Kilosort: ${ints}` }).default(1),
  ks_saveRez: whole({ help: `Save rez.mat: ${ints}` }).default(1),
  ks_copy_fproc: whole({ help: `Keep Kilosort's preprocessed binary: ${ints}` }).default(0),
  ks_minfr_goodchannels: decimal({ help: 'Firing rate a channel needs to be used; 0 keeps all.', unit: 'Hz' }).default(0.1),
  ks_whiteningRadius_um: decimal({ help: 'Sites within this distance whiten each other.', unit: 'um', min: 0 }).default(163),
  ks_Th: thresholds('Kilosort\'s two thresholds: [10,4].').default('[10,4]'),
  ks_CSBseed: whole({ help: 'Seed of the order of batches.' }).default(1),
  ks_LTseed: whole({ help: 'Seed of the templates.' }).default(1),
  ks_templateRadius_um: decimal({ help: 'A template spans sites within this distance.', unit: 'um', min: 0 }).default(163),
  ks_nblocks: whole({ help: 'Blocks of the drift correction: 0 none, 1 rigid.', min: 0 }).default(5),
  ks_CAR: whole({ help: `Common average reference in Kilosort (CatGT has done it): ${ints}` }).default(0),
  ks_output_tag: text({ help: 'Ending of the sorter\'s output folder: ks4 for imec0_ks4.' }).default('ks4'),
  ks_tmin: decimal({ help: 'Sort from here.', unit: 's' }).default(0),
  ks_tmax: decimal({ help: 'Sort up to here; -1 for the end.', unit: 's' }).default(-1),
  ks_nNeighbors_sites_fix: whole({ help: 'Sites of a template; 0 takes them from ks_templateRadius_um.', min: 0 }).default(0),
  ks4_duplicate_spike_ms: decimal({ help: 'Spikes of a unit closer than this are duplicates.', unit: 'ms' }).default(0.25),
  ks4_min_template_size_um: decimal({ help: 'Smallest width of Kilosort 4\'s universal templates.', unit: 'um' }).default(10),

  noise_template_use_rf: flag({ help: 'Use the random forest to find noise templates.' }).default(true),
  c_Waves_snr_um: decimal({ help: 'The SNR of a unit is measured within this distance of its peak.', unit: 'um', min: 0 }).default(160),
  c_Waves_calc_half: flag({ help: 'Mean waveforms of both halves of the recording.' }).default(false),
  wm_spread_thresh: decimal({ help: 'Sites with this part of the peak amplitude count into the spread.' }).default(0.12),
  wm_site_range: decimal({ help: 'Sites on each side of the peak that waveform metrics look at.' }).default(16),
  qm_isi_thresh: decimal({ help: 'Refractory period.', unit: 's' }).default(0.0015),
  include_pc_metrics: flag({ help: 'Metrics in the space of principal components; never with Kilosort 3.' }).default(true),
  depth_est_fig: whole({ help: `Write the figure of depth_estimation: ${ints}` }).default(0),

  event_ex_param_str: text({ help: 'The extractor whose times become events.csv: xd=0,0,8,1,0.' }).default(''),
  sync_period: decimal({ help: 'Period of the sync pulse.', unit: 's' }).default(1),
  toStream_sync_params: text({ help: 'The stream all times are aligned to: ni, obx0, imec0.' }).default(''),
  niStream_sync_params: text({ help: 'Old way to name the sync channel; written, not used.' }).default(''),
  tPrime_im_ex_list: text({ help: 'Old list of extractors; written, not used.' }).default(''),
  tPrime_ni_ex_list: text({ help: 'Old list of extractors; written, not used.' }).default(''),
  tPrime_3A: flag({ help: 'Phase 3A probes, whose edge files are named one by one.' }).default(false),
  toStream_path_3A: text({ help: 'With tPrime_3A: edge file of the stream to align to.' }).default(' '),
  fromStream_list_3A: texts({ help: 'With tPrime_3A: edge files of the other streams.' }).default([]),

  ecephys_directory: folder({ help: 'Where the Python pipeline is; only written.' }).default(''),
  catGTPath: folder({ help: 'Folder of the native CatGT.' }).default(''),
  tPrime_path: folder({ help: 'Folder of the native TPrime.' }).default(''),
  cWaves_path: folder({ help: 'Folder of the native C_Waves.' }).default(''),
  kilosort_repository: folder({ help: 'Folder of the MATLAB Kilosort.' }).default(''),
  npy_matlab_repository: folder({ help: 'Folder of npy-matlab.' }).default(''),
  kilosort_output_tmp: folder({ help: 'Scratch folder of Kilosort, best on a fast local drive.' }).default(''),
});

/** What a caller may leave out stands with its default in the record. */
export type InputJsonArguments = z.input<typeof inputJsonArguments>;
export type InputJsonValues = z.output<typeof inputJsonArguments>;

/** Checks arguments; texts are read as the argument's type. Throws UsageError that names every wrong one. */
export function parseInputJsonArguments(given: ParameterInput): InputJsonValues {
  const known = Object.keys(parameterSchema(inputJsonArguments).properties ?? {});
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const meant = nearMiss(unknown, known);
    throw new UsageError(`create-input-json has no argument '${unknown}'`, { next: meant ? `Did you mean ${meant}?` : 'aftergate create-input-json --help lists the arguments.' });
  }
  const result = inputJsonArguments.safeParse(given);
  if (!result.success) throw new UsageError(result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  if (!result.data.spikeGLX_data) throw new UsageError('spikeGLX_data: only SpikeGLX data can be processed');
  return result.data;
}

/** A JSON number 2.0 arrives as 2. */
export function kilosortVersion() {
  const withPoint = (value: unknown) => ({ 2: '2.0', 3: '3.0', '4.0': '4' })[String(value)] ?? value;
  const versions = choice(['2.0', '2.5', '3.0', '4', 'ag'], { help: 'The sorter: a version of Kilosort, or ag for the embedded one.' });
  return z.preprocess(withPoint, versions);
}

/** `[10,4]` as text, as scripts give it, or as a list. */
export function thresholds(help: string) {
  const asText = (value: unknown) => (Array.isArray(value) ? JSON.stringify(value) : value);
  const pair = text({ help }).refine((value) => thresholdPair(value) !== undefined, { error: (issue) => `'${String(issue.input)}' is not two thresholds such as [10,4]` });
  return z.preprocess(asText, pair);
}

export function thresholdPair(text: string): [number, number] | undefined {
  const [, first, second] = /^\s*\[?\s*(-?\d+(?:\.\d+)?)[\s,]+(-?\d+(?:\.\d+)?)\s*\]?\s*$/.exec(text) ?? [];
  return first === undefined ? undefined : [Number(first), Number(second)];
}
