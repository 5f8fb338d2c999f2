// Nothing outside the folders Aftergate was started for can be reached, by any request that takes a path: not by its name,
// and not through a link inside.

import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Input, RequestName } from '../../core/service/contract/index.ts';
import { createService, type Service } from '../../core/service/index.ts';
import { quickRun } from '../../core/simulate/index.ts';
import { temporaryFolder } from '../support/folders.ts';

let service: Service;
let root: string;
let outside: string;
let draftId: string;

const call = <Name extends RequestName>(name: Name, input: Input<Name>) => service.call(name, input) as Promise<never>;

beforeAll(async () => {
  const folder = await fs.realpath(temporaryFolder());
  [root, outside] = [path.join(folder, 'in side'), path.join(folder, 'öutside')];
  await quickRun(path.join(root, 'data'), { name: 'mine' });
  await quickRun(path.join(outside, 'data'), { name: 'theirs' });
  await fs.writeFile(path.join(outside, 'session.json'), '{"version":1,"kind":"multi-run"}');
  await fs.symlink(outside, path.join(root, 'link'), 'junction');
  service = await createService({ profileFolder: path.join(folder, 'profile'), roots: [root], workers: 1 });
  await call('roots.add', { path: root });
  const runs = () => service.call('runs.list', {}) as Promise<readonly { readonly runId: string; readonly name: string }[]>;
  await vi.waitUntil(async () => (await runs()).length > 0, { timeout: 20_000 });
  const draft: { draftId: string } = await call('session.create', { runIds: [(await runs())[0].runId] });
  draftId = draft.draftId;
});
afterAll(() => service.close());

test('runs behind a link that leads out are not listed', async () => {
  expect(await call('runs.list', {})).toMatchObject([{ name: 'mine' }]);
});

describe.each([['by name', () => outside], ['through a link', () => path.join(root, 'link')]])('%s', (_, place) => {
  const requests: readonly (readonly [RequestName, () => unknown])[] = [
    ['roots.add', () => ({ path: place() })],
    ['folders.browse', () => ({ path: place() })],
    ['folders.make', () => ({ parent: place(), name: 'new' })],
    ['results.open', () => ({ path: place() })],
    ['results.get', () => ({ resultId: Buffer.from(place()).toString('base64url') })],
    ['dest.choose', () => ({ path: place() })],
    ['demo.create', () => ({ path: path.join(place(), 'demo') })],
    ['session.create', () => ({ kind: 'file-list', files: [path.join(place(), 'data', 'theirs_g0', 'theirs_g0_imec0', 'theirs_g0_t0.imec0.ap.bin')] })],
    ['session.import', () => ({ path: path.join(place(), 'session.json') })],
    ['session.export', () => ({ draftId, kind: 'folder', path: path.join(place(), 'export') })],
    ['session.export', () => ({ draftId, kind: 'session', path: path.join(place(), 'export.json') })],
    ['presets.import', () => ({ path: path.join(place(), 'session.json') })],
  ];
  test.each(requests)('%s', async (name, input) => {
    await expect(service.call(name, input() as never)).rejects.toMatchObject({ tag: 'not-allowed', message: expect.stringContaining('is outside the folders Aftergate may use') as string });
  });

  test.each(['catGT_dest', 'json_directory', 'npx_directory'])('a session whose %s lies there is not queued', async (key) => {
    const { rev, session }: { rev: number; session: Record<string, unknown> } = await call('session.get', { draftId });
    const value = key === 'npx_directory' ? [path.join(place(), 'data')] : path.join(place(), 'new');
    await call('session.patch', { draftId, rev, label: key, session: { [key]: value } });
    await expect(service.call('queue.add', { draftId })).rejects.toMatchObject({ tag: 'not-allowed' });
    await call('session.patch', { draftId, rev: rev + 1, label: key, session: { [key]: session[key] ?? null } });
  });
});

test('nothing was written there', async () => {
  expect((await fs.readdir(outside)).sort()).toEqual(['data', 'session.json']);
});
