// Bad channels in the wizard: looked for and left out by clicks in the step Probes, left to CatGT in the step Preprocess.

import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { quickRun } from '../../core/simulate/index.ts';
import { type Application, openApplication } from '../support/application.ts';
import { temporaryFolder } from '../support/folders.ts';

let app: Application;
let draftId: string;

beforeAll(async () => {
  const root = await fs.realpath(temporaryFolder());
  await quickRun(path.join(root, 'data'), { seconds: 1.5, ni: null, probe: { savedChannels: '0:47', lf: false, dead: '3', noisy: '8', surfaceUm: 300, aboveSurface: 'air' } });
  app = await openApplication({ profileFolder: path.join(root, 'profile'), roots: [root] });
  await app.ask('roots.add', { path: path.join(root, 'data') });
  await vi.waitUntil(async () => (await app.ask('runs.list', {})).length === 1, { timeout: 20_000 });
  const [{ runId }] = await app.ask('runs.list', {});
  ({ draftId } = await app.ask('session.create', { runIds: [runId] }));
});
afterAll(() => app.close());

const command = async () => String((await app.ask('session.get', { draftId })).effective.catGT_cmd_string);

test('what is found is marked, and left out only by a click', async () => {
  const { page } = app;
  await app.go(`/session/${draftId}/probes`);
  const before = await command();
  await page.getByRole('button', { name: 'Look for bad channels' }).click();
  const list = page.getByRole('list', { name: 'Bad channels' });
  await list.waitFor({ timeout: 60_000 });
  expect(await list.getByRole('listitem').allTextContents()).toEqual(['1 dead: 3', '1 noisy: 8', '16 outside the brain: 32:47']);
  expect(await page.getByRole('option', { name: /^channel 3, .*, dead \(similarity -/ }).count()).toBe(1);
  expect(await command()).toBe(before);

  await page.getByRole('button', { name: 'Exclude 2 dead and noisy' }).click();
  await expect.poll(command).toContain('-chnexcl={0;3,8}');
  await page.getByRole('button', { name: 'Exclude above 300 um (outside)' }).click();
  await expect.poll(command).toContain('-chnexcl={0;3,8,32:47}');
  await page.getByRole('listbox', { name: 'Sites of imec0, left out: 18' }).waitFor();
  expect(await page.getByRole('button', { name: /^Exclude/ }).count()).toBe(0);
  if (process.env.AFTERGATE_SHOTS) await page.screenshot({ path: path.join(process.env.AFTERGATE_SHOTS, 'probes.png') });
});

test('the run itself may look for them', async () => {
  const { page } = app;
  await app.go(`/session/${draftId}/preprocess`);
  const choice = page.getByRole('radiogroup', { name: /Bad channels/ });
  await choice.getByRole('radio', { name: 'interpolate, found at the time of the run' }).click();
  await expect.poll(command).toContain('-bad_channels=interpolate');
  await page.getByText("Only Aftergate's own CatGT knows this option.").waitFor();
  if (process.env.AFTERGATE_SHOTS) await page.screenshot({ path: path.join(process.env.AFTERGATE_SHOTS, 'preprocess.png') });
  await choice.getByRole('radio', { name: 'leave as they are' }).click();
  await expect.poll(command).not.toContain('bad_channels');
  expect(app.complaints).toEqual([]);
});
