import fs from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { encodeNpy } from '../../../../core/formats/index.ts';
import { clusterFile, makeClusTable, modalTemplates, peakSites, readNpyRows, readPhyFolder, spikesByCluster, unwhitenedTemplate } from '../../../../core/formats/phyFolder/index.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { channels, templates, templateSamples, writeSorting } from './sorterFolder.ts';

let folder: string;
beforeEach(() => {
  folder = path.join(temporaryFolder(), 'imec0_ks4');
});

const small = { times: [5, 9, 30, 41], templates: [0, 1, 1, 2] };

/** A column-major (Fortran) table, as npy-matlab writes it. */
function fortran(values: Float64Array, shape: [number, number]): Uint8Array {
  const columnMajor = Float64Array.from(values, (_, at) => values[(at % shape[0]) * shape[1] + Math.floor(at / shape[0])]);
  const bytes = Buffer.from(encodeNpy(columnMajor, shape));
  bytes.write(bytes.toString('latin1', 0, 128).replace("'fortran_order': False", "'fortran_order': True "), 'latin1');
  return bytes;
}

describe('a sorter\'s folder', () => {
  it('is read whole', async () => {
    const phy = await readPhyFolder(await writeSorting(folder, small));
    expect(phy).toMatchObject({
      times: Float64Array.from([5, 9, 30, 41]), clusters: Int32Array.from([0, 1, 1, 2]), templateIds: Int32Array.from([0, 1, 1, 2]),
      amplitudes: Float64Array.from([0.5, 1.5, 2.5, 3.5]), clusterIds: Int32Array.from([0, 1, 2]), channelMap: Int32Array.from([0, 1, 3, 2]),
      positions: Float64Array.from([0, 0, 32, 0, 0, 20, 32, 20]), clusterAmplitudes: Float64Array.from([10, 20, 30]), shanks: undefined, pcFeatures: undefined,
      templates: { count: 3, samples: templateSamples, channels, padding: 0 },
      params: { rate: 30000, channels: 5, dtype: 'int16', dataFile: undefined },
    });
  });

  it('is read as Kilosort 2.5 leaves it: (n, 1), unsigned, Fortran order, doubles for ids', async () => {
    const inverse = Float64Array.from({ length: 16 }, (_, index) => index);
    const phy = await readPhyFolder(await writeSorting(folder, small, {
      'spike_times.npy': encodeNpy(BigUint64Array.from(small.times, BigInt), [4, 1]),
      'spike_templates.npy': encodeNpy(Uint32Array.from(small.templates), [4, 1]),
      'spike_clusters.npy': encodeNpy(Float64Array.from(small.templates), [1, 4]),
      'amplitudes.npy': encodeNpy(Float64Array.from([1, 2, 3, 4]), [4, 1]),
      'whitening_mat_inv.npy': fortran(inverse, [4, 4]),
    }));
    expect([...phy.times, ...phy.clusters]).toEqual([...small.times, ...small.templates]);
    expect(phy.whiteningInverse).toEqual(inverse);
  });

  it('keeps times beyond 2^31 samples', async () => {
    const phy = await readPhyFolder(await writeSorting(folder, { times: [1, 2 ** 33 + 5], templates: [0, 0] }));
    expect([...phy.times]).toEqual([1, 2 ** 33 + 5]);
  });

  it('takes templates as clusters until phy has saved', async () => {
    await writeSorting(folder, small, { 'spike_clusters.npy': undefined });
    expect([...(await readPhyFolder(folder)).clusters]).toEqual(small.templates);
    expect(path.basename(await clusterFile(folder))).toBe('spike_templates.npy');
  });

  it('gives rows of PC features, and the labels', async () => {
    const features = Float32Array.from({ length: 4 * 2 * 3 }, (_, index) => index);
    const phy = await readPhyFolder(await writeSorting(folder, small, {
      'pc_features.npy': encodeNpy(features, [4, 2, 3]), 'pc_feature_ind.npy': encodeNpy(Uint32Array.from({ length: 9 }, (_, index) => index % 4), [3, 3]),
      'spike_positions.npy': encodeNpy(Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8]), [4, 2]),
      'cluster_group.tsv': 'cluster_id\tgroup\r\n1\tgood\r\n2\t\r\n', 'cluster_KSLabel.tsv': 'cluster_id\tKSLabel\n0\tmua\n',
    }));
    expect(phy.pcFeatures).toMatchObject({ components: 2, features: 3, channels: Int32Array.from([0, 1, 2, 3, 0, 1, 2, 3, 0]) });
    expect([...(await readNpyRows(phy.pcFeatures!.file, [2, 0]))]).toEqual([...features.slice(12, 18), ...features.slice(0, 6)]);
    expect([...phy.groups, ...phy.kilosortLabels]).toEqual([[1, 'good'], [2, ''], [0, 'mua']]);
    expect([...phy.spikePositions!]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it.each<[string, Record<string, Uint8Array | string | undefined>, string]>([
    ['lacks a file', { 'templates.npy': undefined }, 'templates.npy: no such file or folder'],
    ['has arrays of two sortings', { 'amplitudes.npy': encodeNpy(new Float32Array(3), [3]) }, 'amplitudes.npy: holds 3 spikes, but spike_times.npy holds 4'],
    ['names a template that is not there', { 'spike_templates.npy': encodeNpy(Int32Array.from([0, 1, 1, 7]), [4]) }, 'spike_templates.npy: names template 7, but templates.npy has only 3'],
    ['has negative times', { 'spike_times.npy': encodeNpy(Int32Array.from([-3, 1, 2, 3]), [4]) }, 'spike_times.npy: holds -3'],
    ['has a table instead of a column', { 'spike_clusters.npy': encodeNpy(new Int32Array(8), [4, 2]) }, 'spike_clusters.npy: has the shape (4, 2)'],
    ['has sites of another probe', { 'channel_positions.npy': encodeNpy(new Float32Array(6), [3, 2]) }, 'channel_positions.npy: has the shape (3, 2) instead of (4, 2)'],
    ['was copied in part', { 'templates.npy': encodeNpy(templates(3), [3, templateSamples, channels]).subarray(0, 200) }, 'templates.npy: is truncated'],
    ['has a broken table', { 'cluster_Amplitude.tsv': 'cluster_id\tAmplitude\n0\tlarge\n' }, "cluster_Amplitude.tsv: line 2 has 'large' instead of a number"],
  ])('%s: the error names file and reason', async (_, replace, message) => {
    await writeSorting(folder, small, replace);
    await expect(readPhyFolder(folder)).rejects.toThrow(message);
  });
});

describe('templates', () => {
  it('lose the zeros that all of them begin with, and NaN counts as 0', async () => {
    const data = templates(3, 21);
    data[data.length - 1] = Number.NaN;
    const phy = await readPhyFolder(await writeSorting(folder, small, { 'templates.npy': encodeNpy(data, [3, templateSamples + 21, channels]) }));
    expect(phy.templates).toMatchObject({ padding: 21, samples: templateSamples, data: templates(3) });
    expect((await fs.readFile(path.join(folder, 'templates.npy'))).subarray(-4)).toEqual(Buffer.from(new Float32Array([Number.NaN]).buffer)); // the file stays as it is
  });

  it('keep what precedes a zero in their midst, but not with compat', async () => {
    const data = templates(3);
    for (let k = 0; k < 3; k++) data.fill(0, (k * templateSamples + 3) * channels, (k * templateSamples + 4) * channels);
    const folderWithHole = await writeSorting(folder, small, { 'templates.npy': encodeNpy(data, [3, templateSamples, channels]) });
    expect((await readPhyFolder(folderWithHole)).templates.padding).toBe(0);
    expect((await readPhyFolder(folderWithHole, { compat: true })).templates.padding).toBe(4);
  });

  it('are unwhitened as T W^-1, or as the reference does in one place', async () => {
    const inverse = Float64Array.from([1, 0, 0, 0, 0, 1, 0, 0, 9, 0, 1, 0, 0, 0, 0, 1]); // channel 2 leaks into 0
    const phy = await readPhyFolder(await writeSorting(folder, small, { 'whitening_mat_inv.npy': encodeNpy(inverse, [4, 4]) }));
    expect([...unwhitenedTemplate(phy.templates, inverse, 1).subarray(4, 8)]).toEqual([-90, -20, -10, 0]);
    expect([...unwhitenedTemplate(phy.templates, inverse, 1, 'inverseThenTemplate').subarray(4, 8)]).toEqual([0, -20, -10, 0]);
    expect([...peakSites(phy.templates, inverse)]).toEqual([0, 0, 0]);
    expect([...peakSites(phy.templates, inverse, 'inverseThenTemplate')]).toEqual([2, 1, 2]);
  });
});

describe('cluster amplitudes', () => {
  const text = 'cluster_id\tAmplitude\n0\t1,5\n2\t7\n9\t3\n';
  it('belong to the id beside them', async () => {
    const phy = await readPhyFolder(await writeSorting(folder, small, { 'cluster_Amplitude.tsv': text }));
    expect([...phy.clusterAmplitudes]).toEqual([1.5, NaN, 7, NaN, NaN, NaN, NaN, NaN, NaN, 3]);
  });
  it('are counted by row with compat', async () => {
    const phy = await readPhyFolder(await writeSorting(folder, { ...small, templates: [0, 1, 1, 4] }, { 'cluster_Amplitude.tsv': text }), { compat: true });
    expect([...phy.clusterAmplitudes]).toEqual([1.5, 7, 3, 0, 0]);
  });
});

describe('spikes of clusters', () => {
  it('are found in their order, whatever the clusters', () => {
    fc.assert(fc.property(fc.array(fc.nat(20), { maxLength: 60 }), (ids) => {
      const { first, spikes } = spikesByCluster(Int32Array.from(ids));
      for (let k = 0; k + 1 < first.length; k++) expect([...spikes.subarray(first[k], first[k + 1])]).toEqual(ids.flatMap((id, index) => (id === k ? [index] : [])));
    }));
  });

  it('say which template is theirs: the most frequent, the lowest of equals', () => {
    const groups = spikesByCluster(Int32Array.from([0, 0, 0, 2, 2, 2, 2]));
    expect([...modalTemplates(groups, Int32Array.from([5, 1, 5, 4, 3, 4, 3]), 6)]).toEqual([5, -1, 3]);
  });

  it('make clus_Table: counts and peak columns, zeros where there are none', async () => {
    const phy = await readPhyFolder(await writeSorting(folder, { ...small, clusters: [0, 5, 5, 2] }));
    expect([...makeClusTable(phy, { compat: false })]).toEqual([1, 0, 0, 0, 1, 3, 0, 0, 0, 0, 2, 1]);
  });
});
