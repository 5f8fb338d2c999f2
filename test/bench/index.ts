// `npm run bench`: how fast, and in how much memory. Prints a table: kernels alone, then whole jobs on simulated data,
// each in a process of its own (so that peak memory is that job's), with one worker and with all; growth over 1x, 2x and
// 4x the length. Writes bench.json into the scratch folder. x real time counts recorded seconds per second of wall time.
//   node dist/bench.js [scratch folder] [--seconds S] [--only TEXT]     the folder should be on tmpfs or a fast disk;
//   --only: jobs whose name holds the text

import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchKernels } from '../../core/signal/index.ts';
import { benchJobs, runJob, type JobFigures } from './jobs.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { seconds: { type: 'string', default: '20' }, job: { type: 'string' }, only: { type: 'string', default: '' }, workers: { type: 'string', default: '1' } } });

if (values.job) {
  // A child: one job, figures to the parent.
  process.send!(await runJob(values.job, positionals[0], Number(values.workers)));
  process.exit(0);
}

const scratch = mkdtempSync(path.join(positionals[0] ?? os.tmpdir(), 'aftergate bench '));
try {
  console.log(`${os.cpus()[0].model}, ${os.availableParallelism()} threads, Node ${process.version}; scratch in ${scratch}\n`);
  const kernels = benchKernels();
  print(['kernel', 'x real time', 'MB/s'], kernels.map(({ name, timesRealTime, megabytesPerSecond }) => [name, timesRealTime?.toFixed(1) ?? '-', megabytesPerSecond?.toFixed(0) ?? '-']));
  const jobs: (JobFigures & { name: string; workers: number })[] = [];
  for (const { name, prepare } of benchJobs(Number(values.seconds)).filter((job) => job.name.includes(values.only))) {
    const folder = path.join(scratch, name.replaceAll(/\W+/g, ' '));
    mkdirSync(folder);
    await prepare(folder);
    for (const workers of new Set([1, os.availableParallelism()])) jobs.push({ name, workers, ...(await inChild(name, folder, workers)) });
    rmSync(folder, { recursive: true, force: true });
  }
  const row = (job: (typeof jobs)[number]) => [job.name, String(job.workers), job.seconds ? job.seconds.toFixed(0) : '-', job.wall.toFixed(2), job.cpu.toFixed(2), job.seconds ? (job.seconds / job.wall).toFixed(1) : '-', (job.megabytes / job.wall).toFixed(0), job.memory.toFixed(0)];
  print(['job', 'workers', 'recorded s', 'wall s', 'CPU s', 'x real time', 'MB/s', 'peak MB'], jobs.map(row));
  const json = path.join(positionals[0] ?? os.tmpdir(), 'aftergate-bench.json');
  writeFileSync(json, JSON.stringify({ machine: os.cpus()[0].model, node: process.version, kernels, jobs }, null, 1));
  console.log(`figures in ${json}`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function inChild(job: string, folder: string, workers: number): Promise<JobFigures> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), [folder, '--job', job, '--seconds', values.seconds, '--workers', String(workers)]);
    child.once('message', (figures) => resolve(figures as JobFigures));
    child.once('exit', (code) => code !== 0 && reject(new Error(`${job} failed`)));
  });
}

function print(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((cells) => cells[column].length)));
  const line = (cells: readonly string[]) => cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ');
  console.log([line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line), ''].join('\n'));
}
