import fs from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeNpy } from '../../../core/formats/index.ts';
import { openStaging, publishStaging, verifySortedFolder } from '../../../core/tools/index.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { contents, writeSorting } from '../formats/phyFolder/sorterFolder.ts';

describe('the folder a sorter writes to', () => {
  it('gets its name when all is there; an earlier sorting is kept', async () => {
    const folder = path.join(temporaryFolder(), 'imec0_ks4');
    const sort = async (label: string) => {
      await fs.writeFile(path.join(await openStaging(folder), 'label'), label);
      return publishStaging(folder);
    };
    expect(await sort('first')).toBeUndefined();
    expect(await sort('second')).toBe(`${folder}_previous`);
    expect(await sort('third')).toBe(`${folder}_previous_1`);
    expect(await contents(path.dirname(folder))).toEqual({ 'imec0_ks4/label': 'third', 'imec0_ks4_previous/label': 'first', 'imec0_ks4_previous_1/label': 'second' });
  });

  it('takes the place of an empty one, and begins empty after a run that broke off', async () => {
    const folder = path.join(temporaryFolder(), 'imec0_ks4');
    await fs.mkdir(folder);
    await fs.writeFile(path.join(await openStaging(folder), 'half'), '');
    await openStaging(folder);
    expect(await publishStaging(folder)).toBeUndefined();
    expect(await contents(folder)).toEqual({});
  });
});

describe('verifySortedFolder', () => {
  const sorting = { times: [10, 20, 30], templates: [0, 2, 2] };

  it('counts spikes and channels', async () => {
    expect(await verifySortedFolder(await writeSorting(temporaryFolder(), sorting))).toEqual({ spikes: 3, channels: 4 });
  });

  it('names what is missing, truncated, or of another sorting', async () => {
    const verify = async (replace: Record<string, Uint8Array | undefined>) => verifySortedFolder(await writeSorting(temporaryFolder(), sorting, replace));
    await expect(verify({ 'templates.npy': undefined, 'params.py': undefined })).rejects.toThrow(/ended without writing templates\.npy, params\.py/);
    await expect(verify({ 'templates.npy': encodeNpy(new Float32Array(100), [100]).subarray(0, 300) })).rejects.toThrow(/templates\.npy: is truncated/);
    await expect(verify({ 'amplitudes.npy': encodeNpy(new Float32Array(2), [2]) })).rejects.toThrow(/amplitudes\.npy: holds 2 values for 3 spikes/);
  });
});
