import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { clocksOfRun, parseToStream } from '../../../../core/modules/tPrime_helper/clocks.ts';
import { parseFyi, readFyi } from '../../../../core/modules/tPrime_helper/fyi.ts';

const silent = () => undefined;
const list = (text: string) => parseFyi(text, path.join('/d', 'r_g0_all_fyi.txt'));

describe('the fyi list', () => {
  it('names sync and event files of streams, in its order', () => {
    const fyi = list('ip2_ip1=(0,0)\r\nsync_ni=/d/ni=1.txt\r\nsync_obx0=/d/o.txt\r\ntimes_imec1_2=/d/i.txt\r\ntimes_ni_0=/d/x y.txt');
    expect(fyi.sync).toEqual([{ stream: 'ni', path: '/d/ni=1.txt' }, { stream: 'obx0', path: '/d/o.txt' }]);
    expect(fyi.times).toEqual([{ stream: 'imec1', path: '/d/i.txt' }, { stream: 'ni', path: '/d/x y.txt' }]);
  });

  it('is preferred as all_fyi, and follows a run folder that was moved', async () => {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'aftergate ü '));
    await fs.mkdir(path.join(folder, 'r_g0_imec0'));
    await fs.writeFile(path.join(folder, 'r_g0_imec0', 'e.txt'), '1\n');
    await fs.writeFile(path.join(folder, 'r_g0_fyi.txt'), 'sync_ni=old\n');
    expect((await readFyi(folder, 'r_g0')).sync).toEqual([{ stream: 'ni', path: 'old' }]);
    await fs.writeFile(path.join(folder, 'r_g0_all_fyi.txt'), 'outpath_top=D:/out/catgt_r_g0\nsync_imec0=D:\\out\\catgt_r_g0\\r_g0_imec0\\e.txt\nsync_ni=D:/out/catgt_r_g0/gone.txt\n');
    expect((await readFyi(folder, 'r_g0')).sync.map((entry) => entry.path)).toEqual([path.join(folder, 'r_g0_imec0', 'e.txt'), 'D:/out/catgt_r_g0/gone.txt']);
  });

  it('must exist', async () => {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'aftergate ü '));
    await expect(readFyi(folder, 'r_g0')).rejects.toThrow('holds neither r_g0_all_fyi.txt nor r_g0_fyi.txt');
  });
});

describe('clocks', () => {
  it('are those of the list, without the one to align to', () => {
    const { to, from } = clocksOfRun(list('sync_imec0=/a\nsync_imec1=/b\nsync_ni=/c\n'), 'imec1', 'r_g0', silent);
    expect(to).toEqual({ edges: '/b', streams: ['imec1'], probeFolders: [path.join('/d', 'r_g0_imec1')] });
    expect(from.map(({ streams }) => streams)).toEqual([['imec0'], ['ni']]);
    expect(from[1].probeFolders).toEqual([]);
  });

  it.each(['imec0', 'imec1001'])('are shared by the shanks of a probe (to %s)', (toStream) => {
    const { to, from } = clocksOfRun(list('sync_imec0=/a\nsync_imec1000=/a\nsync_imec1001=/a\nsync_ni=/c\n'), toStream, 'r_g0', silent);
    expect(to.streams).toEqual(['imec0', 'imec1000', 'imec1001']);
    expect(to.probeFolders[0]).toBe(path.join('/d', 'r_g0_imec0'));
    expect(from.map(({ streams }) => streams)).toEqual([['ni']]);
  });

  it('of a shank that is not listed is its probe\'s', () => {
    expect(clocksOfRun(list('sync_imec0=/a\nsync_imec2=/b\n'), 'imec1023', 'r_g0', silent).to.streams).toEqual(['imec2']);
  });

  it('the first of two sync files of a stream counts, with a warning', () => {
    const warnings: string[] = [];
    const { from } = clocksOfRun(list('sync_imec0=/a\nsync_ni=/c\nsync_ni=/old\n'), 'imec0', 'r_g0', (line) => warnings.push(line));
    expect(from.map(({ edges }) => edges)).toEqual(['/c']);
    expect(warnings).toEqual([expect.stringContaining('lists two sync files for ni; /c is used, not /old')]);
  });

  it('an unknown stream to align to is an error that lists the known ones', () => {
    expect(() => clocksOfRun(list('sync_imec0=/a\nsync_ni=/c\n'), 'imec3', 'r_g0', silent)).toThrow(expect.objectContaining({
      message: expect.stringContaining('has no sync_imec3 line'), next: 'Set tPrime_helper_params.toStream_sync_params to one of imec0, ni.',
    }));
    expect(() => parseToStream('SY=0,384,6,500')).toThrow("tPrime_helper_params.toStream_sync_params: 'SY=0,384,6,500' names no stream");
  });
});
