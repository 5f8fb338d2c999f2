// The bench's figures as text.

import { jobs } from './jobs.ts';
import type { Figures, KernelFigures } from './measure.ts';

export interface JobRow extends Figures {
  readonly name: string;
  readonly workers: number;
}

export function kernelTable({ rows, peak_MB }: KernelFigures): string {
  const cells = rows.map(({ name, seconds, timesRealTime, megabytesPerSecond, gigaflops }) => [
    name, number(timesRealTime, 1), number(megabytesPerSecond, 0), (1000 * seconds).toFixed(1), number(gigaflops, 1),
  ]);
  return `${table(['kernel, one thread', 'x real time', 'MB/s', 'CPU ms', 'GFLOP/s'], cells)}peak memory of all kernels: ${peak_MB.toFixed(0)} MB\n`;
}

export function jobTable(rows: readonly JobRow[]): string {
  const cells = rows.map(({ name, workers, seconds, wall_s, cpu_s, megabytes, peak_MB, calibration_GFLOPs }) => [
    name, String(workers), number(seconds, 0), wall_s.toFixed(2), cpu_s.toFixed(2), number(seconds && seconds / wall_s, 1),
    (megabytes / wall_s).toFixed(0), peak_MB.toFixed(0), calibration_GFLOPs.toFixed(1),
  ]);
  return table(['job', 'workers', 'recorded s', 'wall s', 'CPU s', 'x real time', 'MB/s', 'peak MB', 'calibration'], cells);
}

/** Time and memory over size, each row relative to the first of its kind. */
export function growthTable(rows: readonly JobRow[]): string {
  const cells = jobs.flatMap(({ name, growth }) => (growth ? rows.filter((row) => row.name === name).map((row) => ({ ...growth, ...row })) : []))
    .sort((a, b) => a.of.localeCompare(b.of, 'en') || a.workers - b.workers || a.megabytes - b.megabytes);
  const lines = cells.map((row) => {
    const first = cells.find(({ of, workers }) => of === row.of && workers === row.workers)!;
    return [row.of, String(row.workers), row.size, row.wall_s.toFixed(2), (row.cpu_s / first.cpu_s).toFixed(2), row.peak_MB.toFixed(0), (row.peak_MB / first.peak_MB).toFixed(2)];
  });
  return table(['growth', 'workers', 'size', 'wall s', 'CPU ratio', 'peak MB', 'peak ratio'], lines);
}

const number = (value: number | undefined, digits: number) => value?.toFixed(digits) ?? '-';

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((cells) => cells[column].length)));
  const line = (cells: readonly string[]) => cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ');
  return `${[line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n')}\n`;
}
