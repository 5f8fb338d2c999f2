// The kernels of C_Waves, alone: into groups, and sums over waveforms.

import { loadKernels, planMemory } from '../../core/kernels/index.ts';
import type { BenchRow } from '../../core/signal/index.ts';
import { COLUMNS, RATE } from './data.ts';

const ROWS = 15_000;
const WINDOW = 82;
const RUNS = 2000;
const GROUPS = 48;

export function benchSums(repeats = 12): BenchRow[] {
  const groupBytes = 16 * ROWS + 64;
  const plan = planMemory({ rows: 2 * ROWS * COLUMNS + 16, groups: GROUPS * groupBytes, program: 4 * (3 + RUNS), sums: 32 * WINDOW * GROUPS });
  const { kernels, buffer } = loadKernels(plan.bytes);
  const values = new Int16Array(buffer, plan.rows, ROWS * COLUMNS);
  for (let i = 0; i < values.length; i++) values[i] = (Math.imul(i, 1664525) >> 24) + (i % 7);
  new Int32Array(buffer, plan.program, 3 + RUNS).set([1, 0, RUNS, ...Array.from({ length: RUNS }, (_, i) => 16 * ((i * 7919) % (ROWS - WINDOW)))]);
  const add = (small: number) => () => {
    for (let group = 0; group < GROUPS; group++) kernels.addRuns(plan.program, plan.groups + group * groupBytes, plan.sums + 32 * WINDOW * group, WINDOW, small);
  };
  return [
    row('into groups (C_Waves)', repeats, ROWS, () => kernels.splitRows(plan.rows, 2 * COLUMNS, ROWS, plan.groups, groupBytes, GROUPS)),
    row('sums of waveforms', repeats, RUNS * WINDOW, add(1)),
    row('sums of waveforms, large values', repeats, RUNS * WINDOW, add(0)),
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
