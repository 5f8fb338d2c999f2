import fs from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { inlinePool } from '../../../../core/common/index.ts';
import { tasks as cwavesTasks } from '../../../../core/engines/cwaves/index.ts';
import { encodeNpy, npyNumbers, readNpy } from '../../../../core/formats/index.ts';
import { kilosortPostprocessing, tasks } from '../../../../core/modules/kilosort_postprocessing/index.ts';
import { type Module, runModule } from '../../../../core/modules/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { contents, writeSorting } from '../../formats/phyFolder/sorterFolder.ts';
import { writeRecording } from '../mean_waveforms/recording.ts';

// Unit 1 sees 40 of unit 0's spikes 3 samples late; unit 0 has a pair of spikes 4 samples apart; unit 2 keeps to itself.
const shared = Array.from({ length: 40 }, (_, k) => [{ time: 1000 * (k + 1), id: 0 }, { time: 1000 * (k + 1) + 3, id: 1 }]).flat();
const own = [{ time: 50_000, id: 0 }, { time: 50_004, id: 0 }, { time: 50_500, id: 2 }, { time: 60_000, id: 1 }];
const spikes = [...shared, ...own];
const sorting = { times: spikes.map(({ time }) => time), templates: spikes.map(({ id }) => id) };

let folder: string;
let warnings: string[];
beforeEach(() => {
  folder = path.join(temporaryFolder(), 'imec0_ks4');
  warnings = [];
});

async function run(section: Record<string, unknown> = {}, extra: Record<string, unknown> = {}) {
  const input = { directories: { kilosort_output_directory: folder }, ks_postprocessing_params: { within_unit_overlap_window: 0.00017, between_unit_overlap_window: 0.00041, between_unit_dist_um: 66, align_avg_waveform: false, ...section }, ...extra };
  const context = { pool: inlinePool({ ...tasks, ...cwavesTasks }), cwd: path.dirname(folder), log: () => undefined, warn: (line: string) => warnings.push(line) };
  return runModule(kilosortPostprocessing as unknown as Module, input, { context });
}
const numbers = async (name: string, from = folder) => [...npyNumbers(await readNpy(path.join(from, name)))];
const text = (name: string) => fs.readFile(path.join(folder, name), 'utf8');

describe('kilosort_postprocessing', () => {
  it('removes double-counted spikes from every per-spike array, types unchanged', async () => {
    const perSpike = Float32Array.from({ length: spikes.length * 6 }, (_, index) => index);
    await writeSorting(folder, sorting, {
      'spike_times.npy': encodeNpy(BigUint64Array.from(sorting.times, BigInt), [spikes.length, 1]),
      'pc_features.npy': encodeNpy(perSpike, [spikes.length, 2, 3]), 'pc_feature_ind.npy': encodeNpy(new Uint32Array(9), [3, 3]),
      'spike_detection_templates.npy': encodeNpy(Int32Array.from(sorting.templates), [spikes.length]),
      'spike_positions.npy': encodeNpy(perSpike.subarray(0, 2 * spikes.length), [spikes.length, 2]),
    });
    const output = await run();
    const stays = spikes.flatMap(({ time, id }, index) => (time === 50_000 || (id === 0 && time < 50_000) ? [] : [index]));
    expect(await numbers('spike_times.npy')).toEqual(stays.map((index) => spikes[index].time));
    expect(await readNpy(path.join(folder, 'spike_times.npy'))).toMatchObject({ dtype: '<u8', shape: [stays.length] });
    for (const name of ['spike_templates.npy', 'spike_clusters.npy', 'spike_detection_templates.npy']) expect(await numbers(name)).toEqual(stays.map((index) => spikes[index].id));
    expect(await numbers('amplitudes.npy')).toEqual(stays.map((index) => index + 0.5));
    expect(await readNpy(path.join(folder, 'pc_features.npy'))).toMatchObject({ dtype: '<f4', shape: [stays.length, 2, 3] });
    expect(await numbers('pc_features.npy')).toEqual(stays.flatMap((index) => [...perSpike.subarray(6 * index, 6 * index + 6)]));
    expect(await numbers('spike_positions.npy')).toEqual(stays.flatMap((index) => [2 * index, 2 * index + 1]));
    expect(await numbers('spike_times.npy', `${folder}_orig`)).toEqual(sorting.times);

    expect(await text('overlap_summary.csv')).toBe('0,1,1,40,1\n1,41,0,0,-1\n2,1,0,0,-1\n');
    expect(await numbers('overlap_matrix_units.npy')).toEqual([0, 1, 2]);
    expect(await readNpy(path.join(folder, 'overlap_matrix.npy'))).toMatchObject({ dtype: '<i8', shape: [3, 3] });
    expect(await numbers('overlap_matrix.npy')).toEqual([1, 40, 0, 0, 0, 0, 0, 0, 0]);
    expect(output).toMatchObject({ execution_time: expect.any(Number), aftergate: { figures: { units: 3, spikes_before: 84, spikes_after: 43, removed_within_units: 1, removed_between_units: 40 } } });
  });

  it('done twice equals done once, and done otherwise equals done otherwise at once', async () => {
    await writeSorting(folder, sorting);
    await run();
    const once = await contents(folder);
    await run();
    expect(await contents(folder)).toEqual(once);
    await run({ deletion_mode: 'deleteFirst' });
    const changed = await contents(folder);
    await fs.rm(folder, { recursive: true });
    await fs.rm(`${folder}_orig`, { recursive: true });
    await writeSorting(folder, sorting);
    await run({ deletion_mode: 'deleteFirst' });
    expect(await contents(folder)).toEqual(changed);
  });

  it('works on what a person has curated since', async () => {
    await writeSorting(folder, sorting);
    await run();
    const curated = (await numbers('spike_clusters.npy')).map((id) => (id === 2 ? 9 : id));
    await fs.writeFile(path.join(folder, 'spike_clusters.npy'), encodeNpy(Int32Array.from(curated), [curated.length]));
    await run();
    expect(await numbers('spike_clusters.npy')).toEqual(curated);
    expect(await text('overlap_summary.csv')).toBe('0,1,0,0,-1\n1,41,0,0,-1\n9,1,0,0,-1\n');
  });

  it('looks at clusters made in phy, with the amplitudes of their templates', async () => {
    const clusters = sorting.templates.map((id) => (id === 1 ? 12 : id));
    await writeSorting(folder, { ...sorting, clusters });
    await run();
    expect(await text('overlap_summary.csv')).toBe('0,1,1,40,12\n2,1,0,0,-1\n12,41,0,0,-1\n');
    await writeSorting(folder, { ...sorting, clusters });
    await run({ compat: true });
    expect(await text('overlap_summary.csv')).toBe('0,41,1,0,0\n1,0,0,0,0\n2,1,0,0,0\n'); // ids below the number of templates only
  });

  it('measures amplitudes itself where cluster_Amplitude.tsv is missing', async () => {
    await writeSorting(folder, sorting, { 'cluster_Amplitude.tsv': undefined });
    await run();
    expect((await text('overlap_summary.csv')).split('\n')[0]).toBe('0,1,1,40,1');
    await writeSorting(folder, sorting, { 'cluster_Amplitude.tsv': undefined });
    await fs.rm(path.join(folder, 'cluster_Amplitude.tsv'), { force: true });
    await expect(run({ compat: true })).rejects.toThrow('cluster_Amplitude.tsv: no such file');
  });

  it('removes nothing when told not to', async () => {
    await writeSorting(folder, sorting);
    await run({ remove_duplicates: false });
    expect(await numbers('spike_times.npy')).toEqual(sorting.times);
  });

  it('leaves the folder as it was when it fails', async () => {
    await writeSorting(folder, sorting, { 'amplitudes.npy': encodeNpy(new Float32Array(3), [3]) });
    const before = await contents(folder);
    await expect(run()).rejects.toThrow('amplitudes.npy: holds 3 spikes');
    expect(await contents(folder)).toEqual(before);
    expect(await fs.readdir(path.dirname(folder))).toEqual(['imec0_ks4']);
  });

  it('shifts units to their trough and sorts all arrays anew', async () => {
    // Unit 0's troughs come 6 samples later than they should, unit 1's where they should; one pair changes its order.
    const found = [0, 1].flatMap((id) => Array.from({ length: 15 }, (_, k) => ({ time: id === 0 ? 1000 + 500 * k : k === 0 ? 1004 : 1250 + 500 * k, id })));
    const given = found.sort((a, b) => a.time - b.time).map((spike, index) => ({ ...spike, amplitude: index + 0.5 }));
    const bin = await writeRecording(path.dirname(folder), given.map(({ time, id }) => ({ sample: id === 0 ? time + 5 : time - 1, column: id === 0 ? 0 : 3, depth: 200 })));
    await writeSorting(folder, { times: given.map(({ time }) => time), templates: given.map(({ id }) => id) }, { 'spike_times_sec.npy': encodeNpy(new Float64Array(30), [30]) });
    const output = await run({ align_avg_waveform: true, between_unit_dist_um: 0 }, { ephys_params: { ap_band_file: bin } });
    const aligned = given.map((spike) => ({ ...spike, time: spike.time + (spike.id === 0 ? 6 : 0) })).sort((a, b) => a.time - b.time);
    expect(await numbers('spike_times.npy')).toEqual(aligned.map(({ time }) => time));
    expect(await numbers('spike_clusters.npy')).toEqual(aligned.map(({ id }) => id));
    expect(await numbers('amplitudes.npy')).toEqual(aligned.map(({ amplitude }) => amplitude));
    expect((await readNpy(path.join(folder, 'spike_times.npy'))).dtype).toBe('<i8');
    expect(output).toMatchObject({ aftergate: { figures: { shifted_units: 1 } } });
    await expect(fs.access(path.join(folder, 'spike_times_sec.npy'))).rejects.toThrow(); // of the old times
  });

  it.each([
    [{ deletion_mode: 'both' }, "ks_postprocessing_params.deletion_mode: 'both' is not one of lowAmpCluster, deleteFirst"],
    [{ within_unit_overlap_window: -1 }, 'ks_postprocessing_params.within_unit_overlap_window: -1 is out of range'],
    [{ align_avg_waveform: true }, 'ephys_params.ap_band_file: is required'],
  ])('refuses %j', async (section, message) => {
    await writeSorting(folder, sorting);
    await expect(run(section)).rejects.toThrow(message);
  });
});
