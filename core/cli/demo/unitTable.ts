// How well each probe's units were found, against the cells that were simulated.

import path from 'node:path';
import type { Comparison } from '../../engines/compare/index.ts';
import type { SimulatedRun } from '../../simulate/index.ts';
import { compareFolders } from '../compare.ts';
import { REFERENCE, type AlignedStream } from './align.ts';
import type { GateResult, ProbeResult } from './session.ts';
import { compare } from './streamTable.ts';
import { microseconds, table } from './table.ts';
import { trueTimes } from './truth.ts';

const HEAD = ['probe', 'units', 'clear cells', 'well found', 'median accuracy', 'redundant', 'false', 'sync residual', 'sorting', 'all modules'];

export async function unitTable(run: SimulatedRun, gate: GateResult, alignment: ReadonlyMap<string, AlignedStream>): Promise<string> {
  const rows = [];
  for (const probe of gate.probes) {
    const comparison = await compareFolders(path.join(run.truthFolder, `imec${probe.probe}_g${gate.gate}`), probe.folder);
    rows.push(unitRow(probe, comparison, residual(run, gate.gate, probe.probe, alignment)));
  }
  return `\nUnits of ${run.name}_g${gate.gate} (well found: accuracy of at least 0.8; the tables of all units are metrics.csv in each sorter's folder)\n${table(HEAD, rows)}`;
}

function unitRow(probe: ProbeResult, comparison: Comparison, sync: string): string[] {
  const seconds = [...probe.seconds.values()].reduce((sum, value) => sum + value, 0);
  return [
    `imec${probe.probe}`,
    String(comparison.found),
    String(comparison.units.length),
    String(comparison.well),
    median(comparison.units.map(({ accuracy }) => accuracy)).toFixed(3),
    String(comparison.redundant),
    String(comparison.false_positive),
    sync,
    `${(probe.seconds.get('spike_sorter') ?? NaN).toFixed(1)} s`,
    `${seconds.toFixed(1)} s`,
  ];
}

function residual(run: SimulatedRun, gate: number, probe: number, alignment: ReadonlyMap<string, AlignedStream>): string {
  const label = `imec${probe}.ap`;
  const aligned = alignment.get(label);
  return aligned ? microseconds(compare(aligned.edges, trueTimes(run, gate, REFERENCE, label).sync).worst) : '-';
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}
