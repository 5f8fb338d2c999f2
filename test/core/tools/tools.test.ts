import fs from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findKilosort, findMatlab, findNpyMatlab, findProgram, kilosortVersionOf, requireTool } from '../../../core/tools/index.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { canFake, fakeProgram } from './fakePrograms.ts';

describe.skipIf(!canFake)('findProgram', () => {
  it('looks where it is told to, else on the PATH, then in the usual places', async () => {
    const folder = temporaryFolder();
    const onPath = await fakeProgram(path.join(folder, 'on the päth'), 'python', '');
    const given = await fakeProgram(path.join(folder, 'env', 'bin'), 'python3', '');
    const usual = await fakeProgram(path.join(folder, 'usual'), 'rare', '');
    const env = { PATH: ['relative', '', path.dirname(onPath)].join(path.delimiter) };
    const places = [path.dirname(usual)];

    expect(await findProgram(['python3', 'python'], { env })).toBe(onPath);
    expect(await findProgram(['python3', 'python'], { env, at: given })).toBe(given);
    expect(await findProgram(['python3', 'python'], { env, at: path.join(folder, 'env') })).toBe(given);
    expect(await findProgram(['rare'], { env, places })).toBe(usual);
    expect(await findProgram(['rare'], { env })).toBeUndefined();
  });

  it('takes no other when what was given is not there, or is no program', async () => {
    const folder = temporaryFolder();
    const onPath = await fakeProgram(folder, 'python', '');
    const env = { PATH: folder };
    await fs.writeFile(path.join(folder, 'notes.txt'), '');
    expect(await findProgram(['python'], { env, at: path.join(folder, 'gone') })).toBeUndefined();
    expect(await findProgram(['python'], { env, at: path.join(folder, 'notes.txt') })).toBeUndefined();
    await fs.chmod(onPath, 0o644);
    expect(await findProgram(['python'], { env })).toBeUndefined();
  });
});

describe('what is missing is said in words', () => {
  it('of MATLAB', async () => {
    const missing = await findMatlab(path.join(temporaryFolder(), 'R2021b'));
    expect(() => requireTool('kilosort_helper_params.matlab', missing)).toThrow(/^kilosort_helper_params\.matlab: there is no MATLAB at .*R2021b$/);
  });

  const repository = async (files: readonly string[]) => {
    const folder = temporaryFolder();
    for (const file of files) {
      await fs.mkdir(path.dirname(path.join(folder, file)), { recursive: true });
      await fs.writeFile(path.join(folder, file), '');
    }
    return folder;
  };
  const kilosort25 = ['preProcess/preprocessDataSub.m', 'preProcess/datashift2.m', 'CUDA/mexGPUall.m', 'CUDA/mexFilterPCs.cu'];

  it('of Kilosort', async () => {
    const ready = await repository([...kilosort25, 'CUDA/mexFilterPCs.mexw64']);
    const uncompiled = await repository(kilosort25);
    const reason = async (folder: string, version: '2.0' | '2.5') => {
      const found = await findKilosort(folder, version);
      return found.available ? 'there' : found.reason;
    };
    expect(await reason(ready, '2.5')).toBe('there');
    expect(await reason(ready, '2.0')).toBe(`${ready} holds Kilosort 2.5, but kilosort2_params.KSver is 2.0`);
    expect(await reason(uncompiled, '2.5')).toBe(`the GPU functions of ${uncompiled} have not been compiled`);
    expect(await reason(path.join(ready, 'gone'), '2.5')).toBe(`no such folder: ${path.join(ready, 'gone')}`);
    expect(await reason(await repository(['a.m']), '2.5')).toMatch(/holds no Kilosort/);
    expect(await reason('', '2.5')).toBe('does not say where Kilosort 2.5 is');
  });

  it('of npy-matlab', async () => {
    expect(await findNpyMatlab(await repository(['npy-matlab/writeNPY.m']))).toMatchObject({ available: true });
    expect(await findNpyMatlab(await repository(['readme']))).toMatchObject({ available: false, reason: expect.stringContaining('writeNPY.m') });
  });
});

it('tells versions of Kilosort by their steps', () => {
  expect(kilosortVersionOf(['preProcess/preprocessDataSub.m', 'preProcess/clusterSingleBatches.m'])).toBe('2.0');
  expect(kilosortVersionOf(['preProcess/preprocessDataSub.m', 'preProcess/datashift2.m'])).toBe('2.5');
  expect(kilosortVersionOf(['preProcess/preprocessDataSub.m', 'preProcess/datashift2.m', 'clustering/template_learning.m'])).toBe('3.0');
  expect(kilosortVersionOf(['datashift2.m'])).toBeUndefined();
});
