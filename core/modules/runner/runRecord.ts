// The `aftergate` object of an output JSON: who ran what, when, on which files, with what result. Resuming compares it
// with the disk, the review reads it.

import fs from 'node:fs/promises';
import { aftergateVersion } from './version.ts';

export interface InputIdentity {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** ISO time of the last change. */
  readonly mtime: string;
}

export interface RunRecord {
  readonly version: string;
  readonly module: string;
  /** ISO times. */
  readonly started: string;
  readonly finished: string;
  readonly inputs: readonly InputIdentity[];
  readonly outputs: readonly { readonly path: string; readonly size: number }[];
  readonly figures: Readonly<Record<string, unknown>>;
  readonly warnings: readonly string[];
}

export interface FinishedRun {
  readonly module: string;
  readonly started: Date;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly figures?: Readonly<Record<string, unknown>>;
  readonly warnings: readonly string[];
}

/** Files that are gone by now are left out. */
export async function runRecord(run: FinishedRun): Promise<RunRecord> {
  const inputs = await identities(run.inputs);
  const outputs = await identities(run.outputs);
  return {
    version: aftergateVersion,
    module: run.module,
    started: run.started.toISOString(),
    finished: new Date().toISOString(),
    inputs,
    outputs: outputs.map(({ path, size }) => ({ path, size })),
    figures: run.figures ?? {},
    warnings: run.warnings,
  };
}

async function identities(files: readonly string[]): Promise<InputIdentity[]> {
  const found = await Promise.all([...new Set(files)].map(async (file) => {
    const stats = await fs.stat(file).catch(() => undefined);
    return stats ? [{ path: file, size: stats.size, mtime: stats.mtime.toISOString() }] : [];
  }));
  return found.flat();
}
