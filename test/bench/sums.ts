// The kernel of C_Waves, alone: sums over waveforms.

import { loadKernels, planMemory } from '../../core/kernels/index.ts';
import type { BenchRow } from '../../core/signal/index.ts';
import { COLUMNS, RATE } from './data.ts';

/** In the processor's cache, as the stretches of a dense recording. */
const ROWS = 2000;
const WINDOW = 82;
const RUNS = 50;
const CLUSTERS = 40;
const GROUPS = 48;

export function benchSums(repeats = 12): BenchRow[] {
  const [rowBytes, words] = [2 * COLUMNS, 1 + CLUSTERS * (2 + RUNS)];
  const plan = planMemory({
    rows: ROWS * rowBytes + 16, program: 4 * words, traits: 4 * CLUSTERS * (2 + GROUPS), sums: 32 * WINDOW * GROUPS * CLUSTERS,
    squares: 64 * GROUPS * CLUSTERS, peaks: 2 * RUNS * CLUSTERS * WINDOW,
  });
  const { kernels, buffer } = loadKernels(plan.bytes);
  const values = new Int16Array(buffer, plan.rows, ROWS * COLUMNS);
  for (let i = 0; i < values.length; i++) values[i] = (Math.imul(i, 1664525) >> 24) + (i % 7);
  const runsOf = (cluster: number) => Array.from({ length: RUNS }, (_, i) => rowBytes * (((cluster * RUNS + i) * 7919) % (ROWS - WINDOW)));
  new Uint32Array(buffer, plan.program, words).set([CLUSTERS, ...Array.from({ length: CLUSTERS }, (_, k) => [k, RUNS, ...runsOf(k)]).flat()]);
  const add = (small: number) => () => {
    kernels.addRuns(plan.program, plan.traits, plan.rows, rowBytes, GROUPS, WINDOW, 15, plan.sums, plan.squares, plan.peaks, small);
  };
  return [
    row('sums of waveforms', repeats, CLUSTERS * RUNS * WINDOW, add(1)),
    row('sums of waveforms, large values', repeats, CLUSTERS * RUNS * WINDOW, add(0)),
  ];
}

function row(name: string, repeats: number, rows: number, run: () => void): BenchRow {
  let seconds = Infinity;
  for (let i = 0; i < repeats; i++) {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    seconds = Math.min(seconds, (user + system) / 1e6);
  }
  return { name, seconds, timesRealTime: rows / RATE / seconds, megabytesPerSecond: (rows * COLUMNS * 2) / 1e6 / seconds };
}
