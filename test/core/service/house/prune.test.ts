// What is left of a cache that has grown too large.

import fs from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { pruneFolder } from '../../../../core/service/house/index.ts';
import { createService } from '../../../../core/service/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';

async function cacheOf(sizes: Readonly<Record<string, number>>): Promise<string> {
  const folder = path.join(temporaryFolder(), 'cache of línes');
  await fs.mkdir(folder, { recursive: true });
  for (const [age, [name, bytes]] of Object.entries(sizes).entries()) {
    await fs.writeFile(path.join(folder, name), new Uint8Array(bytes));
    await fs.utimes(path.join(folder, name), 1_000_000 + age, 1_000_000 + age);
  }
  return folder;
}

describe('pruning a cache', () => {
  it('removes the oldest files until the rest is small enough', async () => {
    const folder = await cacheOf({ 'c.lines': 100, 'a.lines': 100, 'b.lines': 100, 'd.lines': 100 });
    await pruneFolder(folder, 250);
    expect((await fs.readdir(folder)).sort()).toEqual(['b.lines', 'd.lines']);
  });

  it('leaves one that is small enough as it is, and one that is not there', async () => {
    const folder = await cacheOf({ 'a.lines': 100, 'b.lines': 100 });
    await pruneFolder(folder, 200);
    expect(await fs.readdir(folder)).toHaveLength(2);
    await pruneFolder(path.join(folder, 'none'), 0);
  });

  it('is done to condensed lines when the service starts', async () => {
    const profileFolder = path.join(temporaryFolder(), 'profile');
    const lines = path.join(profileFolder, 'cache', 'lines');
    await fs.mkdir(lines, { recursive: true });
    for (const [name, age] of [['old.lines', 1], ['new.lines', 2]] as const) {
      await fs.writeFile(path.join(lines, name), '');
      await fs.truncate(path.join(lines, name), 1.2e9);
      await fs.utimes(path.join(lines, name), age, age);
    }
    await (await createService({ profileFolder, workers: 1 })).close();
    expect(await fs.readdir(lines)).toEqual(['new.lines']);
  });
});
