// An input JSON of a module, ours or the Python pipeline's, to what it means for a session: sections to keys where the
// session has one, else to parameters of modules where they differ from what a session would write.

import { modules, type ParameterInput, type ParameterSchema } from '../../modules/index.ts';
import { createInputJson, parseInputJsonArguments } from '../../modules/createInputJson/index.ts';
import { isObject } from '../../modules/record/index.ts';
import { ephysParams, parseMeta, parseSglxName } from '../../spikeglx/index.ts';
import { knownSections, planned } from '../session/overrides.ts';
import { catgtWords, modernExtractor } from './catgtWords.ts';
import { asIs, asKey, type NotUsed, type Reading, shown, type Understood } from './reading.ts';
import { leaves } from './settings.ts';
import { shellWords } from './shellText.ts';

type Item = Understood | NotUsed;

/** Sections that say where files are and what a recording holds: found anew for every probe. */
const found = new Set(['directories', 'common_files', 'waveform_metrics', 'cluster_metrics', 'ephys_params', 'aux_timepoints_params']);
/** Parameters that follow from the probe or from others. */
const derived = new Set([
  'catGT_helper_params.loccar_inner', 'catGT_helper_params.loccar_outer', 'catGT_helper_params.useGeom', 'catGT_helper_params.catGTPath', 'ks_postprocessing_params.cWaves_path',
  'mean_waveform_params.mean_waveforms_file', 'mean_waveform_params.snr_radius', 'mean_waveform_params.nAP', 'mean_waveform_params.cWaves_path', 'kilosort_helper_params.matlab_home_directory',
  'kilosort_helper_params.kilosort_repository', 'kilosort_helper_params.npy_matlab_repository', 'kilosort_helper_params.ks_make_copy', 'kilosort_helper_params.kilosort_version', 'ks4_helper_params.ks_make_copy', 'spike_sorter_params.ks_make_copy',
  ...['fproc', 'chanMap', 'gain', 'whiteningRange', 'nNeighbors'].map((key) => `kilosort_helper_params.kilosort2_params.${key}`), 'ks4_helper_params.ks4_params.whitening_range',
  'tPrime_helper_params.tPrime_path', 'psth_events.event_ex_param_str', 'ks4_helper_params.do_CAR', 'ks4_helper_params.doFilter', 'ks4_helper_params.save_preprocessed_copy',
]);
/** Parameters that are keys of the session. */
const sessionKeys: Readonly<Record<string, string>> = {
  'catGT_helper_params.car_mode': 'car_mode', 'catGT_helper_params.loccar_inner_um': 'loccar_min', 'catGT_helper_params.loccar_outer_um': 'loccar_max',
  'kilosort_helper_params.kilosort2_params.KSver': 'ks_ver', 'kilosort_helper_params.kilosort2_params.remDup': 'ks_remDup', 'kilosort_helper_params.kilosort2_params.saveRez': 'ks_saveRez',
  'kilosort_helper_params.kilosort2_params.copy_fproc': 'ks_copy_fproc', 'kilosort_helper_params.kilosort2_params.minfr_goodchannels': 'ks_minfr_goodchannels', 'kilosort_helper_params.kilosort2_params.CAR': 'ks_CAR',
  'kilosort_helper_params.kilosort2_params.nblocks': 'ks_nblocks', 'kilosort_helper_params.kilosort2_params.doFilter': 'ks_doFilter', 'ks4_helper_params.ks4_params.nblocks': 'ks_nblocks',
  'ks4_helper_params.ks4_params.duplicate_spike_ms': 'ks4_duplicate_spike_ms', 'ks4_helper_params.ks4_params.min_template_size': 'ks4_min_template_size_um', 'mean_waveform_params.snr_radius_um': 'c_Waves_snr_um',
  'tPrime_helper_params.sync_period': 'sync_period', 'tPrime_helper_params.toStream_sync_params': 'toStream_sync_params', 'tPrime_helper_params.sort_out_tag': 'ks_output_tag',
};
const thresholds = new Set(['kilosort_helper_params.kilosort2_params.Th', 'ks4_helper_params.ks4_params.Th_universal', 'ks4_helper_params.ks4_params.Th_learned']);

export function isInputJson(content: ParameterInput): boolean {
  return isObject(content.ephys_params) || isObject(content.catGT_helper_params) || isObject(content.directories) || Object.keys(content).some((key) => Object.hasOwn(knownSections(modules), key));
}

export function readInputJsonContent(content: ParameterInput): Reading {
  const known = knownSections(modules);
  const usual = leaves(usualContent());
  const values = leaves(content);
  const version = values['kilosort_helper_params.kilosort2_params.KSver'];
  const role = roleOf(content);
  const items = Object.entries(content).flatMap(([section, value]): Item[] => {
    if (role === 'tprime' && section === 'catGT_helper_params') return runItems(content);
    if (Object.hasOwn(known, section) && !isRead(role, section)) return [asIs(section, section, 'not read by this step')];
    if (found.has(section)) return [asIs(section, section, 'found anew for every probe')];
    if (!Object.hasOwn(known, section) || !isObject(value)) return [{ token: section, reason: 'No module here reads this section.' }];
    return sectionItems(section, value, known[section], usual, version);
  });
  return { items: [...placeItems(content), ...items], allOptions: role === 'catgt', allExtractors: role === 'catgt' };
}

type Role = 'catgt' | 'tprime' | 'probe';

/** Every JSON has all sections; which step it was made for tells which of them count. */
function roleOf(content: ParameterInput): Role {
  const { cmdStr, stream_string, run_name } = (content.catGT_helper_params ?? {}) as ParameterInput;
  if (typeof cmdStr === 'string' && cmdStr !== '' && typeof stream_string === 'string') return 'catgt';
  return isObject(content.tPrime_helper_params) && typeof run_name === 'string' && !/_imec\d*$/.test(run_name) ? 'tprime' : 'probe';
}

function isRead(role: Role, section: string): boolean {
  if (found.has(section)) return true;
  if (role === 'catgt') return section === 'catGT_helper_params';
  return role === 'tprime' ? section === 'tPrime_helper_params' : section !== 'catGT_helper_params' && section !== 'tPrime_helper_params';
}

/** Alignment alone: CatGT has been run, and no module runs on the probes. */
function runItems({ catGT_helper_params: section }: ParameterInput): Item[] {
  const { run_name, gate_string, probe_string } = section as Readonly<Record<string, unknown>>;
  const part = (key: string, name: 'run' | 'gates' | 'probes', value: unknown) => (typeof value === 'string' ? [spec(`catGT_helper_params.${key}`, name, value)] : []);
  return [...part('run_name', 'run', run_name), ...part('gate_string', 'gates', gate_string), ...part('probe_string', 'probes', probe_string), asKey('catGT_helper_params', 'run_CatGT', false)];
}

/** Where the recording is and where results go. */
function placeItems(content: ParameterInput): Item[] {
  const { npx_directory, extracted_data_directory } = (content.directories ?? {}) as ParameterInput;
  const file = (content.ephys_params as ParameterInput | undefined)?.ap_band_file;
  const role = roleOf(content);
  if (role !== 'probe') {
    return [
      ...(typeof npx_directory === 'string' ? [asKey('directories.npx_directory', 'npx_directory', [npx_directory])] : []),
      ...(typeof extracted_data_directory === 'string' ? [asKey('directories.extracted_data_directory', 'catGT_dest', extracted_data_directory)] : []),
    ];
  }
  const isJoined = typeof file === 'string' && parseSglxName(file.split(/[\\/]/).at(-1)!)?.stream.kind === 'ap';
  return isJoined ? [asKey('ephys_params.ap_band_file', 'file_list', [[file, ['default']]])] : [];
}

function sectionItems(section: string, value: ParameterInput, schema: ParameterSchema, usual: ParameterInput, version: unknown): Item[] {
  const same: string[] = [];
  const items = Object.entries(leaves(value)).flatMap(([key, inner]): Item[] => {
    const name = `${section}.${key}`;
    const isSame = JSON.stringify(inner) === JSON.stringify(usual[name]);
    const special = specialItem(name, key, inner, version, value);
    if (special) return special;
    if (Object.hasOwn(sessionKeys, name)) return [asKey(name, sessionKeys[name], inner)];
    if (isSame || derived.has(name) || Object.hasOwn(planned, name)) {
      same.push(key);
      return [];
    }
    const isKnown = key.split('.').reduce<ParameterSchema | undefined>((at, part) => at?.properties?.[part], schema) !== undefined;
    return [isKnown ? { token: name, field: name, value: shown(inner), changes: [{ kind: 'section', section, key, value: inner }] } : { token: name, reason: 'No module here has this parameter.' }];
  });
  return same.length === 0 ? items : [...items, asIs(section, section, `${same.length} values as usual`)];
}

/** undefined: nothing special about it. */
function specialItem(name: string, key: string, value: unknown, version: unknown, section: ParameterInput): Item[] | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  switch (name) {
    case 'catGT_helper_params.cmdStr':
    case 'catGT_helper_params.stream_string': return catgtWords(shellWords(text));
    case 'catGT_helper_params.run_name': return [spec(name, 'run', text)];
    case 'catGT_helper_params.gate_string': return [spec(name, 'gates', text)];
    case 'catGT_helper_params.trigger_string': return [spec(name, 'triggers', text)];
    case 'catGT_helper_params.probe_string': return [spec(name, 'probes', text)];
    case 'tPrime_helper_params.toStream_sync_params': return text === '' ? [asIs(name, key, 'nothing')] : undefined;
    case 'quality_metrics_params.isi_threshold': return typeof value === 'number' ? [asKey(name, 'refPerMS_dict', { default: value * 1000 })] : undefined;
    case 'tPrime_helper_params.psth_ex_str': return [asKey(name, 'event_ex_param_str', modernExtractor(text))];
    case 'catGT_helper_params.maxZ_um': return typeof value === 'number' && value > 0 ? undefined : [asIs(name, key, 'all sites')];
    default: break;
  }
  if (!thresholds.has(name)) return undefined;
  if (name.endsWith('Th') && version !== '4' && version !== 'ag') return [asKey(name, 'ksTh_dict', { default: text })];
  if (name.endsWith('Th_universal') && version === '4') return [asKey(name, 'ksTh_dict', { default: JSON.stringify([value, leaves(section)['ks4_params.Th_learned']]) })];
  return [asIs(name, key, 'given with the thresholds')];
}

function spec(token: string, part: 'run' | 'gates' | 'triggers' | 'probes', value: string): Understood {
  return { token, field: token, value, changes: [{ kind: 'spec', part, value }] };
}

/** What create-input-json writes without being told anything, for a common probe: numbers that need no saying. */
function usualContent(): ParameterInput {
  const channels = Array.from({ length: 384 }, (_, channel) => `(${channel} 0 0 500 250 1)`).join('');
  const sites = Array.from({ length: 384 }, (_, site) => `(0:${27 + 32 * (site % 2)}:${20 * Math.floor(site / 2)}:1)`).join('');
  const lines = ['typeThis=imec', 'imDatPrb_type=0', 'imDatPrb_pn=NP1010', 'imSampRate=30000', 'imAiRangeMax=0.6', 'imAiRangeMin=-0.6', 'imMaxInt=512', 'nSavedChans=385', 'snsApLfSy=384,0,1', 'acqApLfSy=384,384,1', 'snsSaveChanSubset=all', `~imroTbl=(0,384)${channels}`, `~snsGeomMap=(NP1010,1,0,70)${sites}`];
  const meta = parseMeta(new TextEncoder().encode(`${lines.join('\n')}\n`), 'usual.meta');
  const none = { continuous_file: '', input_meta_path: '', extracted_data_directory: '', kilosort_output_directory: '' };
  return createInputJson(parseInputJsonArguments(none), ephysParams(meta)).content;
}
