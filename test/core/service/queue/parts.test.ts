import fs from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectedSeconds, learnSpeed, speedsOf } from '../../../../core/service/queue/estimate.ts';
import { fileStem } from '../../../../core/service/queue/freeze.ts';
import type { JobStep } from '../../../../core/service/queue/job.ts';
import { openLogs } from '../../../../core/service/queue/logs.ts';
import { methodsOfJob } from '../../../../core/service/queue/report/methods.ts';
import { openProfile } from '../../../../core/service/house/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';

describe('a step\'s log', () => {
  it('is read from any position, whole lines only', async () => {
    const folder = path.join(temporaryFolder(), 'job');
    const logs = openLogs(() => Date.UTC(2026, 10, 19, 18, 59));
    logs.append(folder, 'a', 'first\r\nsecond');
    const log = await logs.read(folder, 'a', undefined);
    expect(log).toEqual({ lines: ['[2026-11-19T18:59:00.000Z] first', '[2026-11-19T18:59:00.000Z] second'], from_B: 0, next_B: 67 });
    await fs.appendFile(path.join(folder, 'a.log'), 'half a line');
    expect(await logs.read(folder, 'a', log.next_B)).toEqual({ lines: [], from_B: 67, next_B: 67 });
    await fs.appendFile(path.join(folder, 'a.log'), ', ended\n');
    expect((await logs.read(folder, 'a', log.next_B)).lines).toEqual(['half a line, ended']);
    expect(await logs.read(folder, 'none', undefined)).toEqual({ lines: [], from_B: 0, next_B: 0 });
  });

  it('of a long step begins with its last part', async () => {
    const folder = temporaryFolder();
    await fs.writeFile(path.join(folder, 'a.log'), Array.from({ length: 40_000 }, (_, index) => `line ${index}\n`).join(''));
    const { lines, next_B } = await openLogs(Date.now).read(folder, 'a', undefined);
    expect(lines.at(-1)).toBe('line 39999');
    expect(lines[0]).toMatch(/^line \d{5}$/);
    expect(next_B).toBe((await fs.stat(path.join(folder, 'a.log'))).size);
  });
});

describe('what a step will take', () => {
  it('comes from measured speeds, long steps counting more, else from what is usual', async () => {
    const profile = await openProfile(temporaryFolder());
    const step = { module: 'spike_sorter', seconds: 100 };
    expect(expectedSeconds(step, 1e9, speedsOf(profile))).toBe(80);
    await learnSpeed(profile, 'spike_sorter', 1e9, 100);
    expect(expectedSeconds(step, 2e9, speedsOf(profile))).toBe(200);
    await learnSpeed(profile, 'spike_sorter', 2e9, 100);
    expect(speedsOf(profile).spike_sorter).toBe(15);
    await learnSpeed(profile, 'tPrime_helper', 0, 3);
    expect(Object.keys(speedsOf(profile))).toEqual(['spike_sorter']);
  });
});

it.each([['m41 evening', 'm41 evening'], ['a/b\\c: "x"?', 'a_b_c_ _x_'], ['m41_g0_CatGT-input', 'm41_g0_CatGT_input'], ['nul', 'session nul'], [' . ', 'session'], ['día 2.', 'día 2']])('a session named %j becomes the file %j', (name, stem) => {
  expect(fileStem(name)).toBe(stem);
});

describe('the paragraph for a paper', () => {
  it('says that times were interpolated where they were', async () => {
    const outputJson = path.join(temporaryFolder(), 'out.json');
    const step = { module: 'tPrime_helper', state: 'done', run: 'm41', gate: 0, probe: null, outputJson } as unknown as JobStep;
    const methods = async (parameters: Record<string, unknown>) => {
      await fs.writeFile(outputJson, JSON.stringify({ input_parameters: { tPrime_helper_params: { toStream_sync_params: 'ni', sync_period: 1, ...parameters } } }));
      return methodsOfJob({ steps: [step] });
    };
    expect(await methods({ tprime_interp: false })).toContain('with TPrime to the clock of ni (sync period 1 s).');
    expect(await methods({ tprime_interp: true })).toContain('with TPrime to the clock of ni (sync period 1 s), interpolating linearly between its edges.');
  });
});
