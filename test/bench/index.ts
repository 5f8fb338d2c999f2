// `npm run bench`: how fast, and in how much memory. Prints tables: kernels alone, then whole jobs on simulated data, each
// in a process of its own, with one worker and with all; how time and memory grow with the length of the recording and
// the number of spikes. x real time counts recorded seconds per second of wall time; `calibration` is what one thread did
// of a fixed piece of arithmetic just before each job, by which machines (and busy moments) can be compared.

import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makeRecording } from './data.ts';
import { jobs, type Job, type Places } from './jobs.ts';
import { measureJob, measureKernels, type Figures, type KernelFigures } from './measure.ts';
import { growthTable, jobTable, kernelTable, type JobRow } from './tables.ts';

const usage = `npm run bench -- [FOLDER] [--json FILE] [--seconds S] [--only TEXT] [--repeat R]

  FOLDER      for data, best on tmpfs or a fast disk (10 GB for all jobs); the system's temporary folder when left out
  --json F    where the figures go; bench.json in FOLDER when left out
  --seconds S length of the recording that is 1x; 20
  --only T    jobs whose name holds T; kernels: no jobs
  --repeat R  each job R times, the fastest counts; 1
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' }, seconds: { type: 'string', default: '20' }, only: { type: 'string', default: '' }, repeat: { type: 'string', default: '1' }, help: { type: 'boolean' },
    // Of the processes that this one starts.
    job: { type: 'string' }, raw: { type: 'string' }, out: { type: 'string' }, workers: { type: 'string', default: '1' },
  },
});

if (values.help) {
  console.log(usage);
} else if (values.job === 'kernels') {
  process.send!(measureKernels(), () => process.exit(0));
} else if (values.job) {
  const figures = await measureJob(values.job, { raw: values.raw!, out: values.out! }, Number(values.workers));
  process.send!(figures, () => process.exit(0));
} else {
  await bench(path.resolve(positionals[0] ?? os.tmpdir()), Number(values.seconds), Number(values.repeat));
}

async function bench(folder: string, seconds: number, repeat: number): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const machine = { processor: os.cpus()[0].model, threads: os.availableParallelism(), memory_MB: Math.round(os.totalmem() / 1e6), system: `${os.type()} ${os.release()}`, node: process.version };
  const load = os.loadavg()[0];
  const scratch = mkdtempSync(path.join(folder, 'aftergate bench '));
  try {
    console.log(`${machine.processor}, ${machine.threads} threads, Node ${machine.node}, load ${load.toFixed(1)}; data in ${scratch}\n`);
    const kernels = await inChild<KernelFigures>(['--job', 'kernels']);
    console.log(kernelTable(kernels));
    const rows = await measureAll(jobs.filter(({ name }) => name.includes(values.only)), scratch, seconds, repeat);
    console.log(jobTable(rows));
    console.log(growthTable(rows));
    const json = path.resolve(values.json ?? path.join(folder, 'bench.json'));
    writeFileSync(json, `${JSON.stringify({ machine, load, seconds, repeat, kernels, jobs: rows }, null, 1)}\n`);
    console.log(`figures in ${json}`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Recordings of one length at a time: jobs are in order of length. */
async function measureAll(chosen: readonly Job[], scratch: string, seconds: number, repeat: number): Promise<JobRow[]> {
  const rows: JobRow[] = [];
  const raw = path.join(scratch, 'raw');
  let made = 0;
  for (const job of chosen) {
    if (job.length !== made) await makeRecording(raw, seconds * job.length);
    made = job.length;
    const places = { raw, out: path.join(scratch, 'out') };
    mkdirSync(places.out);
    await job.prepare(places, seconds);
    for (const workers of new Set([1, os.availableParallelism()])) rows.push({ name: job.name, workers, ...(await fastest(job.name, places, workers, repeat)) });
    rmSync(places.out, { recursive: true });
  }
  return rows;
}

async function fastest(name: string, { raw, out }: Places, workers: number, repeat: number): Promise<Figures> {
  let best: Figures | undefined;
  for (let i = 0; i < repeat; i++) {
    const figures = await inChild<Figures>(['--job', name, '--raw', raw, '--out', out, '--workers', String(workers)]);
    if (!best || figures.wall_s < best.wall_s) best = figures;
  }
  return best!;
}

function inChild<Answer>(args: readonly string[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), args);
    child.once('message', (answer) => resolve(answer as Answer));
    child.once('exit', (code) => code !== 0 && reject(new Error(`${args.join(' ')} failed`)));
  });
}
