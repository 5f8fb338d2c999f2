// Sorted folders: found by their files, units with facts and metrics, waveforms, trains.

import fs from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { inlinePool } from '../../../../core/common/index.ts';
import { encodeNpy } from '../../../../core/formats/index.ts';
import { describeSorted, findSorted, resultsTasks, type TrainFacts, type UnitFacts, type WaveformFacts } from '../../../../core/review/index.ts';
import { autocorrelogram, shortIntervals } from '../../../../core/review/results/train.ts';
import { writeSorting } from '../../formats/phyFolder/sorterFolder.ts';
import { temporaryFolder } from '../../../support/folders.ts';

const pool = inlinePool(resultsTasks);
/** Cluster 0: four spikes of template 0; cluster 2: two of template 2, one of template 1. */
const sorting = { times: [0, 30, 300, 30_000, 60, 90_000, 45], templates: [0, 0, 0, 0, 2, 2, 1], clusters: [0, 0, 0, 0, 2, 2, 2] };

async function probeFolder() {
  const root = temporaryFolder();
  const folder = path.join(root, 'catgt_m41_g0', 'm41_g0_imec1', 'imec1_ag');
  await writeSorting(folder, sorting, { 'cluster_group.tsv': 'cluster_id\tgroup\n0\tgood\n2\tnoise\n' });
  return { root, folder };
}

describe('sorted folders', () => {
  test('are found below any folder; copies we keep are not', async () => {
    const { root, folder } = await probeFolder();
    await writeSorting(`${folder}_orig`, sorting);
    expect(await findSorted(root)).toEqual([folder]);
    expect(await findSorted(folder)).toEqual([folder]);
    await expect(findSorted(path.join(root, 'gone'))).rejects.toThrow('no such file or folder');
  });

  test('are described by their names and files', async () => {
    const { folder } = await probeFolder();
    expect(await describeSorted(folder)).toMatchObject({
      run: 'm41_g0', gate: 0, probe: 1, tag: 'ag', spikes: 7, labels: { good: 1, noise: 1 }, hasMetrics: false, hasWaveforms: false,
      missing: [{ what: 'metrics.csv' }, { what: 'mean_waveforms.npy' }, { what: 'gone.bin' }],
    });
  });

  test('the table of units: facts, the newest metrics, labels; what is empty is undefined', async () => {
    const { folder } = await probeFolder();
    await fs.writeFile(path.join(folder, 'metrics.csv'), 'cluster_id,firing_rate,epoch_name\n0,99,old\n');
    await fs.writeFile(path.join(folder, 'metrics_1.csv'), 'cluster_id,firing_rate,snr,epoch_name,mine\r\n2,0.5,,complete_session,7\r\n0,1.5,8.25,complete_session,nan\r\n');
    const table = await pool.run<UnitFacts>('results.units', { folder });
    expect([...table.ids]).toEqual([0, 2]);
    expect(table.columns.map(({ key }) => key)).toEqual(['ch', 'shank', 'depth', 'n_spikes', 'firing_rate', 'snr', 'mine']);
    expect(table.columns.find(({ key }) => key === 'firing_rate')).toMatchObject({ title: 'Firing rate', unit: 'Hz', version: 1 });
    expect([...table.values['n_spikes']]).toEqual([4, 3]);
    expect([...table.values['ch']]).toEqual([0, 3]);
    expect([...table.values['firing_rate']]).toEqual([1.5, 0.5]);
    expect([...table.values['snr']]).toEqual([8.25, NaN]);
    expect([...table.values['mine']]).toEqual([NaN, 7]);
    expect(table.labels).toEqual({ group: ['good', 'noise'] });
  });

  test('the waveform is the template until one was measured', async () => {
    const { folder } = await probeFolder();
    const template = await pool.run<WaveformFacts>('results.waveform', { folder, unit: 0, channels: 2 });
    expect(template).toMatchObject({ unit: 'sorter units', samples: 6 });
    expect([...template.mean.subarray(0, 6)]).toEqual([1, -10, 4, 3, 2, 1]);

    const measured = new Float64Array(3 * 5 * 8);
    measured.set([0, -50, 20, 5, 0, 0, 0, 0], (2 * 5 + 3) * 8);
    await fs.writeFile(path.join(folder, 'mean_waveforms.npy'), encodeNpy(measured, [3, 5, 8]));
    const mean = await pool.run<WaveformFacts>('results.waveform', { folder, unit: 2, channels: 3 });
    expect(mean).toMatchObject({ unit: 'uV', samples: 8 });
    expect([...mean.channels]).toEqual([3, 0, 2]);
    expect([...mean.z_um]).toEqual([20, 0, 20]);
    expect([...mean.mean.subarray(0, 4)]).toEqual([0, -50, 20, 5]);
  });

  test('a train: its spikes in order of time, intervals, autocorrelogram', async () => {
    const { folder } = await probeFolder();
    const train = await pool.run<TrainFacts>('results.train', { folder, unit: 2, most: 10, bin_ms: 0.5, window_ms: 5, refractory_ms: 2 });
    expect([...train.t_s]).toEqual([45 / 30_000, 60 / 30_000, 3]);
    expect([...train.amplitude]).toEqual([6.5, 4.5, 5.5]);
    expect(train).toMatchObject({ count: 3, violations: 1, duration_s: 3 });
    expect(train.acg.counts[11]).toBe(1);
    expect(train.acg.counts.reduce((sum, count) => sum + count, 0)).toBe(2);
  });

  test('curation in another program is seen at the next look', async () => {
    const { folder } = await probeFolder();
    await pool.run<UnitFacts>('results.units', { folder });
    await fs.writeFile(path.join(folder, 'spike_clusters.npy'), encodeNpy(BigInt64Array.from([0n, 0n, 0n, 0n, 7n, 7n, 7n]), [7]));
    expect([...(await pool.run<UnitFacts>('results.units', { folder })).ids]).toEqual([0, 7]);
  });
});

describe('autocorrelograms', () => {
  test('are symmetric and leave out the spike itself', () => {
    expect([...autocorrelogram(Float64Array.of(0, 0.001, 0.0025), 0.001, 0.003)]).toEqual([1, 2, 0, 0, 2, 1]);
  });

  test('intervals as long as the refractory period are no violations', () => {
    expect(shortIntervals(Float64Array.of(0, 0.001, 0.003, 0.0035), 0.002)).toBe(2);
  });
});
