// Spans over the traces of a run that was processed with -edits and -health: drawn with their tags, walked with x, switched
// by kind; and the switches of the wizard that ask CatGT for the lists.

import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { quickRun } from '../../core/simulate/index.ts';
import { scan } from '../../core/spikeglx/index.ts';
import { type Application, openApplication } from '../support/application.ts';
import { seriousFindings } from '../support/axe.ts';
import { temporaryFolder } from '../support/folders.ts';
import { edit, healthReport, joinByHand, writeEdits, writeHealth } from '../support/spanFiles.ts';

const rate = 30_000;
let app: Application;
let runId: string;
let root: string;

beforeAll(async () => {
  root = await fs.realpath(temporaryFolder());
  const run = await quickRun(path.join(root, 'data'), { name: 'm41', spans: [{ gate: 0, trigger: 0, fromS: 0.5, toS: 2.5 }, { gate: 0, trigger: 1, fromS: 4.5, toS: 5.5 }] });
  const [first, second] = run.files.filter(({ label }) => label === 'imec0.ap').map(({ bin }) => bin);
  const base = await joinByHand(first, second, 17, 600, path.join(root, 'out', 'catgt_m41_g0', 'm41_g0_imec0', 'm41_g0_tcat.imec0.ap'));
  const samples = (await fs.stat(first)).size / 34;
  await writeEdits(base, [edit(rate, 'gfix', 3000, 90, null, 'line'), edit(rate, 'gfix', 4500, 600, null, 'line'), edit(rate, 'fill', samples, 600, 60_000, 'm41_g0_t0.imec0.ap.bin')]);
  await writeHealth(base, healthReport('imec0.ap', rate, samples + 600 + 30_000, [
    { kind: 'saturated', start_sample: 1500, samples: 900 }, { kind: 'missed', start_sample: 3600, samples: 600 }, { kind: 'error', start_sample: 5400, samples: 450 },
  ]));
  app = await openApplication({ profileFolder: path.join(root, 'profile'), roots: [root] });
  await app.ask('roots.add', { path: root });
  await vi.waitUntil(async () => (await app.ask('runs.list', {})).some(({ name }) => name === 'm41'), { timeout: 20_000 });
  runId = (await app.ask('runs.list', {})).find(({ name }) => name === 'm41')!.runId;
});
afterAll(() => app.close());

/** Pixels of a colour in the picture of a pane. */
async function pixelsLike(pane: string, token: string): Promise<number> {
  return app.page.evaluate(({ label, name }) => {
    const { document, getComputedStyle } = globalThis as unknown as { document: { documentElement: object; querySelector(text: string): { width: number; height: number; getContext(kind: '2d'): { getImageData(x: number, y: number, w: number, h: number): { data: Uint8ClampedArray } } } }; getComputedStyle(element: object): { getPropertyValue(name: string): string } };
    const hex = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
    const canvas = document.querySelector(`[data-trace-pane][aria-label^="${label}"] canvas`);
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let at = 0; at < data.length; at += 4) if (Math.abs(data[at] - r) + Math.abs(data[at + 1] - g) + Math.abs(data[at + 2] - b) < 24) count++;
    return count;
  }, { label: pane, name: token });
}

test('are drawn, counted, switched and walked', async () => {
  const { page } = app;
  await page.goto(`${app.origin}/#/traces/${runId}`);
  await page.getByRole('application', { name: /imec0.ap, CatGT/ }).waitFor();
  await page.getByRole('button', { name: /^Spans 5/ }).waitFor();
  const picture = process.env['AFTERGATE_PICTURES'];
  if (picture) await page.screenshot({ path: path.join(picture, 'trace-spans-dark.png') });
  // The bar of gfix stands on the processed pane only, saturation on both.
  await expect.poll(() => pixelsLike('Traces of imec0.ap, CatGT', '--accent')).toBeGreaterThan((await pixelsLike('Traces of imec0.ap, raw', '--accent')) + 200);
  const saturated = await pixelsLike('Traces of imec0.ap, raw', '--err');
  expect(saturated).toBeGreaterThan(10);

  await page.getByRole('button', { name: /^Spans 5/ }).click();
  const choice = page.getByRole('dialog');
  for (const [kind, count] of [['gap', 0], ['gfix', 2], ['sat', 1], ['miss', 1], ['err', 1]]) await choice.getByRole('checkbox', { name: new RegExp(`^${kind} .*\\D${count} in view$`) }).waitFor();
  expect(await choice.getByRole('checkbox', { name: /^sat/ }).isChecked()).toBe(true);
  // A trial: waits until the list stands still.
  await choice.getByText('imec0.ap: gfix replaced 600 samples (20.000 ms) by a straight line.').click({ trial: true });
  if (picture) await page.screenshot({ path: path.join(picture, 'trace-spans-choice-dark.png') });
  expect(await seriousFindings(page)).toEqual([]);
  await choice.getByRole('checkbox', { name: /^sat/ }).click();
  await expect.poll(() => pixelsLike('Traces of imec0.ap, raw', '--err')).toBeLessThan(saturated);
  await page.keyboard.press('Escape');
  // Keys belong to the dialog until it is gone.
  await choice.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Spans 4/ }).waitFor();

  // From 0.1 s on: the edit there is passed, the missed samples are next, then the second edit, the errors and the gap.
  const status = page.getByTestId('trace-status');
  for (const words of ['600 samples (20.000 ms) were missed', 'gfix replaced 600 samples', 'The probe reported errors for 15.000 ms (LOCK)', 'were not recorded']) {
    await page.keyboard.press('x');
    await status.getByText(words).waitFor();
  }
  await expect.poll(() => page.url()).toMatch(/t=2\.00/);
  expect(page.url()).toMatch(/spans=gap(,|%2C)olap/);
  if (picture) await page.screenshot({ path: path.join(picture, 'trace-spans-fill-dark.png') });
  await page.keyboard.press('Shift+X');
  await status.getByText('The probe reported errors').waitFor();
  expect(app.complaints).toEqual([]);
});

test('in the light scheme have the same shapes', async () => {
  const page = await app.open({ colorScheme: 'light' });
  // The first test's choice is kept for this run; an address with a time says everything.
  await page.goto(`${app.origin}/#/traces/${runId}?t=0.1`);
  await page.getByRole('button', { name: /^Spans 5/ }).click();
  await page.getByText('imec0.ap: gfix replaced 600 samples').click({ trial: true });
  expect(await seriousFindings(page)).toEqual([]);
  const picture = process.env['AFTERGATE_PICTURES'];
  if (picture) {
    await page.screenshot({ path: path.join(picture, 'trace-spans-choice-light.png') });
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.screenshot({ path: path.join(picture, 'trace-spans-light.png') });
  }
  await page.close();
  expect(app.complaints).toEqual([]);
});

test('are left behind by a pane that stands alone; what was measured is exported and can be scanned; a picture is saved', async () => {
  const { page } = app;
  await page.goto(`${app.origin}/#/traces/${runId}`);
  const raw = page.getByRole('region', { name: 'imec0.ap, raw' });
  const pane = raw.getByRole('application');
  await raw.getByRole('button', { name: 'linked' }).click();
  await pane.focus();
  await page.keyboard.press('Alt+T');
  await page.keyboard.type('1.5');
  await page.keyboard.press('Enter');
  await raw.getByRole('button', { name: 'own time 0:01.500' }).waitFor();
  await expect.poll(() => new URLSearchParams(page.url().split('?')[1]).get('own')).toBe('imec0.ap|raw@1.500000@0.2');
  expect(new URLSearchParams(page.url().split('?')[1]).get('t')).toBe('0.100000');

  const { x, y, width } = (await pane.boundingBox())!;
  await page.keyboard.down('Shift');
  await page.mouse.move(x + width / 2, y + 60);
  await page.mouse.down();
  await page.mouse.move(x + width / 2 + 60, y + 90, { steps: 3 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await page.getByTestId('trace-status').getByText(/^measure .* ms = .* samples = .* Hz, .* uV/).waitFor();
  await page.getByRole('button', { name: 'Export snippet' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export snippet' });
  const folder = path.join(root, 'snippets ä');
  await fs.mkdir(folder);
  await dialog.getByLabel('Folder to write into').fill(folder);
  await dialog.getByLabel('Name').fill('cut');
  expect(await seriousFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Export 2 files' }).click();
  await dialog.getByText('2 files written to').waitFor();
  const { runs } = await scan([folder]);
  expect(runs[0].gates[0].triggers[0].streams).toMatchObject([{ stream: 'imec0.ap', channels: 17 }]);
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();

  await page.getByRole('button', { name: 'Picture', exact: true }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'SVG' }).click()]);
  const svg = await fs.readFile(await download.path(), 'utf8');
  expect(svg).toMatch(/^<svg .*#FFFFFF/s);
  expect(svg).toMatch(/Run m41\. Aftergate \d.*imec0\.ap 0:01\.4000 to 0:01\.6000 on the clock of imec0, bar 200 uV, 16 channels, raw/s);
  expect(app.complaints).toEqual([]);
});

test('are asked for by two switches of the wizard, off until somebody wants them', async () => {
  const { page } = app;
  const { draftId } = await app.ask('session.create', { runIds: [runId] });
  const command = async () => (await app.ask('session.get', { draftId })).session['catGT_cmd_string'];
  const before = await command();
  expect(before).not.toMatch(/-edits|-health/);
  await page.goto(`${app.origin}/#/session/${draftId}/preprocess`);
  await page.getByRole('checkbox', { name: 'Keep a list of gfix edits and fills' }).click();
  await expect.poll(command).toBe(`${String(before)} -edits`);
  await page.getByRole('checkbox', { name: 'Report on saturation and lost samples' }).click();
  await expect.poll(command).toBe(`${String(before)} -edits -health`);
  const picture = process.env['AFTERGATE_PICTURES'];
  if (picture) await page.screenshot({ path: path.join(picture, 'records-dark.png') });
  await page.getByRole('checkbox', { name: 'Keep a list of gfix edits and fills' }).click();
  await expect.poll(command).toBe(`${String(before)} -health`);
});
