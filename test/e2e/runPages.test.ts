// The first screen of an empty profile; then, with a run of short files and a long pause: its timeline folded, two metas
// compared, a start and a length on the Gates step, and a session that comes back from a zip dropped on the page.

import fs from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { quickRun } from '../../core/simulate/index.ts';
import { type Application, openApplication } from '../support/application.ts';
import { seriousFindings } from '../support/axe.ts';
import { temporaryFolder } from '../support/folders.ts';

let app: Application;
let root: string;

beforeAll(async () => {
  root = await fs.realpath(temporaryFolder());
  const spans = [[0, 0, 1, 2], [0, 1, 2.5, 3.5], [1, 0, 65.5, 66.5]].map(([gate, trigger, fromS, toS]) => ({ gate, trigger, fromS, toS }));
  await quickRun(path.join(root, 'data'), { name: 'paused', spans });
  app = await openApplication({ profileFolder: path.join(root, 'profile'), roots: [root] });
});
afterAll(() => app.close());

const sizes = [{ width: 1280, height: 800, scheme: 'dark' }, { width: 2560, height: 1440, scheme: 'light' }] as const;

/** In both looks: axe has nothing serious, nothing is wider than the window; a picture where pictures are asked for. */
async function looksRight(name: string, route: string, prepare: (page: Page) => Promise<void> = async () => undefined): Promise<void> {
  for (const { width, height, scheme } of sizes) {
    const page = await app.open({ viewport: { width, height }, colorScheme: scheme });
    await page.goto(`${app.origin}/#${route}`);
    await prepare(page);
    expect(await seriousFindings(page), `${name}, ${scheme}`).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), name).toBeLessThanOrEqual(0);
    const pictures = process.env['AFTERGATE_PICTURES'];
    if (pictures) await page.screenshot({ path: path.join(pictures, `${name}-${width}-${scheme}.png`) });
    await page.close();
  }
  expect(app.complaints).toEqual([]);
}

describe.sequential('from an empty profile', () => {
  test('there are two choices with the focus on the demo, and what is worth doing on this rig', async () => {
    const { page } = app;
    const demo = page.getByRole('button', { name: 'Try it on a demo recording' });
    await demo.and(page.locator(':focus')).waitFor();
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    await page.getByRole('button', { name: 'Add my recordings' }).waitFor();
    const rig = page.getByRole('region', { name: 'For this rig' });
    expect(await rig.getByRole('listitem').locator('> :first-child').allTextContents()).toEqual(['○ Folder added: not yet', '○ Tools looked for: not yet', '○ Lab preset: not yet', '○ Self-check: not yet']);
    await looksRight('first start', '/runs', async (other) => other.getByRole('button', { name: 'Try it on a demo recording' }).and(other.locator(':focus-visible')).waitFor({ timeout: 5000 }));
  });

  test('the checklist goes on above the runs, until it is hidden', async () => {
    await app.ask('roots.add', { path: path.join(root, 'data') });
    await vi.waitUntil(async () => (await app.ask('runs.list', {})).length === 1, { timeout: 20_000 });
    await looksRight('runs with checklist', '/runs', async (page) => page.locator('[data-item=folder]', { hasText: '✔' }).waitFor());
    const { page } = app;
    await page.getByRole('button', { name: 'Hide the checklist' }).click();
    await page.getByRole('grid', { name: 'Runs' }).waitFor();
    expect(await page.getByRole('region', { name: 'For this rig' }).count()).toBe(0);
  });

  test('a long pause can be folded, and its length stays told', async () => {
    const [{ runId }] = await app.ask('runs.list', {});
    await app.go(`/runs/${runId}`);
    const { page } = app;
    const bar = page.locator('[data-trial="0 0"] rect').first();
    const before = (await bar.boundingBox())!.width;
    await page.getByText('gap 1 min 02 s', { exact: true }).waitFor();
    await page.getByRole('checkbox', { name: 'Fold the pause of 1 min 02 s' }).click();
    await page.getByText('gap 1 min 02 s, folded', { exact: true }).waitFor();
    expect((await bar.boundingBox())!.width).toBeGreaterThan(before * 10);
    await page.getByRole('button', { name: /^imec0\.ap g1 t0/ }).waitFor();
    await looksRight('run folded', `/runs/${runId}`, async (other) => other.getByText('gap 1 min 02 s, folded', { exact: true }).waitFor());
  });

  test('two metas are compared: only what differs', async () => {
    const [{ runId }] = await app.ask('runs.list', {});
    const compare = async (page: Page) => {
      await page.getByRole('combobox', { name: 'Compare with' }).click();
      await page.getByRole('option', { name: 'nidq g0 t1', exact: true }).click();
      await page.getByRole('grid', { name: 'Differences' }).waitFor();
    };
    const route = `/runs/${runId}?tab=meta&file=nidq,0,0`;
    await app.go(route);
    await compare(app.page);
    const rows = await app.page.getByRole('grid', { name: 'Differences' }).getByRole('row').allInnerTexts();
    expect(rows.some((row) => row.startsWith('firstSample') && row.includes('≠ changed'))).toBe(true);
    expect(rows.some((row) => row.startsWith('niSampRate'))).toBe(false);
    await looksRight('meta difference', route, compare);
  });

  test('start and length are written into the options, and drawn', async () => {
    const [{ runId }] = await app.ask('runs.list', {});
    const { draftId } = await app.ask('session.create', { runIds: [runId] });
    await app.go(`/session/${draftId}/gates`);
    const { page } = app;
    const set = async (label: string, value: string) => {
      await page.getByRole('textbox', { name: label }).fill(value);
      await page.keyboard.press('Enter');
    };
    await set('Start at, s', '0.25');
    await set('At most, s', '1');
    await page.getByRole('button', { name: /^imec0\.ap g0 t0 first file, taken from 0\.250 to 1\.000 s/ }).waitFor();
    await vi.waitUntil(async () => String((await app.ask('session.get', { draftId })).effective['catGT_cmd_string']).endsWith('-startsecs=0.25 -maxsecs=1'), { timeout: 10_000 });
    await looksRight('gates part', `/session/${draftId}/gates`, async (other) => other.getByRole('button', { name: /taken from 0\.250/ }).first().waitFor());
    await set('Start at, s', '30');
    await page.getByText('The start of 30.000 s lies beyond the end of g0 t0').first().waitFor();
    await looksRight('gates start beyond', `/session/${draftId}/gates`, async (other) => other.getByText('lies beyond the end').first().waitFor());
    await page.getByRole('button', { name: 'Start at the beginning' }).first().click();
    await vi.waitUntil(async () => !String((await app.ask('session.get', { draftId })).effective['catGT_cmd_string']).includes('startsecs'), { timeout: 10_000 });
  });

  test('a zip of an export, dropped on the page, is a session again', async () => {
    const [{ draftId }] = await app.ask('session.list', {});
    const { path: zip } = await app.ask('session.export', { draftId, kind: 'zip', path: path.join(root, 'back ö.zip') });
    await app.go('/session');
    await app.page.getByRole('grid', { name: 'Sessions' }).waitFor();
    const drop = async (bytes: string, name: string) => app.page.evaluate(`(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(atob(${JSON.stringify(bytes)}), (each) => each.charCodeAt(0))], ${JSON.stringify(name)}));
      document.querySelector('[role=grid]').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));
    })()`);
    await drop(Buffer.from('no zip').toString('base64'), 'broken.zip');
    await app.page.getByText('broken.zip: is not a zip that can be read').waitFor();
    await drop(await fs.readFile(zip, 'base64'), 'back ö.zip');
    await app.page.waitForURL(/session\/[^/]+\/runs/);
    const made = (await app.ask('session.list', {})).find(({ name }) => name === 'back ö')!;
    expect((await app.ask('session.get', { draftId: made.draftId })).session).toEqual((await app.ask('session.get', { draftId })).session);
  });
});
