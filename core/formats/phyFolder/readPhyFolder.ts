// A sorter's folder read whole: spikes, clusters, templates, sites, and what is optional, with all sizes checked against
// each other.

import path from 'node:path';
import { InputFileError, isThere } from '../../common/index.ts';
import { amplitudesByCluster, amplitudesByRow, labelsByCluster } from './clusterValues.ts';
import { recoverPhyFolder } from './commit.ts';
import { type NpyFile, openNpy } from './npyRows.ts';
import { type PhyParams, readPhyParams } from './paramsPy.ts';
import { readTemplates, type Templates } from './templates.ts';
import { readCounts, readDecimals, readVector } from './vectors.ts';

export interface PhyFolder {
  readonly folder: string;
  /** Per spike, in the folder's order: time (samples from the start of the recording), cluster, template, amplitude (the sorter's units). */
  readonly times: Float64Array;
  readonly clusters: Int32Array;
  readonly templateIds: Int32Array;
  readonly amplitudes: Float64Array;
  /** Ids of clusters that have spikes, ascending. */
  readonly clusterIds: Int32Array;
  readonly templates: Templates;
  /** [channels x channels], for unwhitenedTemplate and peakSites. */
  readonly whiteningInverse: Float64Array;
  /** Per channel of the sorter: column of the recording, [channels x 2] position (um), shank if known. */
  readonly channelMap: Int32Array;
  readonly positions: Float64Array;
  readonly shanks: Int32Array | undefined;
  /**
   * Of cluster_Amplitude, by cluster id. Normally by its cluster_id column, NaN where it has no row. With `compat` by row
   * number, zeros after the last up to the number of templates. Empty when there is no such file.
   */
  readonly clusterAmplitudes: Float64Array;
  readonly pcFeatures: PcFeatures | undefined;
  /** [spikes x 2] um. */
  readonly spikePositions: Float64Array | undefined;
  /** By cluster id: what people said (cluster_group), what Kilosort said (cluster_KSLabel). */
  readonly groups: ReadonlyMap<number, string>;
  readonly kilosortLabels: ReadonlyMap<number, string>;
  readonly params: PhyParams;
}

export interface PcFeatures {
  /** [spikes x components x features]; large: take rows with readNpyRows or npyRowReader. */
  readonly file: NpyFile;
  readonly components: number;
  readonly features: number;
  /** [templates x features]: the channel (row of channel_map) of each feature. */
  readonly channels: Int32Array;
}

export interface ReadOptions {
  /** The reference's rules for zero padding and for cluster_Amplitude. */
  readonly compat?: boolean;
  /** Whether an interrupted change is finished first. False for readers that must not touch a folder somebody may be changing. */
  readonly recover?: boolean;
}

/** Finishes an interrupted change first (commit.ts), unless told not to. Throws InputFileError that names the file and what is wrong. */
export async function readPhyFolder(folder: string, { compat = false, recover = true }: ReadOptions = {}): Promise<PhyFolder> {
  if (recover) await recoverPhyFolder(folder);
  const file = (name: string) => path.join(folder, name);
  const times = await readCounts(file('spike_times.npy'));
  const templateIds = await readIds(file('spike_templates.npy'));
  const clusters = await readIds(await clusterFile(folder));
  const amplitudes = await readVector(file('amplitudes.npy'));
  for (const [name, values] of Object.entries({ spike_templates: templateIds, spike_clusters: clusters, amplitudes })) {
    mustMatch(file(`${name}.npy`), values.length, times.length, 'spikes', 'spike_times.npy');
  }

  const templates = await readTemplates(file('templates.npy'), { compat });
  const { count, channels } = templates;
  const beyond = templateIds.find((id) => id >= count);
  if (beyond !== undefined) throw new InputFileError(file('spike_templates.npy'), `names template ${beyond}, but templates.npy has only ${count}`);
  const channelMap = await readIds(file('channel_map.npy'));
  mustMatch(file('channel_map.npy'), channelMap.length, channels, 'channels', 'templates.npy');
  const shanks = await ifThere(file('channel_shanks.npy'), readIds);
  if (shanks) mustMatch(file('channel_shanks.npy'), shanks.length, channels, 'channels', 'templates.npy');
  const amplitudeRule = compat ? amplitudesByRow : amplitudesByCluster;

  return {
    folder, times, clusters, templateIds, amplitudes, clusterIds: distinct(clusters), templates, channelMap, shanks,
    whiteningInverse: await readTable(file('whitening_mat_inv.npy'), channels, channels),
    positions: await readTable(file('channel_positions.npy'), channels, 2),
    clusterAmplitudes: await amplitudeRule(folder, count),
    pcFeatures: await readPcFeatures(folder, times.length, count),
    spikePositions: await ifThere(file('spike_positions.npy'), (name) => readTable(name, times.length, 2)),
    groups: await labelsByCluster(folder, 'group'),
    kilosortLabels: await labelsByCluster(folder, 'KSLabel'),
    params: await readPhyParams(folder),
  };
}

/** The file of cluster ids: spike_clusters.npy, or spike_templates.npy, from which phy makes it when it is missing. */
export async function clusterFile(folder: string): Promise<string> {
  const file = path.join(folder, 'spike_clusters.npy');
  return (await isThere(file)) ? file : path.join(folder, 'spike_templates.npy');
}

/** Tables are made by id; no sorter comes near. */
const largestId = 1e7;

async function readIds(file: string): Promise<Int32Array> {
  const ids = await readCounts(file);
  const tooLarge = ids.find((id) => id > largestId);
  if (tooLarge !== undefined) throw new InputFileError(file, `holds the impossible id ${tooLarge}`);
  return new Int32Array(ids);
}

async function readTable(file: string, rows: number, columns: number): Promise<Float64Array> {
  const { data, shape } = await readDecimals(file, 2);
  if (shape[0] !== rows || shape[1] !== columns) throw new InputFileError(file, `has the shape (${shape.join(', ')}) instead of (${rows}, ${columns})`);
  return data;
}

/** Undefined unless both files are there; an empty pc_features.npy counts as none. */
async function readPcFeatures(folder: string, spikes: number, templates: number): Promise<PcFeatures | undefined> {
  const file = await ifThere(path.join(folder, 'pc_features.npy'), openNpy);
  const indexPath = path.join(folder, 'pc_feature_ind.npy');
  const index = await ifThere(indexPath, (name) => readDecimals(name, 2));
  if (!file || !index || file.shape[0] === 0) return undefined;
  if (file.shape.length !== 3) throw new InputFileError(file.path, `has the shape (${file.shape.join(', ')}) instead of (spikes, components, features)`);
  const [rows, components, features] = file.shape;
  mustMatch(file.path, rows, spikes, 'spikes', 'spike_times.npy');
  if (index.shape[0] < templates || index.shape[1] !== features) {
    throw new InputFileError(indexPath, `has the shape (${index.shape.join(', ')}) instead of (${templates}, ${features})`);
  }
  return { file, components, features, channels: Int32Array.from(index.data) };
}

function mustMatch(file: string, length: number, expected: number, what: string, other: string): void {
  if (length === expected) return;
  throw new InputFileError(file, `holds ${length} ${what}, but ${other} holds ${expected}`, { next: 'The files of the folder must come from the same sorting.' });
}

async function ifThere<Value>(file: string, read: (file: string) => Promise<Value>): Promise<Value | undefined> {
  return (await isThere(file)) ? read(file) : undefined;
}

function distinct(ids: Int32Array): Int32Array {
  const seen = new Uint8Array(ids.reduce((most, id) => Math.max(most, id), -1) + 1);
  for (const id of ids) seen[id] = 1;
  const result: number[] = [];
  seen.forEach((has, id) => has && result.push(id));
  return Int32Array.from(result);
}
