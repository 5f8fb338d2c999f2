// Windows of the stand-in as pages of a real Chromium: the preload script runs before the page, with ipcRenderer and
// contextBridge that lead to the main process; app:// is answered by the main process's own handler.

import { type Browser, chromium, type Page } from 'playwright-core';
import { browserFlags, browserPath } from '../../support/browser.ts';
import type { StandInPage } from './electron.ts';
import type { seen as Seen } from './electron.ts';

/** Stands for app:// in the browser, which knows no other schemes; nothing leaves the machine. */
const origin = 'https://aftergate.test';

export interface PageMaker {
  readonly browser: Browser;
  /** The page of the window opened last. */
  page(): Page;
  open(): Promise<StandInPage>;
}

export async function pageMaker(seen: typeof Seen, preload: string): Promise<PageMaker> {
  const browser = await chromium.launch({ executablePath: browserPath(), args: browserFlags });
  let current: Page | undefined;
  return {
    browser,
    page: () => current!,
    async open() {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      current = page;
      return {
        async load(url, _preferences, contents) {
          const toApp = (text: string) => text.replace(origin, 'app://aftergate');
          await page.route(`${origin}/**`, async (route) => {
            const reply = await seen.pages.get('app')!(new Request(toApp(route.request().url())));
            await route.fulfill({ status: reply.status, headers: Object.fromEntries(reply.headers), body: Buffer.from(await reply.arrayBuffer()) });
          });
          const event = () => ({ sender: contents, senderFrame: { url: toApp(page.url()) } });
          await page.exposeBinding('standInInvoke', (_source, channel: string, args: unknown[]) => seen.handlers.get(channel)!(event(), ...args));
          await page.addInitScript(`{
            const listeners = new Map();
            window.standInReceive = (channel, message) => (listeners.get(channel) ?? []).forEach((listener) => listener({}, message));
            const invoke = window.standInInvoke;
            const electron = {
              contextBridge: { exposeInMainWorld: (name, value) => { window[name] = value; } },
              ipcRenderer: {
                invoke: (channel, ...args) => invoke(channel, args),
                send: (channel, ...args) => void invoke(channel, args),
                on: (channel, listener) => listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
              },
            };
            const module = { exports: {} };
            ((require, module, exports) => { ${preload} })(() => electron, module, module.exports);
          }`);
          await page.goto(url.replace('app://aftergate', origin));
        },
        send(channel, message) {
          void page.evaluate(([name, data]) => (globalThis as unknown as { standInReceive(name: unknown, data: unknown): void }).standInReceive(name, data), [channel, message]).catch(() => undefined);
        },
      };
    },
  };
}
