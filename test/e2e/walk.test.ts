// One evening from an empty profile: two runs, an extractor built by the picture, an export that runs headless, the same in
// the queue, then units and traces.

import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../../core/cli/run.ts';
import { testIO } from '../core/cli/commandIO.ts';
import { type Application, openApplication } from '../support/application.ts';
import { seriousFindings } from '../support/axe.ts';
import { temporaryFolder } from '../support/folders.ts';
import { changed, goThrough, jobDone, record, stimuli } from './walkPage.ts';

let app: Application;
let root: string;

beforeAll(async () => {
  root = await fs.realpath(temporaryFolder());
  await record(path.join(root, 'data'), 'm41', 1);
  await record(path.join(root, 'data'), 'm42', 2);
  app = await openApplication({ profileFolder: path.join(root, 'profile'), roots: [root] });
});
afterAll(() => app.close());

test('from an empty profile to units and traces', async () => {
  const { page } = app;
  const dialog = page.getByRole('dialog');

  // The folder, by typing its path.
  await page.getByRole('button', { name: 'Add folder' }).first().click();
  await dialog.getByRole('textbox', { name: 'Folder' }).fill(path.join(root, 'data'));
  expect(await seriousFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Add folder' }).click();

  // Both runs.
  await page.getByRole('checkbox', { name: 'Select m41' }).click();
  await page.getByRole('checkbox', { name: 'Select m42' }).click();
  await page.getByRole('button', { name: 'Set up 2 runs' }).click();
  await page.waitForURL(/session\/[^/]+\/runs$/);
  const draftId = /session\/([^/]+)/.exec(page.url())![1];
  const session = async () => (await app.ask('session.get', { draftId })).session;
  await goThrough(page, ['Gates', 'Probes', 'Extract'], (button) => button.click());

  // The photodiode, by the picture: the threshold is dragged up, the pulses stay what they are.
  await page.getByRole('button', { name: /^Accept -xa=0,0,0,/ }).waitFor();
  await page.getByRole('button', { name: 'Add XA0' }).click();
  const handle = page.getByRole('slider', { name: 'Threshold 1' });
  await expect.poll(() => page.getByText(`${stimuli} accepted`).count(), { timeout: 20_000 }).toBeGreaterThan(0);
  const before = await handle.getAttribute('aria-valuenow');
  const box = (await handle.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2 - 20, { steps: 4 });
  await page.mouse.up();
  const threshold = Number(await changed(() => handle.getAttribute('aria-valuenow'), before));
  expect(threshold).toBeGreaterThan(Number(before));
  await expect.poll(async () => (await session()).ni_obx_extract_string).toBe(`-xa=0,0,0,${threshold},0,50`);
  await expect.poll(() => page.getByText(`${stimuli} accepted`).count()).toBeGreaterThan(0);
  // A line as it is proposed.
  await page.getByRole('button', { name: /^Accept -xd=0,0,2,1,/ }).click();
  await expect.poll(async () => (await session()).ni_obx_extract_string).toMatch(/ -xd=0,0,2,1,\d+$/);
  await goThrough(page, ['Preprocess', 'Sort', 'Modules', 'Sync', 'Destination'], (button) => button.click());

  // A folder that is not there yet.
  const sorted = path.join(root, 'sorted ä');
  await page.getByRole('button', { name: 'Choose' }).first().click();
  await dialog.getByRole('textbox', { name: 'Folder' }).fill(sorted);
  await dialog.getByRole('button', { name: 'Use this folder' }).click();
  await expect.poll(async () => (await session()).catGT_dest).toBe(sorted);
  await goThrough(page, ['Review'], (button) => button.click());

  // What is exported runs headless, and its session is the draft's.
  await page.getByRole('button', { name: 'Export' }).click();
  await dialog.getByRole('textbox', { name: 'Folder to write into' }).fill(root);
  await dialog.getByRole('textbox', { name: 'Name' }).fill('exported');
  await dialog.getByRole('button', { name: /^Export \d+ files$/ }).click();
  await dialog.getByText(/files written to/).waitFor();
  const file = path.join(root, 'exported', 'session.json');
  expect(JSON.parse(await fs.readFile(file, 'utf8'))).toEqual(await session());
  const io = testIO(root);
  await runCommand.run([file, '--workers', '1'], io).catch((error: unknown) => expect.fail(`${String(error)}\n${io.stderr()}`));
  expect(io.stdout() + io.stderr()).toMatch(/(\d+) of \1 steps done/);
  const headless = path.join(root, 'headless');
  await fs.rename(sorted, headless);
  await page.keyboard.press('Escape');

  // The same in the queue.
  await page.getByRole('button', { name: 'Check again' }).click();
  await page.getByRole('button', { name: /^Run \d+ steps$/ }).click();
  await page.waitForURL(/#\/queue/);
  await jobDone(app);
  for (const name of ['catgt_m41_g0/m41_g0_imec0/m41_g0_tcat.imec0.ap.bin', 'catgt_m42_g0/m42_g0_tcat.nidq.xa_0_50.txt']) {
    expect((await fs.readFile(path.join(sorted, name))).equals(await fs.readFile(path.join(headless, name))), name).toBe(true);
  }
  const events = await fs.readFile(path.join(sorted, 'catgt_m41_g0', 'm41_g0_tcat.nidq.xa_0_50.txt'), 'utf8');
  expect(events.trim().split(/\r?\n/)).toHaveLength(stimuli);

  // The report, a probe's units with their metrics, a unit in the traces.
  await page.getByRole('link', { name: 'm41 and 1 more' }).click();
  await page.getByRole('heading', { level: 1, name: 'm41 and 1 more' }).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Review 2 probes' }).click();
  const results = page.getByRole('grid', { name: 'Results' });
  await results.getByRole('row', { name: /m41_g0 imec0/ }).dblclick();
  const units = page.getByRole('grid', { name: 'Units' });
  await units.getByRole('columnheader', { name: /Firing rate/ }).waitFor();
  const made = await app.ask('results.list', {});
  expect(made.map(({ run }) => run).sort(), 'without the copies the sorter leaves').toEqual(['m41_g0', 'm42_g0']);
  const count = made.find(({ run }) => run === 'm41_g0')!.units;
  expect(count).toBeGreaterThan(0);
  await expect.poll(() => units.getByRole('row').count()).toBe(count + 1);
  await page.getByRole('button', { name: /^Show unit \d+ in traces$/ }).click();
  await page.getByRole('application', { name: /imec0.ap, CatGT/ }).waitFor();
  await expect.poll(() => page.locator('[aria-busy=true]').count(), { timeout: 20_000 }).toBe(0);
  expect(await seriousFindings(page)).toEqual([]);
  expect(app.complaints).toEqual([]);
});
