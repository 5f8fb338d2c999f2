// Folders that may be used: chosen ones, inside the places the service was told to stay in, links followed.

import fs from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { contains, NotAllowedError, openAccess } from '../../../../core/service/house/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';

async function tree() {
  const folder = await fs.realpath(await temporaryFolder());
  const [data, other] = [path.join(folder, 'data'), path.join(folder, 'other')];
  await fs.mkdir(path.join(data, 'run_g0'), { recursive: true });
  await fs.mkdir(other);
  await fs.writeFile(path.join(other, 'secret.txt'), 'x');
  return { folder, data, other };
}

describe('folders that may be used', () => {
  test('nothing before it is chosen, everything inside afterwards', async () => {
    const { data } = await tree();
    const access = await openAccess([]);
    await expect(access.check(path.join(data, 'run_g0'))).rejects.toThrow(NotAllowedError);
    await access.choose(data);
    await expect(access.check(path.join(data, 'run_g0', 'new file.bin'))).resolves.toBe(path.join(data, 'run_g0', 'new file.bin'));
  });

  test('a folder outside the limits cannot be chosen', async () => {
    const { data, other } = await tree();
    const access = await openAccess([data]);
    await expect(access.choose(other)).rejects.toThrow(NotAllowedError);
    await expect(access.checkPlace(path.join(data, '..', 'other'))).rejects.toThrow(NotAllowedError);
  });

  test.skipIf(process.platform === 'win32')('a link inside leads nowhere outside', async () => {
    const { data, other } = await tree();
    await fs.symlink(other, path.join(data, 'way out'));
    await fs.symlink(path.join(other, 'not there'), path.join(data, 'dangling'));
    const access = await openAccess([data]);
    await access.choose(data);
    await expect(access.check(path.join(data, 'way out', 'secret.txt'))).rejects.toThrow(NotAllowedError);
    await expect(access.check(path.join(data, 'way out', 'new.txt'))).rejects.toThrow(NotAllowedError);
    await expect(access.check(path.join(data, 'dangling'))).rejects.toThrow();
    await expect(access.choose(path.join(data, 'way out'))).rejects.toThrow(NotAllowedError);
  });

  test('a folder whose name begins alike is another folder', () => {
    expect(contains(path.join('/', 'data'), path.join('/', 'data2', 'x'))).toBe(false);
    expect(contains(path.join('/', 'data'), path.join('/', 'data', '..x'))).toBe(true);
    expect(contains(path.join('/', 'data'), path.join('/', 'data'))).toBe(true);
  });

  test('relative paths are refused', async () => {
    const access = await openAccess([]);
    await expect(access.choose('data')).rejects.toThrow('full path');
  });
});
