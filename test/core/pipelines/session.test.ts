import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSession } from '../../../core/pipelines/index.ts';
import { mapPath } from '../../../core/pipelines/session/pathMap.ts';
import { parseRunSpecs } from '../../../core/pipelines/session/runSpecs.ts';
import { regionValues } from '../../../core/pipelines/session/regions.ts';
import { testModules } from './support.ts';

const minimal = { version: 1, kind: 'multi-run', npx_directory: 'raw', run_specs: [['night', '0', '0,0', '0']], catGT_dest: 'out' };
const parse = (changes: Record<string, unknown> = {}) => parseSession({ ...minimal, ...changes }, path.resolve('/data'), testModules);

describe('a session', () => {
  it('has the defaults of the field\'s scripts, and paths that start at its file', () => {
    expect(parse()).toMatchObject({
      npx_directory: [path.resolve('/data/raw')], catGT_dest: path.resolve('/data/out'), json_directory: path.resolve('/data/out/json'),
      run_CatGT: true, car_mode: 'gblcar', loccar_min: 40, loccar_max: 160, process_lf: false, ks_ver: 'ag', runTPrime: true, sync_period: 1, toStream_sync_params: 'imec0', ks_nblocks: 6,
      engines: { catgt: 'embedded', tprime: 'embedded', cwaves: 'embedded', sorter: 'embedded' },
    });
  });

  it('is lenient about types as input JSONs are', () => {
    expect(parse({ ks_ver: 2.0, sync_period: '0,5', run_CatGT: 1, ks_nblocks: 5.0, ksTh_dict: { default: [9, 8] }, npx_directory: ['raw', 'raw'], json_directory: null })).toMatchObject({
      ks_ver: '2.0', sync_period: 0.5, run_CatGT: true, ks_nblocks: 5, ksTh_dict: { default: '[9,8]' }, npx_directory: [path.resolve('/data/raw')],
    });
  });

  it('may hold sections of modules, which must be right too', () => {
    expect(parse({ quality_metrics_params: { isi_threshold: 3 }, directories: { kilosort_output_tmp: 'D:\\tmp' }, path_map: [{ from: 'D:', to: '/mnt/d' }] }).overrides).toEqual({
      quality_metrics_params: { isi_threshold: 3 }, directories: { kilosort_output_tmp: '/mnt/d/tmp' },
    });
  });

  it.each([
    [{ version: undefined }, 'version: is required'],
    [{ version: 7 }, 'version: made by a newer Aftergate (schema 7, this one reads 1). It can be looked at, not run'],
    [{ version: 0 }, 'version: 0 is not known'],
    [{ kind: 'many-runs' }, 'kind: must be one of multi-run, super-run, split-shanks, file-list'],
    [{ kind: 'split-shanks', catGT_cmd_string: '-prb_fld -sepShanks=0,1000,1001,-1,-1' }, 'catGT_cmd_string: -sepShanks is given by the kind split-shanks'],
    [{ kind: 'super-run' }, 'run_specs: a super-run joins at least two runs'],
    [{ npx_dir: 'raw' }, 'npx_dir: a session has no such key'],
    [{ catGt_dest: 'x', catGT_dest: undefined }, 'catGT_dest: is required; catGt_dest: a session has no such key; did you mean catGT_dest?'],
    [{ quality_metric_params: {} }, 'quality_metric_params: a session has no such key; did you mean quality_metrics_params?'],
    [{ quality_metrics_params: { isi_treshold: 1 } }, 'quality_metrics_params.isi_treshold: there is no such parameter'],
    [{ quality_metrics_params: 3 }, 'quality_metrics_params: must be a section of parameters'],
    [{ catGT_helper_params: { run_name: 'x' } }, 'catGT_helper_params.run_name: is set by run_specs'],
    [{ sync_period: 'often' }, "sync_period: 'often' is not a number"],
    [{ car_mode: 'loud' }, "car_mode: 'loud' is not one of None, none, gblcar, gbldmx, loccar"],
    [{ engines: { catgt: 'external' } }, 'engines.catgt: external programs are not available in this version'],
    [{ engines: { sort: 'embedded' } }, 'engines.sort: a session has no such key'],
    [{ npx_directory: [] }, 'npx_directory: names no folder'],
    [{ run_specs: [] }, 'run_specs: names no run'],
    [{ run_specs: [['a', '0', '0,0']] }, 'run_specs[0]: must have name, gates, triggers, probes'],
    [{ run_specs: ['a'] }, 'run_specs[0]: must be a list: name, gates, triggers, probes, obx, regions'],
    [{ refPerMS_dict: { cortex: 'short' } }, "refPerMS_dict.cortex: 'short' is not a number"],
    [{ ksTh_dict: { cortex: '[9]' } }, "ksTh_dict.cortex: '[9]' is not two thresholds such as [10,4]"],
    [{ path_map: [{ from: 'x' }] }, 'path_map[0].to: is required'],
  ])('refuses %j', (changes, message) => {
    expect(() => parse(changes)).toThrow(expect.objectContaining({ message: expect.stringContaining(message), exitCode: 1 }));
  });

  it.runIf(process.platform !== 'win32')('says that a path of a Windows computer needs mapping', () => {
    expect(() => parse({ npx_directory: 'D:\\data' })).toThrow("npx_directory: 'D:\\data' is a path of a Windows computer");
    expect(parse({ npx_directory: ['D:\\data\\monday', '\\\\nas\\lab'], path_map: [{ from: 'd:/data', to: '/mnt/d' }, { from: '\\\\NAS', to: '/nas' }] })).toMatchObject({ npx_directory: ['/mnt/d/monday', '/nas/lab'] });
  });
});

describe('run_specs', () => {
  it('are texts as in scripts, numbers or lists', () => {
    expect(parseRunSpecs([['night', '0,2', 'start,5', '0,2:3', '0', ['cortex', 'default', 'thalamus']]])).toEqual([
      { name: 'run_specs[0]', run: 'night', gates: [0, 2], triggers: { first: 'start', last: 5 }, probes: [0, 2, 3], obx: [0], regions: ['cortex', 'default', 'thalamus'] },
    ]);
    expect(parseRunSpecs([['night', 1, 0, [0, 1], '', []]])).toMatchObject([{ gates: [1, 1], triggers: { first: 0, last: 0 }, probes: [0, 1], obx: [], regions: [] }]);
  });

  it('may list gates to be processed one by one', () => {
    expect(parseRunSpecs([['night', ['0', '2,3'], 'start,end', '0']]).map(({ gates }) => gates)).toEqual([[0, 0], [2, 3]]);
  });

  it('may give every gate its own triggers', () => {
    expect(parseRunSpecs([['night', '0,2', ['0,2', 'start,end', '1'], '0']])).toMatchObject([
      { gates: [0, 2], triggers: { first: 0, last: 2 }, triggersByGate: [{ first: 0, last: 2 }, { first: 'start', last: 'end' }, { first: 1, last: 1 }] },
    ]);
    expect(parseRunSpecs([['night', ['0', '1,2'], ['0,5', ['1,2', '0,0']], '0']])).toMatchObject([
      { gates: [0, 0], triggers: { first: 0, last: 5 } },
      { gates: [1, 2], triggersByGate: [{ first: 1, last: 2 }, { first: 0, last: 0 }] },
    ]);
  });

  it.each([
    [['a', '0,1', ['0,0'], '0'], 'run_specs[0]: triggers: there are 1 for gates 0 to 1'],
    [['a', ['0', '1'], ['0,0'], '0'], 'run_specs[0]: triggers: there are 1 for 2 gates'],
    [['a', '0,1', ['0,0', '2,1'], '0'], "run_specs[0]: triggers: '2,1' is not a range"],
    [['a', '2,1', '0,0', '0'], "run_specs[0]: gates: '2,1' is not a gate or a range"],
    [['a', 'x', '0,0', '0'], "run_specs[0]: gates: 'x'"],
    [['a', '0', 'end,start', '0'], "run_specs[0]: triggers: 'end,start' is not a range"],
    [['a', '0', '3,1', '0'], "run_specs[0]: triggers: '3,1' is not a range"],
    [['a', '0', '0,0', ''], 'run_specs[0]: probes: names no probe'],
    [['a', '0', '0,0', 'imec0'], "run_specs[0]: probes: 'imec0' is not a list"],
    [['D:\\a', '0', '0,0', '0'], "run_specs[0]: 'D:\\a' is not the name of a run"],
    [['a', '0', '0,0', '0:2', '', ['cortex']], 'run_specs[0]: regions: there are 1 for 3 probes'],
  ])('refuse %j', (spec, message) => {
    expect(() => parseRunSpecs([spec])).toThrow(message);
  });

  it('refuse a gate that is listed twice', () => {
    expect(() => parseRunSpecs([['a', '0', '0,0', '0'], ['A', '0', '1,1', '1']])).toThrow('run_specs[1]: gate 0 of A is in run_specs[0] already');
  });
});

describe('regions', () => {
  it('have a refractory period and thresholds by version of Kilosort', () => {
    expect(regionValues('thalamus', 'r', { ks_ver: '4', refPerMS_dict: {} })).toEqual({ isiSeconds: 0.001, thresholds: '[8,9]' });
    expect(regionValues('striatum', 'r', { ks_ver: '2.5', refPerMS_dict: { striatum: 3 }, ksTh_dict: { default: '[11,5]' } })).toEqual({ isiSeconds: 0.003, thresholds: '[11,5]' });
    expect(() => regionValues('talamus', 'run_specs[0]: regions', { ks_ver: '4', refPerMS_dict: {} })).toThrow(expect.objectContaining({ message: "run_specs[0]: regions: the region 'talamus' is not in refPerMS_dict", next: 'Did you mean thalamus?' }));
  });
});

describe('path_map', () => {
  it('replaces the longest beginning that ends with a folder', () => {
    const map = [{ from: 'Z:\\data', to: '/mnt/data' }, { from: 'Z:\\data\\old', to: '/old/' }];
    expect(mapPath('z:\\data\\run a\\x', map)).toBe('/mnt/data/run a/x');
    expect(mapPath('Z:/data/old/x', map)).toBe('/old/x');
    expect(mapPath('Z:\\database\\x', map)).toBe('Z:\\database\\x');
    expect(mapPath('/Data/x', [{ from: '/data', to: '/d' }])).toBe('/Data/x');
    expect(mapPath('/mnt/a', [{ from: '/mnt', to: 'D:\\lab' }])).toBe('D:\\lab/a');
  });

  it('leaves every other path alone', () => {
    fc.assert(fc.property(fc.string(), (text) => mapPath(`/a/${text}`, [{ from: '/b', to: '/c' }]) === `/a/${text}`));
  });
});
