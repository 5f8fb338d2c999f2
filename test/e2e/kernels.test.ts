// The kernels in the engine that users' Electron brings: the same block gives the same counts (within one, where fused
// multiply-adds round differently) in Chromium as in Node.

import path from 'node:path';
import { build } from 'esbuild';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserFlags, browserPath } from '../support/browser.ts';
import { processedBlock } from './kernelPage.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: browserPath(), args: browserFlags });
});

afterAll(async () => browser?.close());

describe('in Chromium', () => {
  test('shift, band-pass and median of a block equal those in Node', async () => {
    const bundle = await build({
      entryPoints: [path.join(import.meta.dirname, 'kernelPage.ts')],
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'page',
      platform: 'browser',
      // Node's flag for relaxed SIMD: browsers have it on by default.
      alias: { 'node:v8': path.join(import.meta.dirname, 'noFlags.ts') },
    });
    const page = await browser.newPage();
    await page.goto('about:blank');
    await page.addScriptTag({ content: bundle.outputFiles[0].text });
    const inBrowser = (await page.evaluate('Array.from(page.processedBlock())')) as number[];
    const inNode = processedBlock();
    expect(inBrowser.length).toBe(inNode.length);
    let different = 0;
    inBrowser.forEach((value, index) => {
      expect(Math.abs(value - inNode[index])).toBeLessThanOrEqual(1);
      if (value !== inNode[index]) different++;
    });
    expect(different / inNode.length).toBeLessThan(1e-3);
  });
});
