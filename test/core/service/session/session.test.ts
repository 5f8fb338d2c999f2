import fs from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Draft, RunSummary } from '../../../../core/service/contract/index.ts';
import { createService, type Service } from '../../../../core/service/index.ts';
import { quickRun } from '../../../../core/simulate/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';

// Two gates; the second without probe 1.
let raw: string;
let root: string;
beforeAll(async () => {
  root = temporaryFolder();
  raw = path.join(root, 'raw');
  await quickRun(raw, {
    name: 'night',
    spans: [[0, 0, 1.1, 2.1], [0, 1, 2.3, 3], [1, 0, 4, 5]].map(([gate, trigger, fromS, toS]) => ({ gate, trigger, fromS, toS })),
    probes: [0, 1].map(() => ({ partNumber: 'NP1010', savedChannels: '0:7', units: { count: 2 } })),
  });
  await fs.rm(path.join(raw, 'night_g1', 'night_g1_imec1'), { recursive: true });
});

let service: Service;
let profile: string;
beforeEach(async () => {
  profile = temporaryFolder();
  service = await createService({ profileFolder: profile, roots: [root], workers: 1 });
  await ask('roots.add', { path: raw });
});
afterEach(() => service.close());

const ask = <Answer>(name: string, input: unknown = {}) => service.call(name, input) as Promise<Answer>;
const runs = () => ask<RunSummary[]>('runs.list');
const create = async (input: Record<string, unknown> = {}) => ask<Draft>('session.create', { runIds: (await runs()).map(({ runId }) => runId), ...input });

describe('a new session', () => {
  it('holds all gates, triggers and probes of its runs, each gate with the probes it recorded', async () => {
    const { session, name, runs: chosen, problem } = await create();
    expect(name).toBe('night');
    expect(chosen).toEqual([{ runId: expect.any(String), name: 'night' }]);
    expect(session).toMatchObject({
      version: 1, kind: 'multi-run', npx_directory: [raw], modules: ['spike_sorter', 'kilosort_postprocessing', 'mean_waveforms', 'quality_metrics'], toStream_sync_params: 'imec0', sync_period: 1,
      run_specs: [['night', '0', 'start,end', '0,1', '', ['default', 'default']], ['night', '1', 'start,end', '0', '', ['default']]],
    });
    expect(problem).toBeNull();
  });

  it('begins with the region each probe was in last, told by its serial number', async () => {
    const { draftId, rev, session } = await create();
    const given = ['thalamus', ['cortex', 'medulla']];
    await ask('session.patch', { draftId, rev, label: 'regions', session: { run_specs: [['night', '0', 'start,end', '0,1', '', given]] } });
    expect((await create()).session.run_specs).toEqual([['night', '0', 'start,end', '0,1', '', given], ['night', '1', 'start,end', '0', '', ['thalamus']]]);
    expect((await create({ kind: 'super-run' })).session.run_specs).toMatchObject([['night', '0', 'start,end', '0,1', '', ['thalamus', 'cortex']], expect.anything()]);
    expect(session.run_specs).toMatchObject([{ 5: ['default', 'default'] }, { 5: ['default'] }]);
  });

  it('forgets a region that is in the table no more', async () => {
    const { draftId, rev } = await create();
    await ask('session.patch', { draftId, rev, label: 'regions', session: { run_specs: [['night', '0', 'start,end', '0,1', '', ['hippo', 'cortex']]] } });
    expect((await create()).session.run_specs).toMatchObject([{ 5: ['default', 'cortex'] }, { 5: ['default'] }]);
  });

  it('joins gates that recorded the same, as the list of runs shows them', async () => {
    const two = path.join(root, 'two');
    await quickRun(two, { name: 'day', spans: [0, 1].map((gate) => ({ gate, trigger: 0, fromS: 1 + 2 * gate, toS: 2 + 2 * gate })), probes: [{ partNumber: 'NP1010', savedChannels: '0:3', units: { count: 1 } }] });
    await ask('roots.add', { path: two });
    const day = (await runs()).find(({ name }) => name === 'day')!;
    expect((await create({ runIds: [day.runId] })).session.run_specs).toEqual([['day', '0,1', 'start,end', '0', '', ['default']]]);
  });

  it('proposes a folder for results that is not in the folder of a run', async () => {
    expect((await create()).session.catGT_dest).toBe(path.join(raw, 'sorted'));
  });

  it('fills defaults in key by key and leaves a wrong value as it is', async () => {
    const made = await create();
    expect(made.effective).toMatchObject({ car_mode: 'gblcar', loccar_min: 40, ks_nblocks: 6 });
    const changed = await ask<Draft>('session.patch', { draftId: made.draftId, rev: made.rev, label: 'x', session: { ks_nblocks: 'many' } });
    expect(changed.effective).toMatchObject({ ks_nblocks: 'many', car_mode: 'gblcar' });
    expect(changed.problem?.text).toBe("ks_nblocks: 'many' is not a whole number");
  });

  it('takes the settings of the last session, but not its runs and destination', async () => {
    await ask('profile.set', { name: 'lastSession', value: { version: 1, kind: 'multi-run', npx_directory: 'D:\\x', run_specs: [['old', '0', '0,0', '0']], catGT_dest: 'D:\\out', car_mode: 'loccar', ni_obx_extract_string: '-xd=0,0,-1,1,50' } });
    const { session } = await create({ like: 'last' });
    expect(session).toMatchObject({ npx_directory: [raw], catGT_dest: path.join(raw, 'sorted'), car_mode: 'loccar', ni_obx_extract_string: '-xd=0,0,-1,1,50' });
    expect(session.run_specs).toHaveLength(2);
  });
});

describe('a session of files', () => {
  const sortedFolder = async () => {
    const folder = path.join(temporaryFolderIn(), 'catgt_night_g0', 'night_g0_imec0');
    await fs.mkdir(path.join(folder, 'imec0_ks4'), { recursive: true });
    for (const name of ['night_g0_tcat.imec0.ap.bin', 'night_g0_tcat.imec0.ap.meta', path.join('imec0_ks4', 'spike_times.npy'), path.join('imec0_ks4', 'mean_waveforms.npy')]) await fs.writeFile(path.join(folder, name), '');
    return folder;
  };
  let count = 0;
  const temporaryFolderIn = () => path.join(root, `out ${++count}`);

  it('sorts a preprocessed file and keeps its JSON above the run', async () => {
    const folder = await sortedFolder();
    await fs.rm(path.join(folder, 'imec0_ks4'), { recursive: true });
    const { session, problem } = await ask<Draft>('session.create', { kind: 'file-list', files: [path.join(folder, 'night_g0_tcat.imec0.ap.bin')] });
    expect(session).toMatchObject({ kind: 'file-list', file_list: [[path.join(folder, 'night_g0_tcat.imec0.ap.bin'), ['default']]], json_directory: path.join(folder, '..', '..', 'json'), ks_ver: 'ag' });
    expect(problem).toBeNull();
  });

  it('plans only what is missing in a sorted folder', async () => {
    const folder = await sortedFolder();
    const { session } = await ask<Draft>('session.create', { kind: 'file-list', files: [path.join(folder, '..', '..')] });
    expect(session).toMatchObject({ ks_ver: '4', ks_output_tag: 'ks4', modules: ['kilosort_postprocessing', 'quality_metrics'] });
  });

  it('says what to choose when there is no AP file', async () => {
    await expect(ask('session.create', { kind: 'file-list', files: [path.join(raw, 'night_g0', 'night_g0_t0.nidq.bin')] })).rejects.toThrow('holds no AP file');
  });
});

describe('drafts', () => {
  it('survive a restart with their undo and redo', async () => {
    const made = await create();
    const changed = await ask<Draft>('session.patch', { draftId: made.draftId, rev: made.rev, label: 'CAR off', session: { car_mode: 'None' } });
    await ask('session.patch', { draftId: made.draftId, rev: changed.rev, label: 'period', session: { sync_period: 2 } });
    await ask('session.undo', { draftId: made.draftId });
    await service.close();
    service = await createService({ profileFolder: profile, roots: [root], workers: 1 });
    const again = await ask<Draft>('session.get', { draftId: made.draftId });
    expect(again).toMatchObject({ undo: 'CAR off', redo: 'period', session: { car_mode: 'None', sync_period: 1 } });
    expect((await ask<Draft>('session.redo', { draftId: made.draftId })).session.sync_period).toBe(2);
  });

  it('refuse a change made on an older state', async () => {
    const { draftId, rev } = await create();
    await ask('session.patch', { draftId, rev, label: 'a', session: { car_mode: 'None' } });
    await expect(ask('session.patch', { draftId, rev, label: 'b', session: { car_mode: 'gbldmx' } })).rejects.toMatchObject({ tag: 'stale' });
  });

  it('come back after removal, and can be duplicated', async () => {
    const { draftId } = await create();
    const copy = await ask<Draft>('session.duplicate', { draftId });
    expect(copy.name).toBe('night (copy)');
    await ask('session.remove', { draftId });
    expect(await ask('session.list')).toHaveLength(1);
    await ask('session.restore', { draftId });
    expect(await ask('session.list')).toHaveLength(2);
    expect((await fs.readdir(path.join(profile, 'drafts'))).sort()).toEqual([`${copy.draftId}.json`, `${draftId}.json`].sort());
  });

  it('can be changed by two windows at once without harm to their file', async () => {
    const { draftId, rev } = await create();
    const results = await Promise.allSettled([1, 2, 3].map((period) => ask('session.patch', { draftId, rev, label: 'period', session: { sync_period: period } })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(JSON.parse(await fs.readFile(path.join(profile, 'drafts', `${draftId}.json`), 'utf8'))).toMatchObject({ session: { sync_period: 1 } });
  });
});

it('tells the keys of a session with unit, default, range and help', async () => {
  const keys = await ask<{ name: string }[]>('session.schema', { kind: 'multi-run' });
  expect(keys.find(({ name }) => name === 'sync_period')).toEqual({ name: 'sync_period', kind: 'number', required: false, default: 1, unit: 's', min: 0.001, max: null, choices: null, help: 'Period of the sync pulse.' });
  expect(keys.find(({ name }) => name === 'car_mode')).toMatchObject({ kind: 'choice', default: 'gblcar', choices: ['None', 'none', 'gblcar', 'gbldmx', 'loccar'] });
});
