// The pool's tasks: what reads and writes whole arrays of spikes.

import path from 'node:path';
import { writeWhole } from '../../common/index.ts';
import { encodeNpy } from '../../formats/index.ts';
import { makeClusTable, type PhyFolder, readPhyFolder, spikesByCluster } from '../../formats/phyFolder/index.ts';
import { findShifts, shiftSpikes } from './align.ts';
import { type DuplicateRules, findDuplicates } from './duplicates.ts';
import { overlapFiles } from './overlapFiles.ts';
import { copySpikeFile } from './spikeFiles.ts';
import { isAscending, stableOrder } from './timeOrder.ts';
import { findUnits } from './units.ts';

export interface TableTask {
  readonly folder: string;
  readonly target: string;
  readonly compat: boolean;
}

/** Writes clus_Table.npy. */
async function writeClusTable({ folder, target, compat }: TableTask): Promise<void> {
  const table = makeClusTable(await readPhyFolder(folder, { compat }), { compat });
  await writeWhole(target, encodeNpy(table, [table.length / 2, 2]));
}

export interface SearchTask {
  /** The folder whose spikes are looked at, and where the overlap files go. */
  readonly folder: string;
  readonly target: string;
  /** Undefined: nothing is removed. */
  readonly rules: DuplicateRules | undefined;
  /** Files of mean waveforms that say how far units are to be shifted. */
  readonly waveforms: { readonly means: string; readonly snr: string } | undefined;
  readonly compat: boolean;
}

export interface SearchResult {
  /** Spikes in the folder, and which of them stay, in their new order. */
  readonly spikes: number;
  readonly rows: Uint32Array;
  /** Of those that stay, where spikes were shifted. */
  readonly times: Float64Array | undefined;
  readonly padding: number;
  readonly units: number;
  readonly shiftedUnits: number;
  readonly within: number;
  readonly between: number;
}

async function search({ folder, target, rules, waveforms, compat }: SearchTask): Promise<SearchResult> {
  const phy = await readPhyFolder(folder, { compat });
  const shifts = waveforms ? await findShifts(waveforms.means, waveforms.snr) : undefined;
  const times = shifts ? shiftSpikes(phy.times, phy.clusters, shifts) : phy.times;
  const order = isAscending(times) ? undefined : stableOrder(times);
  const ordered = order ? reorder(phy, times, order) : { ...phy, times };

  const groups = spikesByCluster(ordered.clusters);
  const units = findUnits(ordered, groups, { compat });
  const duplicates = findDuplicates(ordered.times, groups, units, rules ?? nothing);
  for (const [name, content] of Object.entries(overlapFiles(units, duplicates, { compat }))) await writeWhole(path.join(target, name), content);

  const staying = indicesOf(duplicates.removed);
  const removed = sum(duplicates.matrix);
  const within = sum(units.map((_, i) => duplicates.matrix[i * (units.length + 1)]));
  return {
    spikes: times.length,
    rows: order ? staying.map((index) => order[index]) : staying,
    times: shifts && Float64Array.from(staying, (index) => ordered.times[index]),
    padding: phy.templates.padding,
    units: units.length,
    shiftedUnits: shifts ? shifts.filter((shift) => shift !== 0).length : 0,
    within,
    between: removed - within,
  };
}

const nothing: DuplicateRules = { mode: 'deleteFirst', window: 0, withinWindow: 0, distance: 0, compat: false };

export const tasks = { 'kilosort_postprocessing.table': writeClusTable, 'kilosort_postprocessing.search': search, 'kilosort_postprocessing.copy': copySpikeFile };

function reorder(phy: PhyFolder, times: Float64Array, order: Uint32Array): PhyFolder {
  return {
    ...phy,
    times: Float64Array.from(order, (index) => times[index]),
    clusters: Int32Array.from(order, (index) => phy.clusters[index]),
    templateIds: Int32Array.from(order, (index) => phy.templateIds[index]),
    amplitudes: Float64Array.from(order, (index) => phy.amplitudes[index]),
  };
}

function indicesOf(removed: Uint8Array): Uint32Array {
  const staying = new Uint32Array(removed.length);
  let count = 0;
  for (let index = 0; index < removed.length; index++) if (removed[index] === 0) staying[count++] = index;
  return staying.slice(0, count);
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}
