// A draft under hands: by the keyboard alone, in German, at the switches of the sync step, through a reload, and in two windows at once.

import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Application, openApplication } from '../support/application.ts';
import { temporaryFolder } from '../support/folders.ts';
import { changed, goThrough, jobDone, record, stimuli, tabTo } from './walkPage.ts';

let app: Application;
let root: string;
let runId: string;

beforeAll(async () => {
  root = await fs.realpath(temporaryFolder());
  await record(path.join(root, 'data'), 'm41', 1);
  app = await openApplication({ profileFolder: path.join(root, 'profile'), roots: [root] });
  await app.ask('roots.add', { path: path.join(root, 'data') });
  await vi.waitUntil(async () => (await app.ask('runs.list', {})).length === 1, { timeout: 20_000 });
  [{ runId }] = await app.ask('runs.list', {});
});
afterAll(() => app.close());

const newDraft = async () => (await app.ask('session.create', { runIds: [runId] })).draftId;
const session = async (draftId: string) => (await app.ask('session.get', { draftId })).session;

test('the keyboard is enough: from the list to a job that ends', async () => {
  const page = await app.open();
  const press = (key: string) => page.keyboard.press(key);
  await tabTo(page, page.getByRole('grid', { name: 'Runs' }));
  await press('Space');
  await page.getByRole('button', { name: 'Set up 1 run' }).waitFor();
  await press('Control+Enter');
  await page.waitForURL(/session\/[^/]+\/runs$/);
  const draftId = /session\/([^/]+)/.exec(page.url())![1];
  const next = async () => press('Control+Enter');
  await goThrough(page, ['Gates', 'Probes', 'Extract'], next);

  await page.getByRole('button', { name: /^Accept -xa=0,0,0,/ }).waitFor();
  await tabTo(page, page.getByRole('button', { name: 'Add XA0' }));
  await press('Enter');
  const handle = page.getByRole('slider', { name: 'Threshold 1' });
  await tabTo(page, handle);
  const before = await handle.getAttribute('aria-valuenow');
  await press('ArrowUp');
  const threshold = await changed(() => handle.getAttribute('aria-valuenow'), before);
  await expect.poll(async () => (await session(draftId)).ni_obx_extract_string).toBe(`-xa=0,0,0,${Number(threshold)},0,50`);
  await goThrough(page, ['Preprocess', 'Sort', 'Modules', 'Sync', 'Destination', 'Review'], next);

  await tabTo(page, page.getByRole('button', { name: 'Export' }));
  await press('Enter');
  await tabTo(page, page.getByRole('dialog').getByRole('button', { name: /^Export \d+ files$/ }));
  await press('Enter');
  await page.getByText(/files written to/).waitFor();
  await press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: /^Run \d+ steps$/ }).waitFor();
  await press('Control+Enter');
  await page.waitForURL(/#\/queue/);
  await jobDone(app);
  await page.context().close();
});

test('interpolation is a switch of the sync step, and what else is set for TPrime stays', async () => {
  const draftId = await newDraft();
  const { rev } = await app.ask('session.get', { draftId });
  await app.ask('session.patch', { draftId, rev, label: 'exact', session: { tPrime_helper_params: { numerics: 'exact' } } });
  const page = await app.open();
  await page.goto(`${app.origin}/#/session/${draftId}/sync`);
  const interpolate = page.getByRole('checkbox', { name: 'Interpolate between edges' });
  const exact = page.getByRole('checkbox', { name: /^Pair every edge/ });
  const parameters = async () => (await session(draftId)).tPrime_helper_params;

  await interpolate.click();
  await expect.poll(parameters).toEqual({ numerics: 'exact', tprime_interp: true });
  await expect.poll(() => page.getByRole('textbox', { name: 'Notation of this step' }).inputValue()).toMatch(/^TPrime -syncperiod=.* -tprime_interp$/);
  await expect.poll(() => exact.isDisabled()).toBe(true);

  await interpolate.click();
  await expect.poll(parameters).toEqual({ numerics: 'exact' });
  await exact.click();
  await expect.poll(parameters).toBeUndefined();
  await page.close();
});

test('in German a comma is typed, and files get points', async () => {
  const draftId = await newDraft();
  const page = await app.open({ locale: 'de-DE' });
  await page.goto(`${app.origin}/#/session/${draftId}/gates`);
  const start = page.getByRole('textbox', { name: 'Start at, s' });
  await start.fill('0,5');
  await start.press('Enter');
  await expect.poll(async () => JSON.stringify(await session(draftId))).toContain('-startsecs=0.5');
  await page.goto(`${app.origin}/#/session/${draftId}/extract`);
  await page.getByRole('button', { name: 'Add XA0' }).click();
  const threshold = page.getByRole('textbox', { name: 'T1 (V)' });
  await threshold.fill('1,25');
  await threshold.press('Enter');
  await expect.poll(async () => (await session(draftId)).ni_obx_extract_string).toMatch(/^-xa=0,0,0,1\.25,0,\d+$/);
  await expect.poll(() => threshold.inputValue()).toBe('1.25');
  await page.context().close();
});

test('a reload loses nothing, and Undo is still there', async () => {
  const draftId = await newDraft();
  const page = await app.open();
  await page.goto(`${app.origin}/#/session/${draftId}/extract`);
  await page.getByRole('button', { name: 'Add XA0' }).click();
  await page.getByText(`${stimuli} accepted`).first().waitFor();
  const made = (await session(draftId)).ni_obx_extract_string;
  await page.reload();
  await page.getByRole('slider', { name: 'Threshold 1' }).waitFor();
  expect((await session(draftId)).ni_obx_extract_string).toBe(made);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect.poll(async () => (await session(draftId)).ni_obx_extract_string).toBeUndefined();
  await page.context().close();
});

test('of two windows the first wins; the other is told and shows what is there', async () => {
  const draftId = await newDraft();
  const late = await app.open();
  await late.goto(`${app.origin}/#/session/${draftId}/sort`);
  const name = late.getByRole('textbox', { name: 'Name of the session' });
  await name.waitFor();
  // The late window hears nothing of the change until it has made its own.
  let release = () => undefined as void;
  const held = new Promise<void>((resolve) => { release = resolve; });
  await late.route('**/api/session.get', async (route) => {
    await held;
    await route.continue();
  });
  const { rev } = await app.ask('session.get', { draftId });
  await app.ask('session.patch', { draftId, rev, label: 'name', name: 'first' });
  await name.fill('second');
  await name.press('Enter');
  await late.getByRole('alert').filter({ hasText: /changed|newer/ }).waitFor();
  release();
  await expect.poll(() => name.inputValue()).toBe('first');
  expect((await app.ask('session.get', { draftId })).name).toBe('first');
  await late.context().close();
});
