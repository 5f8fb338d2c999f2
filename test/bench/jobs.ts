// The whole jobs of the bench: data made once per job, then the engine as the command would call it.

import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseCatGTArguments, runCatGT } from '../../core/engines/catgt/index.ts';
import { parseCWavesArguments, runCWaves } from '../../core/engines/cwaves/index.ts';
import { parseTPrimeArguments, runTPrime } from '../../core/engines/tprime/index.ts';
import { runSorter } from '../../core/engines/sorter/index.ts';
import { createPool } from '../../core/execution/index.ts';
import { failuresOf, runSession } from '../../core/pipelines/index.ts';
import { encodeNpy } from '../../core/formats/index.ts';
import { presetRun, simulateRun } from '../../core/simulate/index.ts';

export interface JobFigures {
  /** Recorded seconds that were processed; 0 where that means nothing. */
  readonly seconds: number;
  readonly wall: number;
  readonly cpu: number;
  /** Read, MB. */
  readonly megabytes: number;
  /** Peak resident memory of the process, MB. */
  readonly memory: number;
}

interface Job {
  readonly name: string;
  readonly prepare: (folder: string) => Promise<void>;
}

const CHAIN = ['-apfilter=butter,12,300,10000', '-gfix=0.40,0.10,0.02'];
const CATGT: Record<string, { argv: string[]; length: number }> = {
  'CatGT tshift': { argv: [], length: 1 },
  'CatGT tshift butter gblcar': { argv: [CHAIN[0], '-gblcar'], length: 1 },
  'CatGT tshift butter gblcar gfix': { argv: [...CHAIN, '-gblcar'], length: 1 },
  'CatGT tshift butter gblcar gfix, 2x': { argv: [...CHAIN, '-gblcar'], length: 2 },
  'CatGT tshift butter gblcar gfix, 4x': { argv: [...CHAIN, '-gblcar'], length: 4 },
  'CatGT tshift butter gbldmx gfix': { argv: [...CHAIN, '-gbldmx'], length: 1 },
  'CatGT tshift butter loccar_um gfix': { argv: [...CHAIN, '-loccar_um=40,160'], length: 1 },
};
const WAVES = { spikes: 20_000, units: 60 };
const EVENTS = 10_000_000;

export function benchJobs(seconds: number): Job[] {
  const run = (factor: number) => async (folder: string) => {
    const pool = createPool();
    await simulateRun(path.join(folder, 'raw'), presetRun('big', { seconds: seconds * factor }), { pool });
    await pool.close();
    mkdirSync(path.join(folder, 'out'));
  };
  return [
    ...Object.entries(CATGT).map(([name, { length }]) => ({ name, prepare: run(length) })),
    { name: 'spike_sorter', prepare: async (folder) => { await run(1)(folder); await preprocess(folder); } },
    { name: 'whole session: CatGT to metrics', prepare: run(1) },
    { name: 'C_Waves 20,000 spikes', prepare: async (folder) => { await run(1)(folder); writeSpikes(folder, seconds); } },
    { name: 'TPrime 10 million events', prepare: async (folder) => writeEvents(folder) },
  ];
}

export async function runJob(name: string, folder: string, workers: number): Promise<JobFigures> {
  // What the run with another number of workers has left.
  rmSync(path.join(folder, 'out', 'json'), { recursive: true, force: true });
  const pool = createPool(workers);
  const context = { pool, log: () => undefined, warn: () => undefined };
  const cpu = process.cpuUsage();
  const started = performance.now();
  const { seconds, megabytes } = await work(name, folder, context);
  const wall = (performance.now() - started) / 1000;
  const used = process.cpuUsage(cpu);
  await pool.close();
  return { seconds, megabytes, wall, cpu: (used.user + used.system) / 1e6, memory: process.resourceUsage().maxRSS / 1024 };
}

async function work(name: string, folder: string, context: Parameters<typeof runCatGT>[1]): Promise<{ seconds: number; megabytes: number }> {
  const raw = path.join(folder, 'raw');
  const out = path.join(folder, 'out');
  if (name in CATGT) {
    const result = await runCatGT(parseCatGTArguments([`-dir=${raw}`, '-run=big', '-g=0', '-t=0', '-prb_fld', '-ap', '-prb=0', ...CATGT[name].argv, `-dest=${out}`], folder), context);
    return { seconds: result.streams[0].seconds, megabytes: (result.streams[0].samples * 770) / 1e6 };
  }
  if (name === 'spike_sorter') {
    const bin = path.join(out, 'catgt_big_g0', 'big_g0_tcat.imec0.ap.bin');
    await runSorter({ bin, dest: path.join(out, 'imec0_ag') }, context);
    const { size } = statSync(bin);
    return { seconds: size / 770 / 30000, megabytes: size / 1e6 };
  }
  if (name.startsWith('whole session')) return runWholeSession(raw, out, context);
  if (name.startsWith('C_Waves')) {
    const inputs = ['table', 'time', 'lbl'].map((part) => `-clus_${part}_npy=${path.join(folder, `${part}.npy`)}`);
    const bin = readdirSync(raw, { recursive: true, encoding: 'utf8' }).find((file) => file.endsWith('.ap.bin'))!;
    await runCWaves(parseCWavesArguments([`-spikeglx_bin=${path.join(raw, bin)}`, ...inputs, `-dest=${out}`, '-samples_per_spike=82', '-pre_samples=20', '-num_spikes=1000', '-snr_radius_um=140'], folder), context);
    return { seconds: 0, megabytes: (WAVES.spikes * 82 * 770) / 1e6 };
  }
  const file = (edges: string) => path.join(folder, edges);
  await runTPrime(parseTPrimeArguments(['-syncperiod=1.0', `-tostream=${file('to.txt')}`, `-fromstream=1,${file('from.txt')}`, `-events=1,${file('events.npy')},${file('out.npy')}`], folder), context);
  return { seconds: 0, megabytes: (EVENTS * 8) / 1e6 };
}

/** The sorter's input: what CatGT makes of the recording. */
async function preprocess(folder: string): Promise<void> {
  const pool = createPool();
  const argv = [`-dir=${path.join(folder, 'raw')}`, '-run=big', '-g=0', '-t=0', '-prb_fld', '-ap', '-prb=0', ...CHAIN, '-gblcar', `-dest=${path.join(folder, 'out')}`];
  await runCatGT(parseCatGTArguments(argv, folder), { pool, log: () => undefined, warn: () => undefined });
  await pool.close();
}

async function runWholeSession(raw: string, out: string, context: Parameters<typeof runCatGT>[1]): Promise<{ seconds: number; megabytes: number }> {
  const session = {
    version: 1, kind: 'multi-run', npx_directory: raw, catGT_dest: out, json_directory: path.join(out, 'json'),
    run_specs: [['big', '0', '0,0', '0', '', ['default']]], car_mode: 'gblcar', catGT_cmd_string: `-prb_fld -out_prb_fld ${CHAIN.join(' ')}`,
    modules: ['spike_sorter', 'kilosort_postprocessing', 'mean_waveforms', 'quality_metrics'],
  };
  const report = await runSession(session, out, context);
  const [failure] = failuresOf(report);
  if (failure) throw new Error(`${failure.what}: ${failure.message}`);
  const bin = readdirSync(raw, { recursive: true, encoding: 'utf8' }).find((file) => file.endsWith('.ap.bin'))!;
  const { size } = statSync(path.join(raw, bin));
  return { seconds: size / 770 / 30000, megabytes: size / 1e6 };
}

function writeSpikes(folder: string, seconds: number): void {
  const times = BigInt64Array.from({ length: WAVES.spikes }, (_, k) => BigInt(Math.floor(100 + (k * (seconds * 30000 - 400)) / WAVES.spikes)));
  const labels = Uint32Array.from({ length: WAVES.spikes }, (_, k) => (k * 7919) % WAVES.units);
  const table = new Uint32Array(2 * WAVES.units);
  for (const label of labels) table[2 * label]++;
  for (let unit = 0; unit < WAVES.units; unit++) table[2 * unit + 1] = 6 * unit;
  writeFileSync(path.join(folder, 'time.npy'), encodeNpy(times, [WAVES.spikes]));
  writeFileSync(path.join(folder, 'lbl.npy'), encodeNpy(labels, [WAVES.spikes]));
  writeFileSync(path.join(folder, 'table.npy'), encodeNpy(table, [WAVES.units, 2]));
}

function writeEvents(folder: string): void {
  const length = 3600;
  const edges = (rate: number) => Array.from({ length }, (_, k) => `${(0.3 + k * rate).toFixed(6)}\n`).join('');
  writeFileSync(path.join(folder, 'to.txt'), edges(1));
  writeFileSync(path.join(folder, 'from.txt'), edges(1.00002));
  writeFileSync(path.join(folder, 'events.npy'), encodeNpy(Float64Array.from({ length: EVENTS }, (_, k) => (k * length) / EVENTS), [EVENTS]));
}
