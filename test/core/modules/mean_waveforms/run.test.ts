import fs from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { inlinePool } from '../../../../core/common/index.ts';
import { tasks as cwavesTasks } from '../../../../core/engines/cwaves/index.ts';
import { encodeNpy, npyNumbers, readNpy } from '../../../../core/formats/index.ts';
import { meanWaveforms, tasks } from '../../../../core/modules/mean_waveforms/index.ts';
import { type Module, runModule } from '../../../../core/modules/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { contents, writeSorting } from '../../formats/phyFolder/sorterFolder.ts';
import { columns, microvolts, type Spike, writeRecording } from './recording.ts';

// Unit 0 fires 30 times on column 0 (120 counts), unit 2 20 times on column 3, the later half of them larger. The trough
// is where the sorter puts the time of a spike: at sample 20 of the window.
const spikes: (Spike & { unit: number })[] = [
  ...Array.from({ length: 30 }, (_, k) => ({ sample: 500 + 500 * k, column: 0, depth: 120, unit: 0 })),
  ...Array.from({ length: 20 }, (_, k) => ({ sample: 500 * k + (k < 10 ? 750 : 4250), column: 3, depth: k < 10 ? 80 : 160, unit: 2 })),
].sort((a, b) => a.sample - b.sample);
const sorting = { times: spikes.map(({ sample }) => sample), templates: spikes.map(({ unit }) => unit) };

let folder: string;
let bin: string;
beforeEach(async () => {
  const run = temporaryFolder();
  folder = path.join(run, 'imec0_ks4');
  bin = await writeRecording(run, spikes);
  await writeSorting(folder, sorting);
});

async function measure(section: Record<string, unknown> = {}, others: Record<string, unknown> = {}) {
  const input = { directories: { kilosort_output_directory: folder }, ephys_params: { ap_band_file: bin }, mean_waveform_params: { snr_radius_um: 160, nAP: 8, ...section }, ...others };
  const context = { pool: inlinePool({ ...tasks, ...cwavesTasks }), cwd: path.dirname(folder), log: () => undefined, warn: () => undefined };
  return runModule(meanWaveforms as unknown as Module, input, { context });
}
const npy = (name: string) => readNpy(path.join(folder, name));
const text = (name: string) => fs.readFile(path.join(folder, name), 'utf8');
const column = (table: string, name: string) => {
  const [header, ...rows] = table.trim().split('\n').map((line) => line.split(','));
  return rows.map((row) => row[header.indexOf(name)]);
};
const added = async () => (await fs.readdir(folder)).filter((name) => /clus_T|waveforms|snr|metrics/.test(name)).sort();

describe('mean_waveforms', () => {
  it('measures every unit and reads its shape', async () => {
    const output = await measure();
    expect(await npy('clus_Table.npy')).toMatchObject({ dtype: '<u4', shape: [3, 2], data: Uint32Array.from([30, 0, 0, 0, 20, 3]) });
    const means = npyNumbers(await npy('mean_waveforms.npy'));
    expect(means[20]).toBeCloseTo(-120 * microvolts, 9);
    expect(means[(2 * columns + 3) * 82 + 20]).toBeCloseTo(-120 * microvolts, 9); // of 80 and 160
    expect((await npy('median_peak_waveforms.npy')).shape).toEqual([3, 82]);

    const table = await text('waveform_metrics.csv');
    expect(table.split('\n')[0]).toBe('cluster_id,epoch_name,peak_channel,snr,duration,halfwidth,PT_ratio,repolarization_slope,recovery_slope,amplitude,spread,velocity_above,velocity_below');
    expect([column(table, 'cluster_id'), column(table, 'epoch_name'), column(table, 'peak_channel')]).toEqual([['0', '2'], ['complete_session', 'complete_session'], ['0', '3']]);
    expect(Number(column(table, 'amplitude')[0])).toBeCloseTo(150 * microvolts, 9);
    expect(Number(column(table, 'duration')[0])).toBeCloseTo((2 / 30000) * 1e3, 2); // peak 2 samples after the trough
    expect(column(table, 'spread')).toEqual(['0.0', '0.0']);
    expect(column(table, 'velocity_above')).toEqual(['', '']);
    expect(output).toMatchObject({ execution_time: expect.any(Number), aftergate: { figures: { version: 0, units: 2 } } });
    expect(await contents(`${folder}_orig`)).not.toHaveProperty('clus_Table.npy');
  });

  it('numbers what it makes again after curation, as long as it likes', async () => {
    await measure();
    const first = await contents(folder);
    await fs.writeFile(path.join(folder, 'spike_clusters.npy'), encodeNpy(Int32Array.from(sorting.templates, (unit) => (unit === 2 ? 5 : unit)), [spikes.length]));
    await measure();
    expect(await added()).toEqual([
      'clus_Table.npy', 'clus_Table_1.npy', 'cluster_snr_0.npy', 'cluster_snr_1.npy', 'mean_waveforms_0.npy', 'mean_waveforms_1.npy',
      'median_peak_waveforms_0.npy', 'median_peak_waveforms_1.npy', 'waveform_metrics.csv', 'waveform_metrics_1.csv',
    ]);
    const second = await contents(folder);
    expect(second['mean_waveforms_0.npy']).toBe(first['mean_waveforms.npy']);
    expect(second['waveform_metrics.csv']).toBe(first['waveform_metrics.csv']);
    expect(column(await text('waveform_metrics_1.csv'), 'cluster_id')).toEqual(['0', '5']);
    for (let version = 2; version <= 21; version++) await fs.writeFile(path.join(folder, `clus_Table_${version}.npy`), '');
    await measure();
    expect(await added()).toContain('waveform_metrics_22.csv');
  });

  it('measures both halves of the recording, parted in its middle', async () => {
    await measure({ calc_half_run: true });
    const peakOf = async (name: string) => npyNumbers(await npy(name))[(2 * columns + 3) * 82 + 20] / microvolts;
    expect([await peakOf('first_half_mean_waveforms.npy'), await peakOf('second_half_mean_waveforms.npy')]).toEqual([expect.closeTo(-80, 6), expect.closeTo(-160, 6)]);
    const raw = await npy('RawWaveforms/Unit2_RawSpikes.npy');
    expect(raw).toMatchObject({ dtype: '<f8', shape: [82, 8, 2] });
    expect([raw.data[(20 * 8 + 3) * 2], raw.data[(20 * 8 + 3) * 2 + 1]]).toEqual([expect.closeTo(-80 * microvolts, 6), expect.closeTo(-160 * microvolts, 6)]);
    expect((await fs.readdir(path.join(folder, 'RawWaveforms'))).sort()).toEqual(['Unit0_RawSpikes.npy', 'Unit2_RawSpikes.npy']);
    await measure({ calc_half_run: true });
    expect(await added()).toEqual(expect.arrayContaining(['first_half_cluster_snr_0.npy', 'second_half_mean_waveforms_1.npy']));
  });

  it('adds its columns to quality metrics of the same number that are there already', async () => {
    await fs.writeFile(path.join(folder, 'metrics.csv'), 'cluster_id,firing_rate,epoch_name\n0,2.5,complete_session\n1,0.0,complete_session\n2,1.5,complete_session\n');
    await measure();
    const table = await text('metrics.csv');
    expect(table.split('\n')[0]).toMatch(/^cluster_id,firing_rate,epoch_name_quality_metrics,epoch_name_waveform_metrics,peak_channel,snr,/);
    expect([column(table, 'firing_rate'), column(table, 'peak_channel')]).toEqual([['2.5', '0.0', '1.5'], ['0', '', '3']]);
    expect((await contents(`${folder}_orig`))['metrics.csv']).toContain('firing_rate,epoch_name\n');
  });

  it('has the reference\'s numbers with compat', async () => {
    await measure({ compat: true, calc_half_run: true });
    await measure();
    const [reference, sane] = [await text('waveform_metrics.csv'), await text('waveform_metrics_1.csv')].map((table) => Number(column(table, 'duration')[0]));
    expect(reference / sane).toBeCloseTo(200 / 199, 9); // the waveform has 200 samples, but 199 intervals
    expect((await npy('spike_clusters.npy')).dtype).toBe('<u4');
    expect((await readNpy(path.join(`${folder}_orig`, 'spike_clusters.npy'))).dtype).toBe('<i4');
  });

  it('leaves the sorter\'s clusters alone without compat', async () => {
    await measure();
    expect((await npy('spike_clusters.npy')).dtype).toBe('<i4');
  });

  it.each<[Record<string, unknown>, Record<string, unknown>, string]>([
    [{}, { ephys_params: {} }, 'ephys_params.ap_band_file: is required'],
    [{}, { ephys_params: { ap_band_file: 'gone.ap.bin' } }, 'gone.ap.meta: no such file or folder'],
    [{ mean_waveforms_file: '/elsewhere/mean_waveforms.npy' }, {}, 'is not in the sorter\'s folder'],
    [{ pre_samples: 90 }, {}, 'pre_samples'],
    [{ spread_threshold: 2 }, {}, 'mean_waveform_params.spread_threshold: 2 is out of range'],
  ])('refuses %j %j, and changes nothing', async (section, others, message) => {
    const before = await contents(folder);
    await expect(measure(section, others)).rejects.toThrow(message);
    expect(await contents(folder)).toEqual(before);
  });

  it('says that there are no spikes', async () => {
    await writeSorting(folder, { times: [], templates: [] });
    await expect(measure()).rejects.toThrow(`${folder}: has no spikes`);
  });
});
