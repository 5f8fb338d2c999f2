// The queue with 200 runs, its limits, a step that waits for room, and a report with an unusual figure, in a browser.

import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Page } from 'playwright-core';
import { type QueueStep, standardLimits } from '../../core/service/contract/index.ts';
import { quickRun } from '../../core/simulate/index.ts';
import { type Application, openApplication } from '../support/application.ts';
import { seriousFindings } from '../support/axe.ts';
import { temporaryFolder } from '../support/folders.ts';

const runs = 200;
const failedRun = 'm150';
let app: Application;
let root: string;

beforeAll(async () => {
  root = await fs.realpath(temporaryFolder());
  const room = path.join(root, 'profile', 'queue');
  await fs.mkdir(path.join(room, 'backlog'), { recursive: true });
  await fs.writeFile(path.join(room, 'backlog.json'), JSON.stringify(backlog()));
  await fs.writeFile(path.join(room, 'backlog', 'report.json'), JSON.stringify(report()));
  await quickRun(path.join(root, 'data'), { name: 'm41', seconds: 3 });
  app = await openApplication({ profileFolder: path.join(root, 'profile'), roots: [root] });
  await app.ask('roots.add', { path: path.join(root, 'data') });
});
afterAll(() => app.close());

/** 200 runs of two probes, one of which failed. */
function backlog(): Record<string, unknown> {
  const names = Array.from({ length: runs }, (_, index) => `m${index}`);
  const steps = names.flatMap((run) => [stepOf(run, null, 'catGT_helper'), ...[0, 1].flatMap((probe) => [stepOf(run, probe, 'spike_sorter'), stepOf(run, probe, 'quality_metrics')]), stepOf(run, null, 'tPrime_helper')]);
  const out = path.join(root, 'out');
  return {
    jobId: 'backlog', name: 'weekend backlog', state: 'failed', session: {}, base: out, sessionFile: path.join(out, 'weekend backlog.json'), destination: out,
    addedAt: '2026-11-20T18:00:00Z', startedAt: '2026-11-20T18:00:00Z', endedAt: '2026-11-22T06:00:00Z', notBefore: null, steps, leftOut: [], warnings: [], problem: null,
  };
}

function stepOf(run: string, probe: number | null, module: string): QueueStep & { inputJson: string; outputJson: string } {
  const isFailed = run === failedRun && probe === 1;
  const state = !isFailed ? 'done' : module === 'spike_sorter' ? 'failed' : 'blocked';
  return {
    stepId: `${run}_g0${probe === null ? '' : `_imec${probe}`}-${module}`, run, gate: 0, probe, module, state, fraction: 1, done: null, total: null, noun: null, xRealtime: null, left_s: null, est_s: 60,
    took_s: isFailed ? null : 47, startedAt: null, recording_s: 3600, input_B: 1e9, needs: [], message: state === 'failed' ? 'the drive E: vanished after 00:41:10' : null, next: state === 'failed' ? 'Reconnect it and press Retry.' : null,
    inputJson: path.join(root, 'in.json'), outputJson: path.join(root, 'out.json'),
  };
}

function report(): Record<string, unknown> {
  const figures = { units: 388, good: 148, spikes: 1e6, syncResidual_ms: 0.02, gfixEdits: 96, drift_um: 47, folder: null, next: null };
  const unusual = ['148 good; usual 60 to 120 (23 probes before)', 'drift 47 um; usual 8 to 35 (23 probes before)'];
  return {
    jobId: 'backlog', name: 'weekend backlog', state: 'failed', verdict: '399 of 400 probes done, m150 imec1 failed', startedAt: '2026-11-20T18:00:00Z', endedAt: '2026-11-22T06:00:00Z',
    probes: [
      { what: 'm0 imec0', state: 'done', sentence: 'm0 imec0: 412 units, 98 good; sync residual 0.02 ms; drift 21 um; 96 gfix edits.', ...figures, unusual: [] },
      { what: 'm0 imec1', state: 'done', sentence: 'm0 imec1: 388 units, 148 good (usual 60 to 120); sync residual 0.02 ms; drift 47 um (usual 8 to 35); 96 gfix edits.', ...figures, unusual },
    ],
    failures: [], skipped: [], findings: unusual.map((text) => ({ what: 'm0 imec1', text })), time: { planned_s: 0, actual_s: 0, modules: [] }, disk: { planned_B: 0, actual_B: 0, modules: [] }, steps: [], folders: [], files: [], methods: '',
  };
}

async function look(page: Page, name: string): Promise<string[]> {
  // A notice that fades in has no contrast yet.
  await page.waitForFunction(() => (globalThis as unknown as { document: { getAnimations(): readonly { playState: string }[] } }).document.getAnimations().every(({ playState }) => playState !== 'running'));
  const folder = process.env['AFTERGATE_PICTURES'];
  if (folder) await page.screenshot({ path: path.join(folder, `${name}.png`) });
  return [...(await seriousFindings(page)), ...app.complaints.splice(0)].map((line) => `${name}: ${line}`);
}

describe.each(['dark', 'light'] as const)('%s', (colorScheme) => {
  test('200 runs are drawn as far as they are seen; X brings the failed one to the top', async () => {
    await app.ask('profile.set', { name: 'queue.failedFirst', value: false });
    const page = await app.open({ colorScheme });
    await page.goto(`${app.origin}/#/queue/backlog`);
    const grid = page.getByRole('grid', { name: 'Steps of weekend backlog' });
    await grid.getByRole('rowheader', { name: 'm0 g0' }).waitFor();
    expect(await grid.getAttribute('aria-rowcount')).toBe(String(3 * runs + 1));
    expect(await grid.getByRole('row').count()).toBeLessThan(80);
    expect(await grid.getByText('E: vanished').count()).toBe(0);
    await page.keyboard.press('x');
    await grid.getByText('E: vanished').waitFor();
    expect((await grid.getByRole('rowheader').allTextContents()).slice(0, 4)).toEqual([`${failedRun} g0`, 'imec0', 'imec1', 'm0 g0']);
    const wrong = await look(page, `queue-200-runs-${colorScheme}`);

    await grid.locator('[tabindex="0"]').focus();
    for (let row = 0; row < 40; row++) await page.keyboard.press('ArrowDown');
    await vi.waitUntil(async () => (await grid.locator('td:focus').getAttribute('data-step'))?.startsWith('m12_'), { timeout: 10_000 });
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('limits are set beside the queue and seen in the settings; a step waits for room and goes on when there is', async () => {
    await app.ask('queue.setLimits', standardLimits);
    const page = await app.open({ colorScheme });
    await page.goto(`${app.origin}/#/queue`);
    await page.getByRole('button', { name: 'Limits' }).click();
    const reserve = page.getByLabel('Disk reserve');
    await reserve.fill('900000');
    await reserve.press('Enter');
    await page.getByLabel('Gentle while recording').click();
    await vi.waitUntil(async () => { const { limits } = await app.ask('queue.state', {}); return limits.diskReserve_GB === 900_000 && !limits.gentle; }, { timeout: 10_000 });
    const wrong = await look(page, `queue-limits-${colorScheme}`);
    await page.keyboard.press('Escape');

    const out = path.join(root, `out ${colorScheme}`);
    await app.ask('dest.choose', { path: out });
    const [{ runId }] = await app.ask('runs.list', {});
    const { draftId } = await app.ask('session.create', { runIds: [runId] });
    const { rev } = await app.ask('session.get', { draftId });
    await app.ask('session.patch', { draftId, rev, label: 'set up', session: { catGT_dest: out, modules: [], runTPrime: false } });
    const { jobId } = await app.ask('queue.add', { draftId });
    await page.getByText('waits for room on the drive').waitFor();
    await page.getByText('900,000 GB must stay free').first().waitFor();
    wrong.push(...await look(page, `queue-waits-${colorScheme}`));
    await page.goto(`${app.origin}/#/settings/limits`);
    await page.getByRole('button', { name: 'Defaults' }).click();
    await vi.waitUntil(async () => (await app.ask('queue.job', { jobId })).state === 'done', { timeout: 60_000 });
    wrong.push(...await look(page, `settings-limits-${colorScheme}`));
    await app.ask('queue.remove', { jobId });
    expect(wrong).toEqual([]);
    await page.close();
  });

  test('the report marks the probe whose figures are unusual', async () => {
    const page = await app.open({ colorScheme });
    await page.goto(`${app.origin}/#/report/backlog`);
    await page.getByText('148 good (usual 60 to 120)').waitFor();
    expect(await page.getByLabel('Probes').getByText('unusual').count()).toBe(1);
    expect(await look(page, `report-${colorScheme}`)).toEqual([]);
    await page.close();
  });
});
