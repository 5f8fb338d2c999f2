import fs from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { pointParamsAt, rewriteParams } from '../../../core/tools/index.ts';
import { relativePath } from '../../../core/tools/phyParams.ts';
import { temporaryFolder } from '../../support/folders.ts';

const data = { channels: 385, rate: 30000.123 };

describe('params.py', () => {
  it('names the file, its columns and its rate, and keeps all else', () => {
    const kilosort4 = "n_channels_dat = 385\noffset = 0\nsample_rate = 30000.0\ndtype = 'int16'\nhp_filtered = False\ndat_path = ['D:/data/r_g0_tcat.imec0.ap.bin']\n";
    expect(rewriteParams(kilosort4, '../r_g0_tcat.imec0.ap.bin', data)).toBe(
      "n_channels_dat = 385\noffset = 0\nsample_rate = 30000.123000000000\ndtype = 'int16'\nhp_filtered = False\ndat_path = '../r_g0_tcat.imec0.ap.bin'\n",
    );
  });

  it('reads line ends of Windows and adds what is missing', () => {
    expect(rewriteParams("dat_path = 'D:/temp_wh.dat'\r\nn_channels_dat = 383\r\nhp_filtered = True", 'a.bin', data)).toBe("dat_path = 'a.bin'\nn_channels_dat = 385\nhp_filtered = True\nsample_rate = 30000.123000000000\n");
  });

  it('finds the way from the folder to the file', () => {
    expect(relativePath('D:\\run\\imec0_ks4', 'D:\\run\\a b.bin', path.win32 as typeof path.posix)).toBe('../a b.bin');
    expect(relativePath('D:\\run\\imec0_ks4', 'E:\\raw\\a.bin', path.win32 as typeof path.posix)).toBe('E:/raw/a.bin');
    expect(relativePath('/run/imec0_ks4', '/run/a.bin', path.posix)).toBe('../a.bin');
  });

  it('keeps the old one', async () => {
    const run = temporaryFolder();
    const part = path.join(run, 'imec0_ks4.part');
    await fs.mkdir(part);
    await fs.writeFile(path.join(part, 'params.py'), "dat_path = 'x'\n");
    await pointParamsAt(part, path.join(run, 'imec0_ks4'), { file: path.join(run, 'größe.bin'), ...data });
    expect(await fs.readFile(path.join(part, 'old_params.py'), 'utf8')).toBe("dat_path = 'x'\n");
    expect(await fs.readFile(path.join(part, 'params.py'), 'utf8')).toBe(String.raw`dat_path = '../gr\u00f6\u00dfe.bin'` + '\nn_channels_dat = 385\nsample_rate = 30000.123000000000\n');
  });
});
