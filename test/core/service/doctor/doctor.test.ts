// The self-check, and the demo recording, through the service.

import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, Input, RequestName } from '../../../../core/service/contract/index.ts';
import { createService, type Service } from '../../../../core/service/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';

let service: Service;
let root: string;
const ask = async <Name extends RequestName>(name: Name, input: Input<Name>, options = {}) => (await service.call(name, input, options)) as Answer<Name>;

beforeAll(async () => {
  root = await fs.realpath(temporaryFolder());
  await fs.mkdir(path.join(root, 'place'));
  service = await createService({ profileFolder: path.join(root, 'profile'), roots: [path.join(root, 'place')], workers: 1 });
});
afterAll(() => service.close());

describe('doctor', () => {
  test('every check passes here, and nothing is left behind', async () => {
    const told: number[] = [];
    const rows = await ask('doctor.run', {}, { progress: (done: number) => told.push(done) });
    expect(rows.filter(({ verdict }) => verdict === 'stop')).toEqual([]);
    expect(rows.map(({ id }) => id)).toEqual(['version', 'simd', 'workers', 'memory', 'clock', 'disk', 'catgt', 'edges', 'filter']);
    expect(rows.find(({ id }) => id === 'edges')?.value).toBe('imec0.ap 4 of 4, nidq 4 of 4');
    expect(told).toEqual(rows.map((_, index) => index + 1));
    expect(await fs.readdir(path.join(root, 'profile', 'cache'))).not.toContain('self-check');
  });
});

describe('the checklist of a rig', () => {
  const done = async () => Object.fromEntries((await ask('rig.checklist', {})).map(({ id, done: isDone, text }) => [id, isDone ? text : null]));

  test('tells from earlier looks what has been done, and measures nothing itself', async () => {
    const place = path.join(await fs.realpath(temporaryFolder()), 'rig ö');
    await fs.mkdir(place);
    const fresh = await createService({ profileFolder: path.join(place, '..', 'profile'), roots: [place], workers: 1 });
    const askFresh = async <Name extends RequestName>(name: Name, input: Input<Name>) => (await fresh.call(name, input)) as Answer<Name>;
    expect((await askFresh('rig.checklist', {})).map(({ id, done: isDone }) => [id, isDone])).toEqual([['folder', false], ['tools', false], ['preset', false], ['check', false]]);
    await askFresh('roots.add', { path: place });
    await askFresh('tools.list', {});
    const { draftId } = await askFresh('session.create', { runIds: [] });
    await askFresh('presets.save', { draftId, name: 'Lab' });
    const items = await askFresh('rig.checklist', {});
    expect(items.map(({ id, done: isDone }) => [id, isDone])).toEqual([['folder', true], ['tools', true], ['preset', true], ['check', false]]);
    expect(items.map(({ text }) => text)).toMatchObject(['1 folder, 0 runs', expect.stringContaining('found') as string, '1 preset', expect.stringContaining('in some seconds') as string]);
    await fresh.close();
  });

  test('has what the last self-check found', async () => {
    const rows = await ask('doctor.run', {});
    const passed = rows.filter(({ verdict }) => verdict === 'ok').length;
    expect((await done()).check).toMatch(new RegExp(`^${passed} passed on \\d{4}-\\d{2}-\\d{2}`));
  });
});

describe('the demo', () => {
  test('is made inside the places, listed, and has a session that nothing stops', async () => {
    const place = await ask('demo.place', {});
    expect(place).toMatchObject({ path: path.join(root, 'place', 'aftergate-demo'), draftId: null });
    const { draftId } = await ask('demo.create', { path: place.path, channels: 16 });
    expect((await ask('runs.list', {})).map(({ name }) => name)).toEqual(['demo']);
    expect(await ask('demo.place', {})).toMatchObject({ draftId });
    const findings = await ask('session.check', { draftId });
    expect(findings.filter(({ severity }) => severity === 'stop')).toEqual([]);
  });

  test('a demo outside the places is refused, one that is cancelled leaves nothing', async () => {
    await expect(service.call('demo.create', { path: path.join(root, 'elsewhere') })).rejects.toMatchObject({ tag: 'not-allowed' });
    const abort = new AbortController();
    const made = path.join(root, 'place', 'second');
    await expect(service.call('demo.create', { path: made, channels: 16 }, { signal: abort.signal, progress: () => abort.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(await fs.readdir(path.join(made, 'raw')).catch(() => [])).toEqual([]);
  });
});
