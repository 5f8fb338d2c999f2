// What the engine's tests share: a run of the command on simulated data, and the oracle's answer to the same question.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll } from 'vitest';
import type { EngineContext } from '../../../../core/common/index.ts';
import { parseCatGTArguments, runCatGT, type CatGTResult } from '../../../../core/engines/catgt/index.ts';
import { createPool, type WorkerPool } from '../../../../core/execution/index.ts';
import type { SimulatedRun } from '../../../../core/simulate/index.ts';
import { oracle, oracleTrim, type OracleJob, type OracleResult } from '../../../oracle/index.ts';

const pools = new Map<number, WorkerPool>();

afterAll(async () => {
  for (const pool of pools.values()) await pool.close();
  pools.clear();
});

export function pool(workers = 2): WorkerPool {
  if (!pools.has(workers)) pools.set(workers, createPool(workers));
  return pools.get(workers)!;
}

export interface Ran {
  readonly result: CatGTResult;
  readonly warnings: string[];
  readonly log: string[];
}

/** Runs `aftergate catgt` on a simulated run, without the command line around it. */
export async function catgt(run: SimulatedRun, argv: string[], dest: string, context: Partial<EngineContext> = {}): Promise<Ran> {
  const warnings: string[] = [];
  const log: string[] = [];
  const layout = argv.includes('-prb_3A') ? [] : ['-prb_fld'];
  const options = parseCatGTArguments([`-dir=${run.dest}`, `-run=${run.name}`, ...layout, ...argv, `-dest=${dest}`], run.dest);
  const result = await runCatGT(options, { pool: pool(), log: (line) => log.push(line), warn: (line) => warnings.push(line), ...context });
  return { result, warnings, log };
}

export function samplesOf(file: string): Int16Array {
  const bytes = readFileSync(file);
  return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
}

/** The oracle's answer for one stream; `streams` are the labels that are trimmed together. */
export function expected(run: SimulatedRun, label: string, streams: readonly string[], job: Omit<OracleJob, 'files' | 'trimmedSamples' | 'kind' | 'lineFill' | 'numerics' | 'tshift'> & Partial<OracleJob>): OracleResult {
  const files = run.files.filter((file) => file.label === label);
  const trimmedSamples = files.map((file) => {
    const together = run.files.filter((other) => other.gate === file.gate && other.trigger === file.trigger && streams.includes(other.label));
    return oracleTrim(together.map(({ meta }) => meta))[together.findIndex((other) => other.label === label)];
  });
  return oracle({ files: files.map(({ bin, meta }) => ({ bin, meta })), trimmedSamples, kind: label.endsWith('.lf') ? 'lf' : 'ap', tshift: true, lineFill: true, numerics: 'native', ...job });
}

export interface Difference {
  /** Share of values that differ, and by how much at most. */
  readonly share: number;
  readonly most: number;
}

export function difference(a: Int16Array, b: Int16Array): Difference {
  if (a.length !== b.length) throw new Error(`${a.length} values instead of ${b.length}`);
  let count = 0;
  let most = 0;
  for (let i = 0; i < a.length; i++) {
    const distance = Math.abs(a[i] - b[i]);
    if (distance > 0) count++;
    most = Math.max(most, distance);
  }
  return { share: count / a.length, most };
}

/** `catgt_<run>_g<gate>/...` under the destination. */
export function outputFile(dest: string, run: SimulatedRun, name: string, gate = 0): string {
  return path.join(dest, `catgt_${run.name}_g${gate}`, name);
}
