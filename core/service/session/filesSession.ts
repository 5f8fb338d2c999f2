// The session that AP files, or folders that hold them, begin with: sorting for bare files, only what is missing for those
// that are sorted already.

import fs from 'node:fs/promises';
import path from 'node:path';
import { InputFileError, inputFileError, isThere } from '../../common/index.ts';
import { afterSorting, sorterOf } from '../../pipelines/index.ts';
import { parseSglxName } from '../../spikeglx/index.ts';
import type { SessionContent } from '../contract/index.ts';
import type { Beginning } from './newSession.ts';

/** Folders that are looked into below a given one. */
const depth = 3;
const versions: Readonly<Record<string, string>> = { ag: 'ag', ks2: '2.0', ks25: '2.5', ks3: '3.0', ks4: '4' };
/** The file each module leaves, by which it is known to have run. */
const leftBy: Readonly<Record<string, string>> = { kilosort_postprocessing: 'overlap_matrix.npy', mean_waveforms: 'mean_waveforms.npy', quality_metrics: 'metrics.csv' };

interface Sorted {
  readonly probe: string;
  readonly tag: string;
  readonly missing: readonly string[];
}

/** @param given AP files and folders. Throws InputFileError when there is no AP file. */
export async function sessionOfFiles(given: readonly string[], { settings, destination }: Beginning): Promise<SessionContent> {
  const files = [...new Set((await Promise.all(given.map((each) => apFiles(each, depth)))).flat())];
  if (files.length === 0) throw new InputFileError(given[0], 'holds no AP file of SpikeGLX', { next: 'Choose files named like run_g0_tcat.imec0.ap.bin, or the folder they are in.' });
  const sorted = (await Promise.all(files.map(sortedBeside))).filter((each) => each !== undefined);
  const joined = files.filter((file) => parseSglxName(path.basename(file))?.trigger === 'cat');
  // Beside a file that CatGT wrote there is room for results; beside a recording there is not.
  const allJoined = joined.length === files.length;
  const top = allJoined ? outputTop(files[0]) : destination;
  return {
    version: 1,
    kind: 'file-list',
    file_list: files.map((file) => [file, ['default']]),
    ...(top === undefined ? {} : { json_directory: path.join(top, 'json') }),
    ...(allJoined || destination === undefined ? {} : { kilosort_output_parent: destination }),
    ks_ver: 'ag',
    modules: ['spike_sorter', ...afterSorting],
    ...settings,
    ...(sorted.length === files.length ? remaining(sorted) : {}),
  };
}

/** Of folders that are all sorted: the modules that have not run. When nothing is missing, all that follow sorting. */
function remaining(sorted: readonly Sorted[]): SessionContent {
  const { tag } = sorted[0];
  const missing = (of: readonly Sorted[]) => afterSorting.filter((module) => of.some((each) => each.missing.includes(module)));
  const all = missing(sorted);
  const probes = [...new Set(sorted.map(({ probe }) => probe))];
  const differ = probes.some((probe) => missing(sorted.filter((each) => each.probe === probe)).join() !== all.join());
  const modules = differ ? Object.fromEntries(probes.map((probe) => [probe, missing(sorted.filter((each) => each.probe === probe))])) : all.length > 0 ? all : afterSorting;
  return { ks_ver: versions[tag] ?? 'ag', ks_output_tag: tag, modules };
}

async function apFiles(given: string, below: number): Promise<string[]> {
  const stats = await fs.stat(given).catch((error: unknown) => { throw inputFileError(given, error); });
  if (stats.isFile()) return isAp(given) ? [given] : [];
  const entries = await fs.readdir(given, { withFileTypes: true }).catch((error: unknown) => { throw inputFileError(given, error); });
  const here = entries.filter((entry) => entry.isFile() && isAp(entry.name)).map(({ name }) => path.join(given, name));
  const folders = below > 0 ? entries.filter((entry) => entry.isDirectory() && !/^imec\d*_|^\./.test(entry.name)) : [];
  return [...here.sort(), ...(await Promise.all(folders.map(({ name }) => apFiles(path.join(given, name), below - 1)))).flat()];
}

const isAp = (file: string) => file.endsWith('.bin') && parseSglxName(path.basename(file))?.stream.kind === 'ap';

/** The newest sorter's folder beside an AP file. */
async function sortedBeside(file: string): Promise<Sorted | undefined> {
  const name = parseSglxName(path.basename(file))!;
  const probe = `imec${name.threeA ? '' : name.stream.index}`;
  const beside = await fs.readdir(path.dirname(file)).catch(() => []);
  const known = Object.keys(sorterOf).map((version) => Object.keys(versions).find((tag) => versions[tag] === version)!);
  const tags = beside.flatMap((entry) => (entry.startsWith(`${probe}_`) && !entry.endsWith('_orig') ? [entry.slice(probe.length + 1)] : [])).sort((a, b) => Number(known.includes(b)) - Number(known.includes(a)));
  for (const tag of tags) {
    const folder = path.join(path.dirname(file), `${probe}_${tag}`);
    if (!(await isThere(path.join(folder, 'spike_times.npy')))) continue;
    const there = await Promise.all(afterSorting.map((module) => isThere(path.join(folder, leftBy[module]))));
    return { probe, tag, missing: afterSorting.filter((_, index) => !there[index]) };
  }
  return undefined;
}

/** The folder CatGT was told as its destination: above catgt_<run>. */
function outputTop(file: string): string {
  const parts = path.dirname(file).split(path.sep);
  const at = parts.findLastIndex((part) => /^(super)?catgt?_|^catgt_/.test(part));
  return at > 0 ? parts.slice(0, at).join(path.sep) || path.sep : path.dirname(file);
}
