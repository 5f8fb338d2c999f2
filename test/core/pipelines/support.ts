// For tests of pipelines: a simulated run on two drives, and small modules in place of a sorter and its followers.

import fs from 'node:fs/promises';
import path from 'node:path';
import { inlinePool, InputFileError, openOutputs } from '../../../core/common/index.ts';
import { tasks as catgt } from '../../../core/engines/catgt/index.ts';
import { tasks as tprime } from '../../../core/engines/tprime/index.ts';
import { encodeNpy, npyNumbers, readNpy } from '../../../core/formats/index.ts';
import { type Module, modules as realModules } from '../../../core/modules/index.ts';
import { section, sections, whole } from '../../../core/modules/record/index.ts';
import { directories, ephysParams } from '../../../core/modules/sections/index.ts';

export const testPool = () => inlinePool({ ...catgt, ...tprime });

const sorterSections = sections({
  spike_sorter_params: section('A stand-in for a sorter.', { every: whole({ help: 'A spike in so many samples.', min: 1 }).default(1000) }),
  directories,
  ephys_params: ephysParams,
});

/** Finds a spike every so many samples. */
const sorter: Module<typeof sorterSections> = {
  name: 'spike_sorter',
  summary: 'a stand-in for a sorter',
  sections: sorterSections,
  async run({ directories: { kilosort_output_directory: folder }, ephys_params: ephys, spike_sorter_params: { every } }, context) {
    const bin = ephys.ap_band_file!;
    const stats = await fs.stat(bin).catch(() => {
      throw new InputFileError(bin, 'no such file');
    });
    const spikes = Math.floor(stats.size / (2 * ephys.num_channels) / every);
    const outputs = openOutputs();
    const times = path.join(folder!, 'spike_times.npy');
    await outputs.write(times, encodeNpy(BigInt64Array.from({ length: spikes }, (_, index) => BigInt(index * every)), [spikes]));
    context.progress?.({ label: 'sort', done: 1, total: 2 });
    await outputs.write(path.join(folder!, 'params.py'), `sample_rate = ${ephys.sample_rate}\n`);
    context.signal?.throwIfAborted();
    await outputs.commit();
    return { result: { execution_time: 1.5, nTot: spikes, nTemplate: 7 }, inputs: [bin], outputs: [times, path.join(folder!, 'params.py')] };
  },
};

const followerSections = sections({ quality_metrics_params: section('A stand-in for metrics.', { isi_threshold: whole({ help: 'Whatever.', min: 0 }).default(2) }), directories, ephys_params: ephysParams });

/** Counts spikes, and takes every second away the first time it sees them, as post-processing changes its own input. */
const follower: Module<typeof followerSections> = {
  name: 'quality_metrics',
  summary: 'a stand-in for metrics',
  sections: followerSections,
  async run({ directories: { kilosort_output_directory: folder } }, context) {
    const file = path.join(folder!, 'spike_times.npy');
    const count = npyNumbers(await readNpy(file)).length;
    context.progress?.({ label: 'metrics', done: 1, total: 2 });
    const outputs = openOutputs();
    await outputs.write(path.join(folder!, 'metrics.csv'), `cluster_id,spikes\n0,${count}\n`);
    await outputs.commit();
    return { result: { execution_time: 0.25 }, inputs: [file], outputs: [path.join(folder!, 'metrics.csv')] };
  },
};

export const testModules: readonly Module[] = [...realModules.filter(({ name }) => name === 'catGT_helper' || name === 'tPrime_helper'), sorter, follower];

export interface Tree {
  readonly [file: string]: string;
}

/** Every file below a folder, with what differs from run to run taken out: times, dates, and logs that grow. */
export async function tree(folder: string): Promise<Tree> {
  const entries = await fs.readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name)).sort();
  const kept = files.filter((file) => !file.includes(`${path.sep}.aftergate${path.sep}`) && !file.endsWith('.log'));
  return Object.fromEntries(await Promise.all(kept.map(async (file) => [path.relative(folder, file), timeless(file, await fs.readFile(file))] as const)));
}

function timeless(file: string, bytes: Buffer): string {
  if (!/\.(json|csv|meta|txt|py)$/.test(file)) return bytes.toString('base64');
  const text = bytes.toString('utf8').replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?/g, '<time>')
    .replace(/"execution_time": [\d.e-]+/g, '"execution_time"')
    .replace(/"mtimeMs": [\d.]+/g, '"mtimeMs"')
    .replace(/("path": "[^"]*\.log",\s*"size": )\d+/g, '$1<grows>');
  return file.endsWith('_log.csv') ? text.replace(/\d\d\/\d\d\/\d{4}, \d\d:\d\d:\d\d/g, '<time>') : text;
}
