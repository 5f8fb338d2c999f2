// Every screen, in both schemes and two sizes: draws without a complaint, has one heading, fits the window, and axe finds
// nothing serious.

import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { quickRun } from '../../core/simulate/index.ts';
import { type Application, openApplication } from '../support/application.ts';
import { seriousFindings } from '../support/axe.ts';
import { temporaryFolder } from '../support/folders.ts';
import { writeSorting } from '../core/modules/quality_metrics/sorting.ts';

let app: Application;
let routes: Readonly<Record<string, string>>;

beforeAll(async () => {
  const root = await fs.realpath(temporaryFolder());
  await quickRun(path.join(root, 'data'), { name: 'm41', seconds: 6 });
  const sorted = path.join(root, 'sorted', 'm41_g0_imec0', 'imec0_ks4');
  await writeSorting(sorted);
  app = await openApplication({ profileFolder: path.join(root, 'profile'), roots: [root] });
  await app.ask('roots.add', { path: path.join(root, 'data') });
  await vi.waitUntil(async () => (await app.ask('runs.list', {})).length === 1, { timeout: 20_000 });
  const [{ runId }] = await app.ask('runs.list', {});
  const { draftId } = await app.ask('session.create', { runIds: [runId] });
  const [{ resultId }] = await app.ask('results.open', { path: path.join(root, 'sorted') });
  routes = {
    runs: '/runs', run: `/runs/${runId}`, 'raw traces': `/traces/${runId}`, sessions: '/session',
    ...Object.fromEntries(['runs', 'gates', 'probes', 'extract', 'preprocess', 'sort', 'modules', 'sync', 'dest', 'review'].map((step) => [`session: ${step}`, `/session/${draftId}/${step}`])),
    queue: '/queue', results: '/review', units: `/review/${resultId}/units`, traces: `/review/${resultId}/traces`, settings: '/settings', help: '/help', keys: '/help/keys',
  };
});
afterAll(() => app.close());

const sizes = [{ width: 1280, height: 800, scheme: 'dark' }, { width: 2560, height: 1440, scheme: 'light' }] as const;

describe.each(sizes)('$width x $height, $scheme', ({ width, height, scheme }) => {
  test('every screen', async () => {
    const page = await app.open({ viewport: { width, height }, colorScheme: scheme });
    app.complaints.length = 0;
    const wrong: string[] = [];
    for (const [name, route] of Object.entries(routes)) {
      await page.goto(`${app.origin}/#${route}`);
      await page.locator('h1').first().waitFor();
      await page.waitForFunction(() => (globalThis as unknown as { document: { querySelector(text: string): unknown } }).document.querySelector('[aria-busy=true]') === null, undefined, { timeout: 20_000 }).catch(() => wrong.push(`${name}: is still waiting for something`));
      if (name === 'units') await page.locator('.js-plotly-plot .main-svg').nth(2).waitFor();
      const picture = process.env['AFTERGATE_PICTURES'];
      if (picture) await page.screenshot({ path: path.join(picture, `${name.replace(/\W+/g, '-')}-${width}-${scheme}.png`) });
      const headings = await page.locator('h1').count();
      if (headings !== 1) wrong.push(`${name}: ${headings} headings`);
      const [inner, outer] = await page.evaluate(() => {
        const { document, innerWidth } = globalThis as unknown as { document: { documentElement: { scrollWidth: number } }; innerWidth: number };
        return [document.documentElement.scrollWidth, innerWidth];
      });
      if (inner > outer) wrong.push(`${name}: is ${inner} px wide in ${outer}`);
      if ((await page.locator('.no-webgl').count()) > 0) wrong.push(`${name}: WebGL is not there`);
      wrong.push(...(await seriousFindings(page)).map((finding) => `${name}: ${finding}`));
      wrong.push(...app.complaints.splice(0).map((line) => `${name}: ${line}`));
    }
    await page.close();
    expect(wrong).toEqual([]);
  });
});
