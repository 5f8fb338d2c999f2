// Results through the service: opened once, allowed from then on; labels on disk before the answer.

import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createService, type Service } from '../../../../core/service/index.ts';
import type { Answer, Input, RequestName } from '../../../../core/service/contract/index.ts';
import { writeSorting } from '../../formats/phyFolder/sorterFolder.ts';
import { temporaryFolder } from '../../../support/folders.ts';

let service: Service;
let root: string;
let folder: string;
const ask = async <Name extends RequestName>(name: Name, input: Input<Name>) => (await service.call(name, input)) as Answer<Name>;

beforeAll(async () => {
  root = await fs.realpath(temporaryFolder());
  folder = path.join(root, 'lab data', 'm41_g0_imec0', 'imec0_ks4');
  await writeSorting(folder, { times: [1, 2, 3], templates: [0, 1, 1] });
  service = await createService({ profileFolder: path.join(root, 'profile'), workers: 1 });
});
afterAll(() => service.close());

describe('results', () => {
  test('a folder nobody chose is not read', async () => {
    const resultId = Buffer.from(folder).toString('base64url');
    await expect(service.call('results.units', { resultId })).rejects.toMatchObject({ tag: 'not-allowed' });
  });

  test('a folder is opened, listed, remembered and closed', async () => {
    const [opened] = await ask('results.open', { path: path.join(root, 'lab data') });
    expect(opened).toMatchObject({ path: folder, run: 'm41_g0', probe: 0, tag: 'ks4', spikes: 3 });
    expect((await ask('results.list', {})).map(({ path: place }) => place)).toEqual([folder]);
    const again = await createService({ profileFolder: path.join(root, 'profile'), workers: 1 });
    expect(await again.call('results.get', { resultId: opened.resultId })).toMatchObject({ path: folder });
    await again.close();
    await ask('results.close', { path: path.join(root, 'lab data') });
    expect(await ask('results.list', {})).toEqual([]);
  });

  test('a folder without units says what to open instead', async () => {
    await expect(service.call('results.open', { path: path.join(root, 'profile') })).rejects.toThrow('holds no sorted units');
  });

  test('labels are written as phy writes them, one after the other', async () => {
    const [{ resultId }] = await ask('results.open', { path: folder });
    await Promise.all([ask('labels.set', { resultId, units: [1], label: 'good' }), ask('labels.set', { resultId, units: [0], label: 'mua' })]);
    expect(await fs.readFile(path.join(folder, 'cluster_group.tsv'), 'utf8')).toBe('cluster_id\tgroup\n0\tmua\n1\tgood\n');
    expect((await ask('results.units', { resultId })).labels['group']).toEqual(['mua', 'good']);
    await ask('labels.set', { resultId, units: [0], label: '' });
    expect(await fs.readFile(path.join(folder, 'cluster_group.tsv'), 'utf8')).toBe('cluster_id\tgroup\n1\tgood\n');
  });
});
