// What the walks share: two short recordings, and the ways a person gets about the pages.

import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { presetRun, simulateRun } from '../../core/simulate/index.ts';
import type { Application } from '../support/application.ts';

/** Recorded seconds; the photodiode on XA0 (and line 1) shows the stimulus at 3.2, 4.5, 5.8 and 7.1 s of 2 to 8 s. */
export const seconds = 6;
export const stimuli = 4;

/** A run with one probe of 32 channels and NI in a folder of its own. */
export async function record(folder: string, name: string, seed: number): Promise<void> {
  await simulateRun(path.join(folder, name), { ...presetRun('quick', { seconds, channels: 32, seed }), name });
}

/** Presses the primary button of each step until the last one is shown. */
export async function goThrough(page: Page, titles: readonly string[], press: (button: Locator) => Promise<void>): Promise<void> {
  for (const title of titles) {
    const next = page.getByRole('button', { name: `Next: ${title}` });
    await next.waitFor();
    await press(next);
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
  }
}

/** Waits for the end of the latest job; fails with what the queue says of it. */
export async function jobDone(app: Application): Promise<void> {
  const job = async () => (await app.ask('queue.state', {})).jobs[0];
  await expect.poll(async () => (await job())?.endedAt ?? null, { timeout: 180_000, interval: 500 }).not.toBeNull();
  const { state, jobId } = await job();
  const { allSteps } = await app.ask('queue.job', { jobId });
  expect({ state, messages: allSteps.flatMap(({ message }) => message ?? []) }).toEqual({ state: 'done', messages: [] });
}

/** Tab until it has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  const focused = target.and(page.locator(':focus'));
  for (let presses = 0; presses < 120; presses++) {
    if ((await focused.count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${target.toString()}`);
}

/** Waits for a value that is not the one before; the new one. */
export async function changed(value: () => Promise<string | null>, before: string | null): Promise<string> {
  await expect.poll(value, { timeout: 10_000 }).not.toBe(before);
  return (await value()) ?? '';
}
