import fs from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { inlinePool } from '../../../../core/common/index.ts';
import { tasks } from '../../../../core/engines/metrics/index.ts';
import { runModule } from '../../../../core/modules/index.ts';
import { qualityMetrics } from '../../../../core/modules/quality_metrics/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { writeSorting } from './sorting.ts';

let folder: string;
let warnings: string[];
beforeEach(() => {
  folder = path.join(temporaryFolder(), 'imec0_ks4');
  warnings = [];
});

type Row = Record<string, string>;

async function measure(params: Record<string, unknown> = {}, workers = 1) {
  const pool = { ...inlinePool(tasks), size: workers };
  const input = { directories: { kilosort_output_directory: folder }, quality_metrics_params: { drift_metrics_interval_s: 20, ...params } };
  const output = await runModule(qualityMetrics, input, { context: { pool, cwd: folder, log: () => undefined, warn: (line) => warnings.push(line) } });
  const file = output.quality_metrics_output_file as string;
  const text = await fs.readFile(file, 'utf8');
  const [header, ...rows] = text.trimEnd().split('\n').map((line) => line.split(','));
  const table = new Map(rows.map((cells) => [Number(cells[0]), Object.fromEntries(header.map((name, i) => [name, cells[i]])) as Row]));
  const { figures } = output.aftergate as { figures: Record<string, unknown> };
  return { file, text, header, table, figures };
}

describe('quality_metrics', () => {
  it('writes a row per unit, numbers as Python writes them', async () => {
    await writeSorting(folder);
    const { file, header, table, figures } = await measure();
    expect(file).toBe(path.join(folder, 'metrics.csv'));
    expect(header).toEqual([
      'cluster_id', 'firing_rate', 'presence_ratio', 'isi_viol', 'num_viol', 'amplitude_cutoff', 'isolation_distance', 'contam_rate', 'l_ratio', 'd_prime',
      'nn_hit_rate', 'nn_miss_rate', 'silhouette_score', 'max_drift', 'cumulative_drift', 'epoch_name', 'slidingRP', 'nongauss_noise_cutoff',
    ]);
    expect([...table.keys()]).toEqual([0, 1, 2, 3, 4]);
    expect(table.get(0)).toMatchObject({ num_viol: '0.0', epoch_name: 'complete_session', isi_viol: '0.0' });
    expect(Number(table.get(0)!.firing_rate)).toBeCloseTo(5, 0);
    expect(Number(table.get(1)!.d_prime)).toBeGreaterThan(5);
    expect(Number(table.get(1)!.silhouette_score)).toBeLessThan(Number(table.get(4)!.silhouette_score));
    expect(figures).toMatchObject({ units: 5, spikes: 1500, formula_versions: { presence_ratio: 2 } });
    expect(warnings).toEqual([]);
  });

  it('leaves empty what is undefined, and says why', async () => {
    await writeSorting(folder);
    const { table, figures } = await measure();
    expect(table.get(3)).toMatchObject({ isolation_distance: '', d_prime: '', nn_hit_rate: '' }); // alone on its part of the probe
    expect(figures.undefined).toMatchObject({ isolation_distance: { 'no other unit within the radius shares its channels': [3, 4] } });
  });

  it('numbers the table after curation, and leaves out ids that have no spikes any more', async () => {
    await writeSorting(folder);
    const first = await measure();
    await writeSorting(folder, { clusterOf: (template) => (template === 1 || template === 2 ? 7 : template) });
    const second = await measure();
    const third = await measure();
    expect([second.file, third.file]).toEqual([path.join(folder, 'metrics_1.csv'), path.join(folder, 'metrics_2.csv')]);
    expect([...second.table.keys()]).toEqual([0, 3, 4, 7]);
    expect(await fs.readFile(first.file, 'utf8')).toBe(first.text);
  });

  it('keeps counting after twenty versions', async () => {
    await writeSorting(folder);
    for (let version = 0; version <= 20; version++) await fs.writeFile(path.join(folder, version === 0 ? 'metrics.csv' : `metrics_${version}.csv`), 'x');
    expect((await measure({ include_pc_metrics: false })).file).toBe(path.join(folder, 'metrics_21.csv'));
  });

  it('adds the waveform metrics of the same version, as they are written there', async () => {
    await writeSorting(folder);
    await fs.writeFile(path.join(folder, 'waveform_metrics.csv'), '\ufeffcluster_id,epoch_name,peak_channel,snr\r\n0,complete_session,5,19.50\r\n2,complete_session,9,\r\n');
    const { header, table } = await measure();
    expect(header.slice(-6)).toEqual(['epoch_name_quality_metrics', 'slidingRP', 'nongauss_noise_cutoff', 'epoch_name_waveform_metrics', 'peak_channel', 'snr']);
    expect(table.get(0)).toMatchObject({ peak_channel: '5', snr: '19.50', epoch_name_quality_metrics: 'complete_session' });
    expect(table.get(1)).toMatchObject({ peak_channel: '', epoch_name_waveform_metrics: '' });
    await fs.rename(path.join(folder, 'waveform_metrics.csv'), path.join(folder, 'waveform_metrics_1.csv'));
    expect([...(await measure({ compat: true })).table.keys()]).toEqual([0, 2]);
  });

  it('with compat has the reference\'s rows and stand-ins', async () => {
    await writeSorting(folder, { clusterOf: (template) => (template === 1 ? 6 : template) });
    const { table } = await measure({ compat: true });
    expect([...table.keys()]).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(table.get(5)).toMatchObject({ firing_rate: '0.0', contam_rate: '1.0', l_ratio: '0.0', silhouette_score: '', nongauss_noise_cutoff: '0.0' });
    expect(table.get(3)).toMatchObject({ isolation_distance: '', l_ratio: '0.0' });
    expect(Math.max(...[...table.values()].map((row) => Number(row.presence_ratio)))).toBeLessThanOrEqual(0.99);
  });

  it('leaves out what is not asked for', async () => {
    await writeSorting(folder);
    const sane = await measure({ include_pc_metrics: false, include_ibl: false });
    expect(sane.header).not.toContain('slidingRP');
    expect(sane.table.get(0)).toMatchObject({ d_prime: '', silhouette_score: '', max_drift: '' });
    expect((await measure({ include_pc_metrics: false, compat: true })).table.get(0)).toMatchObject({ d_prime: '0.0', silhouette_score: '0.0', max_drift: '0.0' });
  });

  it('works on sortings without features, with a warning', async () => {
    await writeSorting(folder, { withFeatures: false });
    const { table, figures } = await measure();
    expect(table.get(0)!.d_prime).toBe('');
    expect(figures.undefined).toMatchObject({ d_prime: { 'the sorter left no pc_features.npy': [0, 1, 2, 3, 4] } });
    expect(warnings).toEqual([expect.stringContaining('has no PC features')]);
  });

  it('gives the same whatever the order of the features in the file and the number of workers', async () => {
    await writeSorting(folder, { spikes: 4000 });
    const drawn = { max_spikes_for_unit: 100, n_silhouette: 500, max_spikes_for_nn: 200 };
    const first = await measure(drawn);
    const second = await measure(drawn, 8);
    await writeSorting(folder, { spikes: 4000, fortran: true });
    const third = await measure(drawn);
    expect(second.text).toBe(first.text);
    expect(third.text).toBe(first.text);
    expect((await measure({ ...drawn, seed: 1 })).text).not.toBe(first.text);
  });

  it.each([
    [{ min_isi: 0.002 }, 'quality_metrics_params.min_isi: 0.002 s must be less than isi_threshold'],
    [{ n_neighbors: 1 }, 'quality_metrics_params.n_neighbors: 1 is out of range'],
  ])('refuses %j', async (params, message) => {
    await writeSorting(folder);
    await expect(measure(params)).rejects.toThrow(message);
  });

  it('names the file that is missing', async () => {
    await expect(measure()).rejects.toThrow('directories.kilosort_output_directory: no such folder');
    await writeSorting(folder);
    await fs.rm(path.join(folder, 'amplitudes.npy'));
    await expect(measure()).rejects.toThrow('amplitudes.npy: no such file');
  });
});
