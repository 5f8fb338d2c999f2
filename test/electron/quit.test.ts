// Quitting while work runs: asked, and done as answered.

import { beforeEach, describe, expect, test, vi } from 'vitest';
import { askBeforeQuitting } from '../../electron/quit.ts';
import type { Service } from '../../core/service/index.ts';
import { app, BrowserWindow, seen, Stoppable } from './standIn/electron.ts';

vi.mock('electron', () => import('./standIn/electron.ts'));

/** A service that works until told otherwise. */
function workingService() {
  const listeners = new Set<(event: never) => void>();
  const state = { busy: ['m41 evening: sort imec0'], calls: [] as string[], isClosed: false };
  const service: Service = {
    busy: () => state.busy,
    call: (name) => { state.calls.push(name); return Promise.resolve({}); },
    listen: (listener) => { listeners.add(listener); return () => listeners.delete(listener); },
    close: () => { state.isClosed = true; return Promise.resolve(); },
  };
  return { service, state, tell: () => { for (const listener of listeners) listener({} as never); } };
}

function start() {
  app.removeAllListeners();
  Object.assign(seen, { dialogs: [], quits: 0 });
  const work = workingService();
  const window = new BrowserWindow({ webPreferences: {} });
  window.show();
  askBeforeQuitting(work.service, () => window as never);
  return { ...work, window };
}

const asked = () => vi.waitFor(() => { expect(seen.dialogs).toHaveLength(1); });

describe('quitting while work runs', () => {
  beforeEach(() => { seen.answer = 3; });

  test('asks, naming the work, and stays when cancelled', async () => {
    const { window } = start();
    app.quit();
    await asked();
    expect(seen.dialogs[0].detail).toContain('m41 evening: sort imec0');
    expect(window.isShown).toBe(true);
    expect(seen.quits).toBe(0);
  });

  test('closing the window asks as well', async () => {
    const { window } = start();
    const close = new Stoppable();
    window.emit('close', close);
    expect(close.isStopped).toBe(true);
    await asked();
  });

  test('works on in the background, with the window hidden', async () => {
    seen.answer = 0;
    const { window, state } = start();
    app.quit();
    await vi.waitFor(() => { expect(window.isShown).toBe(false); });
    expect(state).toMatchObject({ calls: [], isClosed: false });
  });

  test('ends after the running step', async () => {
    seen.answer = 1;
    const { state, tell } = start();
    app.quit();
    await vi.waitFor(() => { expect(state.calls).toEqual(['queue.pause']); });
    tell();
    expect(seen.quits).toBe(0);
    state.busy = [];
    tell();
    await vi.waitFor(() => { expect(seen.quits).toBe(1); });
    expect(state.isClosed).toBe(true);
  });

  test('stops at once, after the service has saved what it knows', async () => {
    seen.answer = 2;
    const { state } = start();
    app.quit();
    await vi.waitFor(() => { expect(seen.quits).toBe(1); });
    expect(state.isClosed).toBe(true);
  });

  test('with nothing under way it just ends', async () => {
    const { state } = start();
    state.busy = [];
    app.quit();
    await vi.waitFor(() => { expect(seen.quits).toBe(1); });
    expect(seen.dialogs).toEqual([]);
  });
});
