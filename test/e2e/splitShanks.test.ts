// A session that sorts the shanks of a probe apart, as its user meets it: chosen in the wizard, run in the queue, its
// report, its results and their traces.

import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { quickRun } from '../../core/simulate/index.ts';
import { type Application, openApplication } from '../support/application.ts';
import { temporaryFolder } from '../support/folders.ts';

let app: Application;
let root: string;
let draftId: string;

beforeAll(async () => {
  root = await fs.realpath(temporaryFolder());
  const probe = (partNumber: string, savedChannels: string, count: number) => ({ partNumber, savedChannels, units: { count, amplitudeUv: 250 } });
  await quickRun(path.join(root, 'data'), { name: 'm41', seconds: 8, probes: [probe('NP2013', '0:23,48:71', 12), probe('NP1010', '0:15', 3)], ni: {} });
  await fs.mkdir(path.join(root, 'results'));
  app = await openApplication({ profileFolder: path.join(root, 'profile'), roots: [root] });
  for (const folder of ['data', 'results']) await app.ask('roots.add', { path: path.join(root, folder) });
  await vi.waitUntil(async () => (await app.ask('runs.list', {})).length === 1, { timeout: 20_000 });
  const [{ runId }] = await app.ask('runs.list', {});
  draftId = (await app.ask('session.create', { runIds: [runId] })).draftId;
});
afterAll(() => app.close());

describe('split shanks', () => {
  test('are chosen in the first step, and the last one shows a row for each', async () => {
    await app.go(`/session/${draftId}/runs`);
    await app.page.getByRole('radio', { name: 'Split shanks' }).click();
    await vi.waitUntil(async () => (await app.ask('session.get', { draftId })).session.kind === 'split-shanks', { timeout: 10_000 });
    const { rev } = await app.ask('session.get', { draftId });
    await app.ask('session.patch', { draftId, rev, label: 'results', session: { catGT_dest: path.join(root, 'results'), modules: ['spike_sorter'], toStream_sync_params: 'imec1001' } });
    await app.go(`/session/${draftId}/review`);
    await app.page.getByRole('rowheader', { name: 'imec0 shank 1', exact: true }).waitFor();
    for (const name of ['imec0 shank 0', 'imec1']) expect(await app.page.getByRole('rowheader', { name, exact: true }).count(), name).toBe(1);
    await app.page.getByText('2 notes', { exact: true }).last().click();
    await app.page.getByText('4-shank probe: shanks 2 and 3 have no sites in use and are left out.').waitFor();
    await app.page.getByText('A single-shank probe cannot be split: imec1 is sorted whole.').waitFor();
    expect(app.complaints).toEqual([]);
  });

  test('are told of one by one in the report, the results and the traces', async () => {
    const { jobId } = await app.ask('queue.add', { draftId });
    await vi.waitUntil(async () => (await app.ask('report.get', { jobId })).endedAt !== null, { timeout: 90_000, interval: 500 });
    const { verdict, probes } = await app.ask('report.get', { jobId });
    expect(verdict).toBe('3 of 3 probes done');
    expect(probes.map(({ what }) => what)).toEqual(['m41 imec0 shank 0', 'm41 imec0 shank 1', 'm41 imec1']);
    // The clock of imec1001 is that of imec0, and of all its shanks.
    expect(probes.map(({ sentence }) => sentence.includes('reference of the alignment'))).toEqual([true, true, false]);
    expect(probes.every(({ gfixEdits }) => gfixEdits !== null)).toBe(true);

    const results = await app.ask('results.open', { path: path.join(root, 'results') });
    expect(results.map(({ probe }) => probe).sort()).toEqual([1, 1000, 1001]);
    const shank = results.find(({ probe }) => probe === 1001)!;
    const sources = await app.ask('trace.sources', { target: { folder: shank.path } });
    expect(sources.sorters.map(({ stream }) => stream).sort()).toEqual(['imec1.ap', 'imec1000.ap', 'imec1001.ap']);
    expect(sources.sources.find(({ stream }) => stream === 'imec1001.ap')).toMatchObject({ device: 'imec0', channels: expect.anything() });
    expect(sources.clocks.every(({ aligned }) => aligned)).toBe(true);
    expect(sources.problems).toEqual([]);
    await app.go(`/review/${shank.resultId}/traces`);
    await app.page.getByRole('region', { name: 'imec1001.ap, CatGT' }).waitFor();
    expect(app.complaints).toEqual([]);
  }, 150_000);
});

describe('a probe that is sorted apart', () => {
  test('gets a region per shank in the step Probes, which all later steps tell', async () => {
    const { page } = app;
    const [{ runId }] = await app.ask('runs.list', {});
    const { draftId: apart } = await app.ask('session.create', { runIds: [runId] });
    const regions = async () => (await app.ask('session.get', { draftId: apart })).session.run_specs;
    await app.go(`/session/${apart}/probes`);
    await page.getByText("The 4 shanks are sorted together, with one region's numbers, so one region holds for all.").waitFor();
    await page.getByRole('checkbox', { name: 'sort apart: imec0' }).click();
    await expect.poll(regions).toMatchObject([{ 5: [['default', 'default', 'default', 'default'], 'default'] }]);
    expect(await page.getByRole('group', { name: 'Shanks of imec0' }).getByText('– no sites in use').count()).toBe(2);
    await page.getByLabel('Region of imec0 shank 1').first().click();
    await page.getByRole('option', { name: 'thalamus' }).click();
    await expect.poll(regions).toMatchObject([{ 5: [['default', 'thalamus', 'default', 'default'], 'default'] }]);
    expect(await page.getByTestId('notation').inputValue()).toBe('-ap -ni -prb=0,1 -sepShanks=0,1000,1001,-1,-1');

    await app.go(`/session/${apart}/sort`);
    await page.getByRole('cell', { name: 'imec0 shank 1', exact: true }).waitFor();
    await app.go(`/session/${apart}/review`);
    for (const name of ['imec0 shank 0', 'imec0 shank 1', 'imec1']) await page.getByRole('rowheader', { name, exact: true }).waitFor();
    expect(app.complaints).toEqual([]);

    // The text of the step says the same the other way round.
    await app.go(`/session/${apart}/probes`);
    await page.getByTestId('notation').fill('-ap -ni -prb=0,1');
    await page.getByTestId('notation').press('Enter');
    await expect.poll(regions).toMatchObject([{ 5: ['default', 'default'] }]);
  });
});
