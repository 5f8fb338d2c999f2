// What the probes, sort and modules steps write into a session.

import { describe, expect, test } from 'vitest';
import type { ParameterSpec, RegionRow } from '../../../core/service/contract/index.ts';
import { chosenSorter, modulesOf, patchLikeOthers, patchModule, patchSorter } from '../../../renderer/screens/session/steps/modules/lists.ts';
import { changedParams, patchFor, patchSections, searched, valueAt } from '../../../renderer/screens/session/steps/modules/values.ts';
import { channelText, readChannels, readExclusions, withExclusions } from '../../../renderer/screens/session/steps/probes/exclusions.ts';
import { filesOf, patchRegionMoved, readUse, usersOfRegions, withObx, withProbe, withRegionMoved } from '../../../renderer/screens/session/steps/probes/specs.ts';
import { differing, rowsOfSession } from '../../../renderer/screens/session/steps/sort/regionsOfSession.ts';

describe('run_specs', () => {
  const entry = ['m41', '0,1', ['start,end', '0,0'], '0,2', '0', ['cortex', 'thalamus']];

  test('probes come and go with their regions; gates and triggers stay as they were', () => {
    expect(withProbe(entry, 1, true, 'medulla')).toEqual(['m41', '0,1', ['start,end', '0,0'], '0,1,2', '0', ['cortex', 'medulla', 'thalamus']]);
    expect(withProbe(entry, 0, false, '')).toEqual(['m41', '0,1', ['start,end', '0,0'], '2', '0', ['thalamus']]);
    expect(withObx(entry, 1, true)[4]).toBe('0,1');
  });

  test('are read in all the forms scripts have', () => {
    expect(readUse(['m41', 0, '0,0', '0:2']).probes).toEqual([0, 1, 2].map((probe) => ({ probe, region: 'default' })));
    expect(readUse(['m41', 0, '0,0', [3], '', 'cortex']).probes).toEqual([{ probe: 3, region: 'cortex' }]);
  });

  test('a probe that is sorted apart has a region per shank, told and renamed shank by shank', () => {
    const apart = withProbe(entry, 2, true, ['cortex', 'cortex', 'thalamus', 'default']);
    expect(readUse(apart).probes[1]).toEqual({ probe: 2, region: ['cortex', 'cortex', 'thalamus', 'default'] });
    expect(usersOfRegions({ run_specs: [apart] })).toEqual({ cortex: ['imec0', 'imec2 shanks 0 1'], thalamus: ['imec2 shank 2'], default: ['imec2 shank 3'] });
    expect(withRegionMoved(apart, 'cortex', 'V1')[5]).toEqual(['V1', ['V1', 'V1', 'thalamus', 'default']]);
  });

  test('a region that is renamed is renamed where it is used', () => {
    expect(withRegionMoved(entry, 'cortex', 'V1')[5]).toEqual(['V1', 'thalamus']);
    expect(usersOfRegions({ run_specs: [entry, ['m42', '0', 'start,end', '0', '', ['cortex']]] })).toEqual({ cortex: ['m41 imec0', 'm42 imec0'], thalamus: ['m41 imec2'] });
  });
});

test('files of a list have a region each, in all the forms sessions have', () => {
  const session = { file_list: ['/d/a.bin', ['D:\\d\\b.bin', ['cortex']], { file: '/d/c.bin', region: 'cortex' }] };
  expect(filesOf(session)).toEqual([{ file: '/d/a.bin', region: 'default' }, { file: 'D:\\d\\b.bin', region: 'cortex' }, { file: '/d/c.bin', region: 'cortex' }]);
  expect(usersOfRegions(session)).toEqual({ default: ['a.bin'], cortex: ['b.bin', 'c.bin'] });
  expect(patchRegionMoved(session, 'cortex', 'V1')).toEqual({ file_list: [['/d/a.bin', ['default']], ['D:\\d\\b.bin', ['V1']], ['/d/c.bin', ['V1']]] });
});

describe('-chnexcl', () => {
  test('is read and set for one probe without touching the other options', () => {
    const text = '-gfix=0.4,0.10,0.02 -chnexcl={0;191}{1;5,7:9} -prb_fld';
    expect([...readExclusions(text)]).toEqual([[0, [191]], [1, [5, 7, 8, 9]]]);
    expect(withExclusions(text, 0, [191, 3])).toBe('-gfix=0.4,0.10,0.02 -chnexcl={0;3,191}{1;5,7:9} -prb_fld');
    expect(withExclusions('-prb_fld -chnexcl={0;191}', 0, [])).toBe('-prb_fld');
  });

  test('channels that are not on the probe are named', () => {
    expect(readChannels('191, 200:202', 384)).toEqual({ value: [191, 200, 201, 202] });
    expect(readChannels('400', 384)).toEqual({ problem: 'Channel 400 is not on this probe (0-383).' });
    expect(readChannels('x', 384)).toEqual({ problem: '\'x\' is not a channel or a range such as 200:203.' });
    expect(channelText([1, 2, 3, 7])).toBe('1:3,7');
  });
});

describe('modules', () => {
  const rules = { sorterOf: { ag: 'spike_sorter', 4: 'ks4_helper', '3.0': 'kilosort_helper', '2.5': 'kilosort_helper', '2.0': 'kilosort_helper' }, afterSorting: ['kilosort_postprocessing', 'mean_waveforms', 'quality_metrics'] };

  test('the usual list is not written; others stand in running order', () => {
    expect(patchModule({}, rules, 'default', 'kilosort_postprocessing', false)).toEqual({ modules: ['spike_sorter', 'mean_waveforms', 'quality_metrics'] });
    expect(patchModule({ modules: ['spike_sorter', 'quality_metrics', 'mean_waveforms'] }, rules, 'default', 'kilosort_postprocessing', true)).toEqual({ modules: null });
  });

  test('a probe may have its own list, and lose it again', () => {
    const own = patchModule({}, rules, 'imec1', 'quality_metrics', false);
    expect(own).toEqual({ modules: { default: ['spike_sorter', 'kilosort_postprocessing', 'mean_waveforms', 'quality_metrics'], imec1: ['spike_sorter', 'kilosort_postprocessing', 'mean_waveforms'] } });
    expect(modulesOf(own, rules, 'imec0')).toContain('quality_metrics');
    expect(patchLikeOthers(own, rules, 'imec1')).toEqual({ modules: null });
  });

  test('another sorter takes the place of the old one in every list', () => {
    const session = { modules: { default: ['spike_sorter', 'mean_waveforms'], imec1: ['spike_sorter'] } };
    expect(patchSorter(session, rules, '2.5')).toEqual({ ks_ver: '2.5', modules: { default: ['kilosort_helper', 'mean_waveforms'], imec1: ['kilosort_helper'] } });
    expect(patchSorter({ ks_ver: '4' }, rules, 'ag')).toEqual({ ks_ver: 'ag', modules: null });
  });

  test('none leaves what follows sorting, and comes back from it', () => {
    const none = { ks_ver: '4', ...patchSorter({ ks_ver: '4' }, rules, 'none') };
    expect(none).toEqual({ ks_ver: '4', modules: ['kilosort_postprocessing', 'mean_waveforms', 'quality_metrics'] });
    expect(chosenSorter(none, rules)).toBe('none');
    expect(patchSorter(none, rules, '4')).toEqual({ ks_ver: '4', modules: null });
  });
});

describe('overrides', () => {
  test('stand in their section, which goes with the last of them', () => {
    const session = { quality_metrics_params: { seed: 3 }, ks4_helper_params: { ks4_params: { tmin: 1 } } };
    expect(patchFor(session, 'quality_metrics_params.max_radius_um', 100)).toEqual({ quality_metrics_params: { seed: 3, max_radius_um: 100 } });
    expect(patchFor(session, 'ks4_helper_params.ks4_params.tmin', undefined)).toEqual({ ks4_helper_params: null });
    expect(patchFor(session, 'ks_nblocks', undefined)).toEqual({ ks_nblocks: null });
    expect(patchSections(session, { ks4_helper_params: { python: '/py' } })).toEqual({ ks4_helper_params: { ks4_params: { tmin: 1 }, python: '/py' } });
    expect(patchSections(session, { ks4_helper_params: { python: null } })).toEqual({});
    expect([valueAt(session, 'ks4_helper_params.ks4_params.tmin'), valueAt(session, 'quality_metrics_params.n.o')]).toEqual([1, undefined]);
  });

  test('are counted and found by name, help and unit', () => {
    const params = [{ name: 'a.isi_threshold', key: 'isi_threshold', kind: 'number', unit: 's', help: 'Refractory period.', group: '' }, { name: 'a.seed', key: 'seed', kind: 'number', help: '', group: '' }] as const satisfies ParameterSpec[];
    expect(changedParams({ a: { seed: 1 } }, params).map(({ key }) => key)).toEqual(['seed']);
    expect(searched(params, 'refractory isi').map(({ key }) => key)).toEqual(['isi_threshold']);
  });
});

describe('regions of a session', () => {
  const row = (name: string, refractory_ms: number): RegionRow => ({ name, refractory_ms, thresholds: { 4: '[8,9]', '3.0': '[9,9]', '2.5': '[10,4]', '2.0': '[10,4]' } });
  const standard = [row('default', 2), row('cortex', 2)];
  const table = { rows: standard, standard };

  test('its own numbers win over the lab\'s table, and its own regions are shown', () => {
    const session = { ks_ver: '2.5', refPerMS_dict: { cortex: 1.8, hippo: 1.2 }, ksTh_dict: { default: '[10,4]', cortex: '[9, 4]' } };
    const rows = rowsOfSession(session, table);
    expect(rows.map(({ name, refractory_ms }) => [name, refractory_ms])).toEqual([['default', 2], ['cortex', 1.8], ['hippo', 1.2]]);
    expect(rows[1].thresholds['2.5']).toBe('[9,4]');
    expect(differing(session, table)).toEqual(['cortex', 'hippo']);
    expect(differing({}, table)).toEqual([]);
  });

  test('a session without numbers is run with the pipeline\'s, whatever the lab\'s table says', () => {
    const lab = { rows: [row('default', 2), row('cortex', 1.5), row('hippo', 1.2)], standard };
    expect(rowsOfSession({}, lab).map(({ refractory_ms }) => refractory_ms)).toEqual([2, 2, 1.2]);
    expect(differing({}, lab)).toEqual(['cortex']);
  });
});
