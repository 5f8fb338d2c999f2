import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { addToAllFyi } from '../../../../core/modules/catGT_helper/fyiUnion.ts';

let fyi: string;
let all: string;
beforeEach(async () => {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'aftergate ü '));
  fyi = path.join(folder, 'a_g0_fyi.txt');
  all = path.join(folder, 'a_g0_all_fyi.txt');
});

describe('all_fyi', () => {
  it('is a copy of the first fyi', async () => {
    await fs.writeFile(fyi, 'outpath_top=/x\nsync_imec0=/x/a\n');
    expect(await addToAllFyi(fyi, all)).toBe(true);
    expect(await fs.readFile(all, 'utf8')).toBe('outpath_top=/x\nsync_imec0=/x/a\n');
  });

  it('is the sorted union afterwards', async () => {
    await fs.writeFile(all, 'outpath_top=/x\r\nsync_imec1=/x/b\r\n');
    await fs.writeFile(fyi, 'outpath_top=/x\nsync_imec0=/x/a\nsync_ni=/x/ü\n');
    await addToAllFyi(fyi, all);
    await addToAllFyi(fyi, all);
    expect(await fs.readFile(all, 'utf8')).toBe('outpath_top=/x\nsync_imec0=/x/a\nsync_imec1=/x/b\nsync_ni=/x/ü\n');
  });

  it('is left alone without a fyi', async () => {
    expect(await addToAllFyi(fyi, all)).toBe(false);
    await expect(fs.access(all)).rejects.toThrow();
  });
});
