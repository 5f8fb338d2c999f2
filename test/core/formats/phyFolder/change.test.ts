import fs from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { changePhyFolder, fileOperations, type FileOperations, originalFolder, type PhyChange, recoverPhyFolder } from '../../../../core/formats/phyFolder/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { contents } from './sorterFolder.ts';

const before = { 'labels.npy': 'old labels', 'means.npy': 'old means', 'stale.npy': 'x', 'templates.npy': 'templates', [path.join('more', 'a.txt')]: 'a' };
const after = { 'labels.npy': 'new labels', 'means.npy': 'new means', 'means_0.npy': 'old means', 'templates.npy': 'templates', [path.join('more', 'a.txt')]: 'a', [path.join('raw', 'deep', 'u.npy')]: 'u' };

let folder: string;
beforeEach(async () => {
  folder = path.join(temporaryFolder(), 'imec0_ks4');
  await write(folder, before);
});

async function write(target: string, files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await fs.mkdir(path.dirname(path.join(target, name)), { recursive: true });
    await fs.writeFile(path.join(target, name), text);
  }
}

async function work(change: PhyChange): Promise<void> {
  await fs.writeFile(await change.file('labels.npy'), 'new labels');
  await fs.writeFile(path.join(change.folder, 'means.npy'), 'new means');
  await fs.writeFile(await change.file('raw/deep/u.npy'), 'u');
  await fs.writeFile(path.join(change.scratch, 'notes'), 'not kept');
  await change.rename('means.npy', 'means_0.npy');
  change.remove('stale.npy');
}

/** Operations that stop for good after the given number of them, as a killed process does. */
function killedAfter(count: number): FileOperations {
  let left = count;
  const counted = Object.entries(fileOperations).map(([name, operation]) => [name, async (...paths: [string, string]) => {
    if (left-- <= 0) throw new Error('killed');
    await operation(...paths);
  }]);
  return Object.fromEntries(counted) as FileOperations;
}

describe('a change of a sorter\'s folder', () => {
  it('switches new files in, renames and removes old ones, and keeps the original', async () => {
    await changePhyFolder(folder, work);
    expect(await contents(folder)).toEqual(after);
    expect(await contents(originalFolder(folder))).toEqual(before);
  });

  it('leaves the old set or, once the folder is opened again, the new one, wherever it is killed', async () => {
    let outcomes = '';
    for (let kill = 0; ; kill++) {
      const victim = path.join(temporaryFolder(), 'imec0_ks4');
      await write(victim, before);
      const finished = await changePhyFolder(victim, work, killedAfter(kill)).then(() => true, () => false);
      await recoverPhyFolder(victim);
      const { 'labels.npy': labels } = await contents(victim);
      outcomes += labels === 'new labels' ? 'n' : 'o';
      if (labels === 'old labels') expect(await withoutChange(victim)).toEqual(before);
      else expect(await contents(victim)).toEqual(after);

      await changePhyFolder(victim, labels === 'new labels' ? async () => undefined : work);
      expect(await contents(victim)).toEqual(after);
      expect(await contents(originalFolder(victim))).toEqual(before);
      expect(await fs.readdir(path.dirname(victim))).toEqual(['imec0_ks4', 'imec0_ks4_orig']);
      if (finished) break;
    }
    expect(outcomes).toMatch(/^o{10,}n{5,}$/);
  });

  async function withoutChange(victim: string): Promise<Record<string, string>> {
    const all = await contents(victim);
    return Object.fromEntries(Object.entries(all).filter(([name]) => !name.startsWith('aftergate_change')));
  }

  it('has not happened when the work fails', async () => {
    await expect(changePhyFolder(folder, async (change) => {
      await work(change);
      throw new Error('no');
    })).rejects.toThrow('no');
    expect(await contents(folder)).toEqual(before);
    expect(await fs.readdir(path.dirname(folder))).toEqual(['imec0_ks4']);
  });

  it('does not overwrite what phy saved meanwhile', async () => {
    await expect(changePhyFolder(folder, async (change) => {
      await work(change);
      await fs.writeFile(path.join(folder, 'labels.npy'), 'labels from phy');
    })).rejects.toThrow(/labels\.npy: was changed by another program meanwhile/);
    expect(await contents(folder)).toEqual({ ...before, 'labels.npy': 'labels from phy' });
  });

  it('waits for nobody who is gone, but leaves another process alone', async () => {
    const owner = { pid: process.ppid, host: (await import('node:os')).hostname(), booted: Date.now() / 1000 - (await import('node:os')).uptime() };
    await write(folder, { [path.join('aftergate_change', 'owner.json')]: JSON.stringify(owner) });
    await expect(changePhyFolder(folder, work)).rejects.toThrow(`is being changed by process ${process.ppid}`);
    await write(folder, { [path.join('aftergate_change', 'owner.json')]: JSON.stringify({ ...owner, booted: owner.booted - 1e6 }) });
    await changePhyFolder(folder, work);
    expect(await contents(folder)).toEqual(after);
  });

  it('keeps the original of every sorting once; recordings and phy\'s cache are not copied', async () => {
    await write(folder, { 'temp_wh.dat': 'samples', [path.join('.phy', 'memcache')]: 'cache' });
    await changePhyFolder(folder, work);
    expect(await contents(originalFolder(folder))).toEqual(before);
    await changePhyFolder(folder, async (change) => fs.writeFile(await change.file('labels.npy'), 'third labels'));
    expect(await contents(originalFolder(folder))).toEqual(before);

    await write(folder, { 'templates.npy': 'another sorting' });
    await changePhyFolder(folder, async (change) => fs.writeFile(await change.file('labels.npy'), 'fourth labels'));
    expect(await contents(`${originalFolder(folder)}_1`)).toEqual(before);
    expect(await contents(originalFolder(folder))).toMatchObject({ 'templates.npy': 'another sorting', 'labels.npy': 'third labels' });
  });

  it('says what to do when a file is held, and goes on later', async () => {
    const held: FileOperations = { ...fileOperations, rename: (from, to) => (to === path.join(folder, 'labels.npy') ? Promise.reject(Object.assign(new Error('held'), { code: 'EBUSY' })) : fileOperations.rename(from, to)) };
    await expect(changePhyFolder(folder, work, held)).rejects.toThrow(expect.objectContaining({ message: `${path.join(folder, 'labels.npy')}: is in use by another program`, next: expect.stringContaining('Close phy') }));
    await recoverPhyFolder(folder);
    expect(await contents(folder)).toEqual(after);
  });
});
