import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createInputJson, formatInputJson, parseInputJsonArguments } from '../../../core/modules/createInputJson/index.ts';
import { sitesOf } from '../../../core/modules/createInputJson/sites.ts';
import { type EphysParams, ephysParams, type Meta, readMeta } from '../../../core/spikeglx/index.ts';
import { quickRun } from '../../../core/simulate/index.ts';
import { temporaryFolder } from '../../support/folders.ts';

const required = { continuous_file: '/out/run_g0_tcat.imec0.ap.bin', input_meta_path: 'a.meta', extracted_data_directory: '/out', kilosort_output_directory: '/out/imec0_ks4' };

let meta: Meta;
beforeAll(async () => {
  const { files } = await quickRun(path.join(temporaryFolder(), 'raw'), { seconds: 0.1, probe: { units: { count: 0 } } });
  meta = await readMeta(files.find(({ label }) => label === 'imec0.ap')!.meta);
});

const create = (changes: Record<string, unknown> = {}, options = {}) => createInputJson(parseInputJsonArguments({ ...required, ...changes }), ephysParams(meta, options), options);
const sectionOf = (name: string, changes: Record<string, unknown> = {}) => create(changes).content[name] as Record<string, unknown>;

describe('createInputJson', () => {
  it('writes every section of the Python pipeline', () => {
    expect(Object.keys(create().content).sort()).toEqual([
      'catGT_helper_params', 'cluster_metrics', 'common_files', 'depth_estimation_params', 'directories', 'ephys_params', 'extract_from_npx_params', 'kilosort_helper_params', 'ks4_helper_params',
      'ks_postprocessing_params', 'mean_waveform_params', 'median_subtraction_params', 'noise_waveform_params', 'psth_events', 'pykilosort_helper_params', 'quality_metrics_params', 'tPrime_helper_params', 'waveform_metrics',
    ]);
  });

  it('reads from the meta what a file holds', () => {
    expect(sectionOf('ephys_params')).toMatchObject({ probe_type: 'NP1', num_channels: 17, num_sync_channels: 1, bit_volts: 2.34375, ap_band_file: '/out/run_g0_tcat.imec0.ap.bin', lfp_band_file: '/out/run_g0_tcat.imec0.lf.bin' });
    expect(sectionOf('mean_waveform_params')).toMatchObject({ nAP: 16, snr_radius_um: 160, mean_waveforms_file: path.join('/out/imec0_ks4', 'mean_waveforms.npy') });
    expect(create().summary[1]).toMatch(/^probe type: NP1, sample_rate: (29999|30000)\.\d{5}, num_channels: 17, uVPerBit: 2\.3438$/);
  });

  it('puts arguments where modules look for them, in their type', () => {
    expect(sectionOf('ks4_helper_params', { ks_Th: '[8.5,9]', ks_CAR: '1' })).toMatchObject({ do_CAR: true, ks4_params: { Th_universal: 8, Th_learned: 9 } });
    expect(sectionOf('tPrime_helper_params', { sync_period: '0.5', event_ex_param_str: 'xd=0,0,1,1,0', fromStream_list_3A: 'a.txt,b.txt' })).toMatchObject({ sync_period: 0.5, psth_ex_str: 'xd=0,0,1,1,0', fromStream_list_3A: ['a.txt', 'b.txt'], sort_out_tag: 'ks4' });
    expect(sectionOf('quality_metrics_params', { ks_ver: 3.0 })).toMatchObject({ include_pc_metrics: false });
    expect(sectionOf('kilosort_helper_params', { kilosort_output_tmp: 'D:\\tmp' })).toMatchObject({ matlab_home_directory: 'D:\\tmp', kilosort2_params: { KSver: '4', fproc: "'D:/tmp/temp_wh.dat'" } });
  });

  it('names places of programs only when they are given, or to compare with the Python pipeline', () => {
    expect(formatInputJson(create().content)).not.toMatch(/catGTPath|cWaves_path|tPrime_path|ecephys_directory|kilosort_output_tmp|matlab_home_directory|_matlab_repository|kilosort_repository/);
    expect(create({ tPrime_path: '/tools/TPrime' }, { compat: true }).content).toMatchObject({ catGT_helper_params: { catGTPath: 'C:\\Users\\colonellj\\Documents\\CatGT-win' }, tPrime_helper_params: { tPrime_path: '/tools/TPrime' } });
  });

  it.each([
    [{ ks_version: '4' }, "create-input-json has no argument 'ks_version'"],
    [{ continuous_file: undefined, input_meta_path: undefined }, 'continuous_file: is required; input_meta_path: is required'],
    [{ ks_Th: '10' }, "ks_Th: '10' is not two thresholds such as [10,4]"],
    [{ ks_nblocks: 'few' }, "ks_nblocks: 'few' is not a whole number"],
    [{ spikeGLX_data: 'false' }, 'spikeGLX_data: only SpikeGLX data can be processed'],
  ])('refuses %j', (changes, message) => {
    expect(() => create(changes)).toThrow(expect.objectContaining({ message: expect.stringContaining(message), exitCode: 2 }));
  });

  it('is written with sorted keys and four spaces', () => {
    expect(formatInputJson({ b: { z: 1, a: [2] }, a: 'ü' })).toBe('{\n    "a": "ü",\n    "b": {\n        "a": [\n            2\n        ],\n        "z": 1\n    }\n}\n');
  });
});

describe('distances in sites', () => {
  // Probes of public test data and what the Python pipeline makes of them.
  const probe = (vpitch: number, hpitch: number, nColumn: number): EphysParams => ({ probeType: '', sampleRate: 30000, numChannels: 385, nAp: 384, nSy: 1, uvPerBit: 1, referenceChannels: [], useGeom: true, vpitch, hpitch, nColumn });
  it.each([
    ['NP1.0', probe(20, 32, 2), { loccarInner: 2, loccarOuter: 8, whitening: 32, templateSites: 32, snrRadius: 8 }],
    ['NP2.0', probe(15, 32, 2), { loccarInner: 3, loccarOuter: 11, whitening: 43, templateSites: 32, snrRadius: 11 }],
    ['NP-Ultra', probe(6, 6, 8), { loccarInner: 7, loccarOuter: 27, whitening: 384, templateSites: 32, snrRadius: 27 }],
    ['a stripe of NP-Ultra', probe(6, 6, 2), { loccarInner: 7, loccarOuter: 27, whitening: 109, templateSites: 32, snrRadius: 27 }],
    ['one row', probe(0, 50, 8), { loccarInner: 1, loccarOuter: 3, whitening: 50, templateSites: 32, snrRadius: 3 }],
  ])('of %s', (_, params, expected) => {
    expect(sitesOf(parseInputJsonArguments(required), params)).toEqual(expected);
  });

  it('take a fixed number of sites for templates, but no more than Kilosort does', () => {
    const sites = (count: number) => sitesOf(parseInputJsonArguments({ ...required, ks_nNeighbors_sites_fix: count }), probe(20, 32, 2)).templateSites;
    expect([sites(12), sites(64)]).toEqual([12, 32]);
  });
});
