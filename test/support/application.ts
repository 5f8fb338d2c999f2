// The application for browser tests: the service in this process, served over HTTP, in a page of Chromium.

import path from 'node:path';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { Answer, Input, RequestName } from '../../core/service/contract/index.ts';
import { createService, serveHttp, type Service } from '../../core/service/index.ts';
import { browserFlags, browserPath } from './browser.ts';

export interface Application {
  readonly page: Page;
  readonly service: Service;
  /** Of the server, without route. */
  readonly origin: string;
  /** Everything the page complained about: uncaught errors, errors on the console. */
  readonly complaints: string[];
  ask<Name extends RequestName>(name: Name, input: Input<Name>): Promise<Answer<Name>>;
  /** Shows a route such as `/runs`. */
  go(route: string): Promise<void>;
  /** Another page on the same service. */
  open(options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

export interface ApplicationOptions extends BrowserContextOptions {
  readonly profileFolder: string;
  readonly roots?: readonly string[];
  readonly workers?: number;
}

export async function openApplication({ profileFolder, roots, workers = 1, ...context }: ApplicationOptions): Promise<Application> {
  const service = await createService({ profileFolder, roots, workers });
  const server = await serveHttp(service, { pages: path.resolve(import.meta.dirname, '..', '..', 'dist', 'renderer') });
  const browser = await chromium.launch({ executablePath: browserPath(), args: browserFlags });
  const complaints: string[] = [];
  const open = async (options: BrowserContextOptions = {}) => {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'dark', ...context, ...options })).newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
    page.on('response', async (response) => {
      if (response.status() >= 500) complaints.push(`${response.url()}: ${await response.text().catch(String)}`);
    });
    await page.goto(server.url);
    await page.locator('h1').first().waitFor();
    return page;
  };
  const page = await open();
  const origin = `http://127.0.0.1:${server.port}`;
  return {
    page, service, origin, complaints, open,
    ask: async (name, input) => (await service.call(name, input)) as never,
    async go(route) {
      await page.goto(`${origin}/#${route}`);
      await page.locator('h1').first().waitFor();
    },
    async close() {
      await browser.close();
      await server.close();
      await service.close();
    },
  };
}
