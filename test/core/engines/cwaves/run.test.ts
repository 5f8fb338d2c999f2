import fs from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runCWaves, tasks, type CWavesOptions } from '../../../../core/engines/cwaves/index.ts';
import { encodeNpy, npyNumbers, readNpy } from '../../../../core/formats/index.ts';
import type { EngineContext } from '../../../../core/common/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { testContext } from '../tprime/context.ts';
import { columns, cut, microvolts, neural, noise, plainRatio, writeCase, type Sorting } from './recording.ts';

let folder: string;
let context: ReturnType<typeof testContext>;
beforeEach(() => {
  folder = temporaryFolder();
  context = testContext(tasks);
});

const samples = noise(3000);
const [first, second] = [[100, 250, 260, 700, 2400], [90, 251, 1500]];
const sorting: Sorting = {
  table: [[5, 0], [0, 0], [3, 2], [1, 1]],
  spikes: [...first.map((time) => [time, 0] as const), ...second.map((time) => [time, 2] as const), [1000, 3] as const].sort(([a], [b]) => a - b),
};

async function run(options: CWavesOptions, engine: EngineContext = context) {
  const result = await runCWaves(options, engine);
  const read = async (file: string) => ({ shape: (await readNpy(file)).shape, values: npyNumbers(await readNpy(file)) });
  return { result, means: await read(result.meanWaveforms), medians: await read(result.medianPeakWaveforms), snr: await read(result.clusterSnr) };
}

const close = (actual: ArrayLike<number>, expected: readonly number[]) => {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 9));
};

describe('a run of C_Waves', () => {
  it('measures means, medians and ratios of every cluster', async () => {
    const { result, means, medians, snr } = await run(await writeCase(folder, samples, sorting));
    expect(means.shape).toEqual([4, columns, 20]);
    expect(medians.shape).toEqual([4, 20]);
    expect(snr.shape).toEqual([4, 2]);
    for (const [k, peak, times, disk] of [[0, 0, first, [0, 1, 2]], [2, 2, second, [0, 2]]] as const) {
      const waveforms = cut(samples, times);
      const mean = Array.from({ length: columns * 20 }, (_, i) => {
        const [column, t] = [Math.floor(i / 20), i % 20];
        return column < neural ? (microvolts * waveforms.reduce((sum, waveform) => sum + waveform[column][t], 0)) / times.length : 0;
      });
      close(means.values.subarray(k * columns * 20, (k + 1) * columns * 20), mean);
      close(medians.values.subarray(k * 20, (k + 1) * 20), Array.from({ length: 20 }, (_, t) => microvolts * waveforms.map((waveform) => waveform[peak][t]).sort((a, b) => a - b)[times.length >> 1]));
      close(snr.values.subarray(2 * k, 2 * k + 2), [plainRatio(waveforms, disk), times.length]);
    }
    expect([...snr.values.subarray(2, 4), ...snr.values.subarray(6, 8)]).toEqual([-1, 0, -1, 1]);
    expect(means.values.subarray(columns * 20, 2 * columns * 20).every((value) => value === 0)).toBe(true);
    expect(result).toMatchObject({ clusters: 4, empty: 1, spikes: 9, cut: 0 });
  });

  it('names its outputs by the prefix and leaves nothing else', async () => {
    await runCWaves({ ...(await writeCase(folder, samples, sorting)), prefix: 'half' }, context);
    expect((await fs.readdir(path.join(folder, 'out'))).sort()).toEqual(['half_cluster_snr.npy', 'half_mean_waveforms.npy', 'half_median_peak_waveforms.npy']);
  });

  it('gives the same with any number of workers', async () => {
    const times = Array.from({ length: 6000 }, (_, i) => 30 + (i * 37) % 2900).sort((a, b) => a - b);
    const busy: Sorting = { table: Array.from({ length: 6 }, () => [1000, 1] as const), spikes: times.map((time, i) => [time, i % 6] as const) };
    const options = { ...(await writeCase(folder, samples, busy)), numSpikes: 1000 };
    const alone = await run(options);
    const pool = { ...context.pool, size: 3 };
    const together = await run({ ...options, dest: path.join(folder, 'three') }, { ...context, pool });
    expect(together.means).toEqual(alone.means);
    expect(together.medians).toEqual(alone.medians);
    expect(together.snr).toEqual(alone.snr);
  });

  it('counts spikes that an end of the file cuts as zeros, or not at all', async () => {
    const cutOff: Sorting = { table: [[3, 0]], spikes: [[4, 0], [100, 0], [2986, 0]] };
    const native = await run(await writeCase(folder, samples, cutOff));
    expect(native.result.cut).toBe(2);
    expect(native.snr.values[1]).toBe(3);
    close(native.means.values.subarray(0, 20), cut(samples, [100])[0][0].map((value) => (value * microvolts) / 3));
    const exact = await run({ ...(await writeCase(folder, samples, cutOff)), numerics: 'exact' });
    expect(exact.snr.values[1]).toBe(1);
    close(exact.means.values.subarray(0, 20), cut(samples, [100])[0][0].map((value) => value * microvolts));
  });

  it('says NaN with exact numerics where nothing can be said', async () => {
    const { means, medians, snr } = await run({ ...(await writeCase(folder, samples, sorting)), numerics: 'exact' });
    expect(snr.values[2]).toBeNaN();
    expect(snr.values[6]).toBeNaN();
    expect(means.values[columns * 20]).toBeNaN();
    expect(medians.values[20]).toBeNaN();
  });

  it('gives each channel its own gain with exact numerics', async () => {
    const options = await writeCase(folder, samples, sorting);
    const native = await run(options);
    const exact = await run({ ...options, numerics: 'exact' });
    const [channel0, channel1] = [0, 20];
    expect(exact.means.values[channel0]).toBeCloseTo(native.means.values[channel0], 9);
    expect(exact.means.values[channel1]).toBeCloseTo(2 * native.means.values[channel1], 9);
  });

  it('has zeros and no NaN in native numerics for a cluster without spikes in the window', async () => {
    const late: Sorting = { table: [[4, 0]], spikes: [[100, 0], [200, 0], [300, 0], [400, 0]] };
    const { means, snr } = await run({ ...(await writeCase(folder, samples, late)), startSecs: 1 });
    expect([...snr.values]).toEqual([-1, 0]);
    expect(means.values.every((value) => value === 0)).toBe(true);
  });

  it('takes the first spike for the median where the disk is empty (native)', async () => {
    const options = { ...(await writeCase(folder, samples, sorting)), snrRadiusUm: 0 };
    const { medians, snr } = await run(options);
    close(medians.values.subarray(0, 20), cut(samples, [100])[0][0].map((value) => value * microvolts));
    expect(snr.values[0]).toBe(-1);
  });

  it('ignores spikes of clusters that the table calls empty, with a warning', async () => {
    const stray: Sorting = { table: [[3, 0], [0, 0]], spikes: [[100, 0], [200, 1], [300, 0]] };
    const { snr } = await run(await writeCase(folder, samples, stray));
    expect([...snr.values.subarray(1)]).toEqual([2, -1, 0]);
    expect(context.warnings[0]).toMatch(/label\.npy: 1 spikes belong to clusters/);
  });

  it('warns of a file that is shorter than its meta says', async () => {
    await run(await writeCase(folder, samples, sorting, { fileSizeBytes: 99_999_990 }));
    expect(context.warnings[0]).toContain('ap.bin: holds 3000 samples');
  });
});

describe('what C_Waves cannot do', () => {
  const failing = async (change: (options: CWavesOptions) => Promise<unknown> | CWavesOptions | void, meta: Record<string, string | undefined> = {}) => {
    const options = await writeCase(folder, samples, sorting, meta);
    const changed = (await change(options)) as CWavesOptions | undefined;
    return expect(runCWaves(changed ?? options, context)).rejects;
  };

  it('is told when a file is missing', async () => {
    for (const key of ['spikeglxBin', 'tableNpy', 'timeNpy', 'labelNpy'] as const) {
      const rejects = await failing((options) => fs.rm(options[key]));
      await rejects.toThrow(/: no such file/);
    }
  });

  it('is told when the arrays do not belong together', async () => {
    const write = (key: 'tableNpy' | 'timeNpy' | 'labelNpy', bytes: Uint8Array) => (options: CWavesOptions) => fs.writeFile(options[key], bytes);
    await (await failing(write('tableNpy', encodeNpy(Uint32Array.of(5, 0, 3, 0), [2, 2])))).toThrow(/table\.npy: counts 8 spikes, but .*time\.npy holds 9/);
    await (await failing(write('tableNpy', encodeNpy(Uint32Array.of(9, 0), [1, 2])))).toThrow(/label\.npy: holds the label 2/);
    await (await failing(write('tableNpy', encodeNpy(Uint32Array.of(9, 4, 0, 0, 0, 0, 0, 0), [4, 2])))).toThrow(/table\.npy: row 0 names the peak channel 4/);
    await (await failing(write('tableNpy', encodeNpy(Uint32Array.of(9, 4), [2])))).toThrow(/table\.npy: has the shape \(2\)/);
    await (await failing(write('labelNpy', encodeNpy(Uint32Array.of(0), [1])))).toThrow(/label\.npy: labels 1 spikes/);
    await (await failing(write('timeNpy', encodeNpy(Float64Array.of(1), [1])))).toThrow(/time\.npy: holds values of type '<f8'/);
  });

  it('is told when the meta has no map for the radius', async () => {
    await (await failing(({ snrRadiusUm: _, ...options }) => options)).toThrow(/ap\.meta: has no '~snsShankMap'/);
    await (await failing(() => undefined, { '~snsGeomMap': undefined })).toThrow(/ap\.meta/);
  });

  it('leaves no output behind', async () => {
    const options = await writeCase(folder, samples, sorting);
    const pool = { ...context.pool, run: async (task: string, payload: unknown) => (task === 'cwaves.measure' ? Promise.reject(new Error('no more')) : context.pool.run(task, payload)) };
    await expect(runCWaves(options, { ...context, pool: pool as EngineContext['pool'] })).rejects.toThrow('no more');
    expect(await fs.readdir(options.dest)).toEqual([]);
  });
});
