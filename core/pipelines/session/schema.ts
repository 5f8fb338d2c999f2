// The session file, version 1: the keys of the field's scripts (sglx_multi_run_pipeline, sglx_filelist_pipeline) and a few
// of our own. Besides these, a session may hold the sections of modules (quality_metrics_params ...): see overrides.ts.

import { z } from 'zod';
import { choice, decimal, flag, folder, text, whole } from '../../modules/record/index.ts';
import { kilosortVersion, thresholds } from '../../modules/createInputJson/index.ts';

const engine = (what: string) => choice(['embedded', 'external'], { help: `What does ${what}: the program built in, or an external one.` }).default('embedded');

/** One text or a list of them. */
function oneOrMore(facts: { help: string }) {
  const asList = (value: unknown) => (typeof value === 'string' ? [value] : value);
  return z.preprocess(asList, z.array(folder(facts), { error: 'must be a folder or a list of folders' }).min(1, { error: 'names no folder' }));
}

const moduleList = z.array(text({ help: 'Name of a module.' }), { error: 'must be a list of module names' });

/** What both kinds have. */
const common = {
  version: z.literal(1, { error: 'must be 1' }),
  json_directory: folder({ help: 'Where the JSON of every step goes, and the journal.' }).optional(),
  logName: text({ help: 'Name of the csv file that lists what was sorted.' }).default('pipeline_log.csv'),
  path_map: z.array(z.strictObject({ from: text({ help: 'Beginning of paths as they stand here.' }), to: text({ help: 'What it is on this computer.' }) }), { error: 'must be a list of {from, to}' }).default([]),
  engines: z.strictObject({ catgt: engine('CatGT'), tprime: engine('TPrime'), cwaves: engine('C_Waves'), sorter: engine('sorting') }).prefault({}),

  ks_ver: kilosortVersion().default('ag'),
  ks_output_tag: text({ help: 'Ending of the sorter\'s output folders; by default ag, ks2, ks25, ks3 or ks4.' }).optional(),
  modules: z.union([moduleList, z.record(z.string(), moduleList)], { error: 'must be a list of module names, or such lists by probe: {"default": [...], "imec1": [...]}' }).optional(),
  refPerMS_dict: z.record(z.string(), decimal({ help: 'Refractory period.', unit: 'ms', min: 0 }), { error: 'must give ms by region' }).default({}),
  ksTh_dict: z.record(z.string(), thresholds('Kilosort\'s two thresholds.'), { error: 'must give thresholds by region' }).optional(),
  ks_remDup: whole({ help: 'Remove duplicate spikes in Kilosort: 0 or 1.' }).default(0),
  ks_saveRez: whole({ help: 'Save rez.mat: 0 or 1.' }).default(1),
  ks_copy_fproc: whole({ help: 'Keep Kilosort\'s preprocessed binary: 0 or 1.' }).default(0),
  ks_templateRadius_um: decimal({ help: 'A template spans sites within this distance.', unit: 'um' }).default(163),
  ks_whiteningRadius_um: decimal({ help: 'Sites within this distance whiten each other.', unit: 'um' }).default(163),
  ks_minfr_goodchannels: decimal({ help: 'Firing rate a channel needs to be used.', unit: 'Hz' }).default(0.1),
  ks_CAR: whole({ help: 'Common average reference in Kilosort: 0 or 1.' }).default(0),
  ks_nblocks: whole({ help: 'Blocks of the drift correction.', min: 0 }).default(6),
  ks_doFilter: whole({ help: 'Filter in Kilosort: 0 or 1.' }).default(0),
  ks4_duplicate_spike_ms: decimal({ help: 'Spikes of a unit closer than this are duplicates.', unit: 'ms' }).default(0.25),
  ks4_min_template_size_um: decimal({ help: 'Smallest width of Kilosort 4\'s universal templates.', unit: 'um' }).default(10),
  c_Waves_snr_um: decimal({ help: 'The SNR of a unit is measured within this distance of its peak.', unit: 'um' }).default(160),
};

export const multiRunSchema = z.strictObject({
  kind: z.enum(['multi-run', 'super-run', 'split-shanks']),
  ...common,
  npx_directory: oneOrMore({ help: 'Folder that holds the run folders; several when a run is spread over drives.' }),
  run_specs: z.array(z.array(z.unknown(), { error: 'must be a list: name, gates, triggers, probes, obx, regions' }), { error: 'must be a list of runs' }).min(1, { error: 'names no run' }),
  catGT_dest: folder({ help: 'Where all results go.' }),
  run_CatGT: flag({ help: 'False when CatGT has been run before.' }).default(true),
  keep_catgt_ap: flag({ help: 'Whether CatGT\'s AP binaries stay. False: that of a probe is removed when all its steps and TPrime have succeeded; its meta stays, with a note.' }).default(true),
  process_lf: flag({ help: 'Whether CatGT also filters the LF band.' }).default(false),
  ni_present: flag({ help: 'Whether there is NI; left out, NI is taken where it is found.' }).optional(),
  obx_present: flag({ help: 'Whether there are OneBoxes; left out, those of run_specs are taken.' }).optional(),
  ni_obx_extract_string: text({ help: 'Extractors for NI and OneBox, as CatGT options.' }).default(''),
  catGT_cmd_string: text({ help: 'Further CatGT options.' }).default('-prb_fld -out_prb_fld -apfilter=butter,12,300,10000 -lffilter=butter,12,1,500 -gfix=0.4,0.10,0.02'),
  car_mode: choice(['None', 'none', 'gblcar', 'gbldmx', 'loccar'], { help: 'Common average reference of CatGT.' }).default('gblcar'),
  loccar_min: whole({ help: 'Inner radius of the ring for loccar.', unit: 'um', min: 0 }).default(40),
  loccar_max: whole({ help: 'Outer radius of the ring for loccar.', unit: 'um', min: 0 }).default(160),
  runTPrime: flag({ help: 'Whether times are aligned.' }).default(true),
  sync_period: decimal({ help: 'Period of the sync pulse.', unit: 's', min: 0.001 }).default(1),
  toStream_sync_params: text({ help: 'The stream all times are aligned to: ni, obx0, imec0.' }).default('imec0'),
  create_aux_timepoints: flag({ help: 'Whether a time is written for every sample of NI and OneBoxes.' }).default(false),
  event_ex_param_str: text({ help: 'The extractor whose times become events.csv.' }).default(''),
});

export const fileListSchema = z.strictObject({
  kind: z.literal('file-list'),
  ...common,
  file_list: z.array(z.unknown(), { error: 'must be a list of files' }).min(1, { error: 'names no file' }),
  kilosort_output_parent: folder({ help: 'Where <run>_g0_imec0/imec0_<tag> is made; by default beside each file.' }).optional(),
});
