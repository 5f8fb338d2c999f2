// What a folder holds: sorter folders are found in it, a few levels down, and known by their files, whoever made them.

import type { Dirent } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { inputFileError, isThere } from '../../common/index.ts';
import { openNpy, readClusterTable, readPhyParams } from '../../formats/phyFolder/index.ts';

/** What lists tell of a sorter's folder; nothing large is read. */
export interface SortedFolder {
  readonly path: string;
  readonly run: string;
  readonly gate: number | null;
  readonly probe: number | null;
  readonly tag: string;
  /** ISO time of spike_times.npy. */
  readonly at: string;
  readonly units: number;
  readonly spikes: number;
  readonly labels: Readonly<Record<string, number>>;
  readonly hasMetrics: boolean;
  readonly hasWaveforms: boolean;
  readonly writable: boolean;
  readonly missing: readonly { readonly what: string; readonly effect: string; readonly next: string }[];
}

/** Of a CatGT folder: probe folders, sorter folders in them, and once more for results kept elsewhere. */
const levels = 4;
/** Folders of our own making that only repeat a result. */
const copies = /_orig(_\d+)?$|\.part$|^\.aftergate$/;

/** Sorter folders in `folder`, itself included. Throws InputFileError when it cannot be listed. */
export async function findSorted(folder: string): Promise<string[]> {
  return search(folder, levels);
}

async function search(folder: string, deeper: number): Promise<string[]> {
  const entries = await fs.readdir(folder, { withFileTypes: true }).catch((error: unknown): Dirent[] => {
    if (deeper === levels) throw inputFileError(folder, error);
    return [];
  });
  if (entries.some((entry) => entry.name === 'spike_times.npy')) return [folder];
  if (deeper === 0) return [];
  const below = entries.filter((entry) => entry.isDirectory() && !copies.test(entry.name));
  return (await Promise.all(below.map((entry) => search(path.join(folder, entry.name), deeper - 1)))).flat();
}

/** Throws InputFileError when spike_times.npy cannot be read. */
export async function describeSorted(folder: string): Promise<SortedFolder> {
  const times = path.join(folder, 'spike_times.npy');
  const { shape } = await openNpy(times);
  const stat = await fs.stat(times);
  const [groups, automatic, amplitudes] = await Promise.all(['group', 'KSLabel', 'Amplitude'].map((name) => readClusterTable(folder, name)));
  const units = (automatic ?? amplitudes ?? groups)?.rows.length ?? (await unitCount(folder));
  const has = (name: string) => isThere(path.join(folder, name));
  const hasMetrics = await has('metrics.csv');
  const hasWaveforms = await has('mean_waveforms.npy');
  const { dataFile, dataPaths } = await readPhyParams(folder);
  const missing = [
    ...(hasMetrics ? [] : [{ what: 'metrics.csv', effect: 'Metrics are not computed yet.', next: 'Run the module quality_metrics on this folder.' }]),
    ...(hasWaveforms ? [] : [{ what: 'mean_waveforms.npy', effect: 'Waveforms are the sorter\'s templates, not in uV.', next: 'Run the module mean_waveforms on this folder.' }]),
    ...(dataFile !== undefined ? [] : [{ what: dataPaths[0] ?? 'params.py', effect: 'The filtered file named in params.py is not there: traces are off; units, labels and correlograms work.', next: 'Put the file beside the folder, or correct params.py.' }]),
  ];
  return {
    path: folder, ...namesOf(folder), at: stat.mtime.toISOString(), units, spikes: shape[0] ?? 0, labels: counts((groups?.rows.length ? groups : automatic)?.rows ?? []),
    hasMetrics, hasWaveforms, writable: await fs.access(folder, fs.constants.W_OK).then(() => true, () => false), missing,
  };
}

/** From the folders' names: catgt_<run>_g0/<run>_g0_imec1/imec1_ag, of a shank imec1012_ag. */
function namesOf(folder: string): Pick<SortedFolder, 'run' | 'gate' | 'probe' | 'tag'> {
  const [above, own] = folder.split(path.sep).slice(-2);
  const probeFolder = /^(.+)_g(\d+)_imec(\d+)$/.exec(above);
  const sorter = /^imec(\d+)_(.+)$/.exec(own);
  return {
    run: probeFolder ? `${probeFolder[1]}_g${probeFolder[2]}` : own,
    gate: probeFolder ? Number(probeFolder[2]) : null,
    probe: sorter ? Number(sorter[1]) : probeFolder ? Number(probeFolder[3]) : null,
    tag: sorter?.[2] ?? '',
  };
}

async function unitCount(folder: string): Promise<number> {
  const templates = await openNpy(path.join(folder, 'templates.npy')).catch(() => undefined);
  return templates?.shape[0] ?? 0;
}

function counts(rows: readonly { readonly value: string }[]): Record<string, number> {
  const result: Record<string, number> = {};
  for (const { value } of rows) result[value || 'unsorted'] = (result[value || 'unsorted'] ?? 0) + 1;
  return result;
}
