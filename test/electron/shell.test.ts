// The real main process and preload script in a stand-in Electron whose window is a page of a real Chromium.

import { readFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../support/folders.ts';
import type * as StandIn from './standIn/electron.ts';
import { type PageMaker, pageMaker } from './standIn/pages.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const out = path.join(root, 'dist', 'shell-test');

let electron: typeof StandIn;
let pages: PageMaker;
let profile: string;

beforeAll(async () => {
  // As build.mjs bundles it, but for the stand-in in place of electron.
  const shell = { bundle: true, platform: 'node', target: 'node20', logLevel: 'error' } as const;
  const standIn = path.join(out, 'electron.mjs');
  await build({ ...shell, entryPoints: [path.join(root, 'test/electron/standIn/electron.ts')], outfile: standIn, format: 'esm' });
  await build({ ...shell, entryPoints: [path.join(root, 'electron/main.ts')], outfile: path.join(out, 'main.mjs'), format: 'esm', packages: 'external', alias: { electron: standIn }, external: [standIn] });
  electron = (await import(pathToFileURL(standIn).href)) as typeof StandIn;
  profile = path.join(temporaryFolder(), 'profile');
  process.env['AFTERGATE_PROFILE'] = profile;
  pages = await pageMaker(electron.seen, readFileSync(path.join(root, 'dist', 'electron', 'preload.cjs'), 'utf8'));
  electron.seen.openPage = () => pages.open();
  await import(pathToFileURL(path.join(out, 'main.mjs')).href);
  await vi.waitUntil(() => electron.BrowserWindow.all[0]?.isShown, { timeout: 60_000 });
}, 120_000);

afterAll(async () => {
  await pages?.browser.close();
  await fs.rm(out, { recursive: true, force: true });
});

describe('the desktop shell', () => {
  test('the window is isolated from Node and sandboxed, with a CommonJS preload script', () => {
    const [window] = electron.BrowserWindow.all;
    expect(window.options.webPreferences).toMatchObject({ contextIsolation: true, sandbox: true, nodeIntegration: false, nodeIntegrationInWorker: false, webSecurity: true, webviewTag: false });
    expect(path.basename(window.options.webPreferences.preload as string)).toBe('preload.cjs');
    expect(window.url).toBe('app://aftergate/');
  });

  test('the preload bundle needs nothing but electron', () => {
    const text = readFileSync(path.join(root, 'dist', 'electron', 'preload.cjs'), 'utf8');
    expect([...text.matchAll(/require\("([^"]+)"\)/g)].map((match) => match[1])).toEqual(['electron']);
    expect(text).not.toMatch(/^import /m);
  });

  test('the scheme of the pages is a secure one', () => {
    expect(electron.seen.schemes).toEqual([{ scheme: 'app', privileges: expect.objectContaining({ standard: true, secure: true }) as object }]);
  });

  test('pages carry the policy; other hosts and ways out are not found', async () => {
    const get = electron.seen.pages.get('app')!;
    const page = await get(new Request('app://aftergate/'));
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect((await get(new Request('app://elsewhere/'))).status).toBe(404);
    expect((await get(new Request('app://aftergate/..%2f..%2fpackage.json'))).status).toBe(404);
  });

  test('no page may navigate away, open windows or ask for permissions', () => {
    const { webContents } = electron.BrowserWindow.all[0];
    expect(webContents.openHandler?.({ url: 'https://example.org' })).toEqual({ action: 'deny' });
    const away = new electron.Stoppable('https://example.org');
    webContents.emit('will-navigate', away);
    expect(away.isStopped).toBe(true);
    const view = new electron.Stoppable();
    webContents.emit('will-attach-webview', view);
    expect(view.isStopped).toBe(true);
    const answers: Record<string, boolean> = {};
    for (const permission of ['camera', 'geolocation', 'notifications', 'clipboard-sanitized-write']) electron.seen.permission!({}, permission, (allowed) => { answers[permission] = allowed; });
    expect(answers).toEqual({ camera: false, geolocation: false, notifications: false, 'clipboard-sanitized-write': true });
  });

  test('requests of other pages are not answered', async () => {
    const reply = await electron.seen.handlers.get('aftergate:call')!({ sender: { id: 7 }, senderFrame: { url: 'https://example.org/' } }, 'app.info', {}, 'r1');
    expect(reply).toMatchObject({ failure: { tag: 'not-allowed' } });
  });

  test('the renderer runs in the window and speaks with the service over IPC', async () => {
    const page = pages.page();
    await page.getByRole('heading', { level: 1, name: 'Runs' }).waitFor();
    const info = await page.evaluate(async () => (globalThis as unknown as { aftergate: { call(name: string, input: unknown, id: string): Promise<{ answer: { carrier: string } }> } }).aftergate.call('app.info', {}, 'x'));
    expect(info.answer.carrier).toBe('desktop');
  });

  test('where the window stands is kept', async () => {
    electron.BrowserWindow.all[0].emit('close', new electron.Stoppable());
    await expect.poll(() => fs.readFile(path.join(profile, 'profile.json'), 'utf8').then((text) => (JSON.parse(text) as { window?: unknown }).window, () => undefined)).toMatchObject({ width: 1200, height: 800 });
  });

  test('a second start shows the window there is', () => {
    electron.BrowserWindow.all[0].hide();
    electron.app.emit('second-instance');
    expect(electron.BrowserWindow.all).toHaveLength(1);
    expect(electron.BrowserWindow.all[0].isShown).toBe(true);
  });

  test('quitting with nothing under way closes the service and ends', async () => {
    electron.app.quit();
    await expect.poll(() => electron.seen.quits).toBe(1);
    expect(electron.seen.dialogs).toEqual([]);
    expect(electron.seen.errors).toEqual([]);
  });
});
