// The spikes of a sorted folder, for drawing over traces: when, which unit, on which channel of the file.

import path from 'node:path';
import { isThere } from '../../common/index.ts';
import { clusterFile, modalTemplates, type NpyFile, openNpy, peakSites, readClusterTable, readCounts, readDecimals, readPhyParams, spikesByCluster } from '../../formats/phyFolder/index.ts';
import { npyNumbers, readNpy } from '../../formats/index.ts';

export interface SorterSpikes {
  readonly folder: string;
  /** The recording they were found in. */
  readonly dataFile: string | null;
  /** Samples of that file, ascending; the unit of each. */
  readonly times_smp: Float64Array;
  readonly clusters: Int32Array;
  /** By unit id: column of the file with the largest template; -1 when not known. */
  readonly column: Int32Array;
  /** Ids of units with spikes, their counts and labels. */
  readonly units: readonly { readonly id: number; readonly spikes: number; readonly label: string; readonly column: number }[];
}

/** Throws InputFileError. Changes nothing in the folder. */
export async function readSpikes(folder: string): Promise<SorterSpikes> {
  const file = (name: string) => path.join(folder, name);
  const times = await readCounts(file('spike_times.npy'));
  const clusters = Int32Array.from(await readCounts(await clusterFile(folder)));
  const templateIds = Int32Array.from(await readCounts(file('spike_templates.npy')));
  const groups = spikesByCluster(clusters);
  const peaks = await peakColumns(folder);
  const modal = modalTemplates(groups, templateIds, Math.max(peaks.length, largest(templateIds) + 1));
  const column = modal.map((template) => (template < 0 ? -1 : (peaks[template] ?? -1)));
  const labels = await labelsOf(folder);
  const units = Array.from(column, (_, id) => ({ id, spikes: groups.first[id + 1] - groups.first[id], label: labels.get(id) ?? '', column: column[id] })).filter(({ spikes }) => spikes > 0);
  const { dataFile } = await readPhyParams(folder);
  return { folder, dataFile: dataFile ?? null, ...inOrder(times, clusters), column, units };
}

function inOrder(times: Float64Array, clusters: Int32Array): { times_smp: Float64Array; clusters: Int32Array } {
  if (times.every((time, index) => index === 0 || time >= times[index - 1])) return { times_smp: times, clusters };
  const order = Uint32Array.from(times.keys()).sort((a, b) => times[a] - times[b]);
  return { times_smp: Float64Array.from(order, (index) => times[index]), clusters: Int32Array.from(order, (index) => clusters[index]) };
}

const largest = (ids: Int32Array) => ids.reduce((most, id) => Math.max(most, id), -1);

/** By template: the file column where it is largest, whitening taken back. Empty without templates. */
async function peakColumns(folder: string): Promise<Int32Array> {
  const file = (name: string) => path.join(folder, name);
  if (!(await isThere(file('templates.npy'))) || !(await isThere(file('channel_map.npy')))) return new Int32Array(0);
  const shape: NpyFile = await openNpy(file('templates.npy'));
  const [count, samples, channels] = shape.shape;
  const data = Float32Array.from(npyNumbers(await readNpy(file('templates.npy')))).map((value) => (Number.isFinite(value) ? value : 0));
  const inverse = (await isThere(file('whitening_mat_inv.npy'))) ? (await readDecimals(file('whitening_mat_inv.npy'), 2)).data : identity(channels);
  const map = await readCounts(file('channel_map.npy'));
  return peakSites({ data, count, samples, channels, padding: 0 }, inverse).map((site) => map[site]);
}

function identity(size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, index) => (index % (size + 1) === 0 ? 1 : 0));
}

/** What people said, else what the sorter said. */
async function labelsOf(folder: string): Promise<Map<number, string>> {
  const labels = new Map<number, string>();
  for (const name of ['KSLabel', 'group']) {
    const table = await readClusterTable(folder, name).catch(() => undefined);
    for (const { cluster, value } of table?.rows ?? []) if (value !== '' && value !== 'unsorted') labels.set(cluster, value);
  }
  return labels;
}
