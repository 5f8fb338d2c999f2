// One job, measured in a process of its own, so that peak memory is that job's.

import { loadKernels } from '../../core/kernels/index.ts';
import { createPool } from '../../core/execution/index.ts';
import { benchKernels, type BenchRow } from '../../core/signal/index.ts';
import { benchSums } from './sums.ts';
import { jobs, type Amount, type Places } from './jobs.ts';

export interface Figures extends Amount {
  readonly wall_s: number;
  readonly cpu_s: number;
  /** Peak resident memory of the process, 10^6 bytes. */
  readonly peak_MB: number;
  /** What this thread did of the calibration kernel just before, 10^9 operations a second: how busy the machine was. */
  readonly calibration_GFLOPs: number;
}

export interface KernelFigures {
  readonly rows: readonly BenchRow[];
  readonly peak_MB: number;
}

export async function measureJob(name: string, places: Places, workers: number): Promise<Figures> {
  const job = jobs.find((candidate) => candidate.name === name)!;
  const calibration_GFLOPs = calibrate();
  const pool = createPool(workers);
  const cpu = process.cpuUsage();
  const started = performance.now();
  const amount = await job.run(places, { pool, log: () => undefined, warn: () => undefined });
  const wall_s = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  await pool.close();
  return { ...amount, wall_s, cpu_s: (user + system) / 1e6, peak_MB: peak(), calibration_GFLOPs };
}

export function measureKernels(): KernelFigures {
  return { rows: [...benchKernels(), ...benchSums()], peak_MB: peak() };
}

function peak(): number {
  return (process.resourceUsage().maxRSS * 1024) / 1e6;
}

/** Wall time: what other programs take is what should be seen. */
function calibrate(): number {
  const { kernels } = loadKernels(0);
  const rounds = 1e6;
  let best = Infinity;
  for (let i = 0; i < 5; i++) {
    const started = performance.now();
    kernels.calibrate(rounds);
    best = Math.min(best, (performance.now() - started) / 1000);
  }
  return (rounds * 128) / 1e9 / best;
}
