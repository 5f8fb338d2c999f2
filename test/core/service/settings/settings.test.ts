// Programs, sorters, regions and what is kept, asked of the service.

import fs from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createService, type Service } from '../../../../core/service/index.ts';
import { type Answer, type Input, regionKeys, type RequestName, type Tool } from '../../../../core/service/contract/index.ts';
import { sorterChoices } from '../../../../core/service/settings/sorters.ts';
import { temporaryFolder } from '../../../support/folders.ts';

let service: Service | undefined;
afterEach(async () => {
  await service?.close();
  service = undefined;
});

async function started(profileFolder = temporaryFolder()) {
  service = await createService({ profileFolder, workers: 1 });
  return <Name extends RequestName>(name: Name, input: Input<Name>) => service!.call(name, input) as Promise<Answer<Name>>;
}

describe('regions', () => {
  test('the table is the pipeline\'s until the lab has its own, which outlives a restart', async () => {
    const profile = temporaryFolder();
    const ask = await started(profile);
    const { rows } = await ask('regions.get', {});
    expect(rows.map(({ name, refractory_ms }) => [name, refractory_ms])).toContainEqual(['thalamus', 1]);
    expect(rows[0]).toEqual({ name: 'default', refractory_ms: 2, thresholds: { 4: '[8,9]', '3.0': '[9,9]', '2.5': '[10,4]', '2.0': '[10,4]' } });
    const hippo = { ...rows[0], name: 'hippo', refractory_ms: 1.2 };
    await ask('regions.set', { rows: [hippo, ...rows] });
    await service!.close();
    const again = await started(profile);
    expect((await again('regions.get', {})).rows.map(({ name }) => name).slice(0, 2)).toEqual(['default', 'hippo']);
    expect((await again('regions.set', { rows: null })).rows).toEqual(rows);
  });

  test('a table without default, with a name twice or an odd period is refused', async () => {
    const ask = await started();
    const { rows } = await ask('regions.get', {});
    await expect(ask('regions.set', { rows: rows.slice(1) })).rejects.toThrow('default must be there');
    await expect(ask('regions.set', { rows: [...rows, rows[1]] })).rejects.toThrow('two regions have the same name');
    await expect(ask('regions.set', { rows: [{ ...rows[0], refractory_ms: 50 }] })).rejects.toThrow('refractory_ms');
  });

  test('a session holds the numbers for its sorter; the embedded one takes no thresholds', async () => {
    const ask = await started();
    const { rows } = await ask('regions.get', {});
    expect(regionKeys(rows, '4').ksTh_dict).toMatchObject({ cortex: '[8,9]' });
    expect(regionKeys(rows, 'ag')).toMatchObject({ ksTh_dict: null, refPerMS_dict: { medulla: 1.5 } });
  });
});

describe('tools and sorters', () => {
  test('a folder without the program is named with the reason; the choice is kept', async () => {
    const ask = await started();
    const empty = temporaryFolder();
    const tools = await ask('tools.set', { tool: 'python', path: empty });
    expect(tools.find(({ tool }) => tool === 'python')).toMatchObject({ path: await fs.realpath(empty), state: 'missing', reason: expect.stringContaining('There is no Python at') as string });
    const kilosort = (await ask('sorters.list', {})).find(({ id }) => id === '4');
    expect(kilosort).toMatchObject({ available: false, places: { ks4_helper_params: { python: await fs.realpath(empty) } } });
    expect((await ask('sorters.list', {})).find(({ id }) => id === 'ag')).toMatchObject({ available: true, reason: null, places: {} });
    expect((await ask('tools.set', { tool: 'python', path: null })).find(({ tool }) => tool === 'python')?.path).toBeNull();
  });

  test('a sorter is there when all it needs is, and says what is slow or missing', () => {
    const tool = (id: Tool['tool'], state: Tool['state'], reason: string | null = null): Tool => ({ tool: id, name: id, use: '', path: state === 'missing' ? null : `/programs/${id}`, state, at: null, version: null, reason, next: reason && 'Do this.' });
    const all = (state: Tool['state']) => (['python', 'matlab', 'kilosort3', 'kilosort25', 'kilosort2', 'npyMatlab', 'scratch'] as const).map((id) => tool(id, state));
    const find = (tools: Tool[], id: string) => sorterChoices(tools).find((sorter) => sorter.id === id);
    expect(find(all('found'), '2.5')).toMatchObject({ available: true, places: { kilosort_helper_params: { matlab: '/programs/matlab', kilosort_repository: '/programs/kilosort25', npy_matlab_repository: '/programs/npyMatlab', matlab_home_directory: '/programs/scratch' } } });
    expect(find([tool('python', 'limited', 'No GPU.'), ...all('found').slice(1)], '4')).toMatchObject({ available: true, reason: 'python: No GPU.' });
    expect(find(all('missing'), '3.0')).toMatchObject({ available: false, reason: 'matlab, kilosort3, npyMatlab, scratch not found.' });
  });
});

test('the number of threads is read from the settings at start, unless it is given', async () => {
  const profileFolder = temporaryFolder();
  const ask = await started(profileFolder);
  await ask('profile.set', { name: 'limits.workers', value: 3 });
  expect((await ask('app.info', {})).workers).toBe(1);
  await service!.close();
  service = await createService({ profileFolder });
  expect(((await service.call('app.info', {})) as Answer<'app.info'>).workers).toBe(3);
});

describe('what is kept', () => {
  test('folders come with their sizes, and only the cache is cleared', async () => {
    const profile = temporaryFolder();
    const ask = await started(profile);
    await fs.mkdir(path.join(profile, 'cache', 'deep'), { recursive: true });
    await fs.writeFile(path.join(profile, 'cache', 'deep', 'overview.bin'), new Uint8Array(1000));
    await fs.writeFile(path.join(profile, 'drafts', 'kept.txt'), 'kept');
    const { folders } = await ask('settings.data', {});
    expect(folders.find(({ name }) => name === 'Cache')).toMatchObject({ files: 1, bytes_B: 1000, clearable: true });
    expect(await ask('settings.clearCache', {})).toEqual({ freed_B: 1000 });
    expect(await fs.readFile(path.join(profile, 'drafts', 'kept.txt'), 'utf8')).toBe('kept');
  });
});
