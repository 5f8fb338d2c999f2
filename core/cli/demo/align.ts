// What TPrime made of a gate's edges and events: everything on probe 0's clock.

import fs from 'node:fs/promises';
import path from 'node:path';
import { makeFolder, type EngineContext } from '../../common/index.ts';
import { runTPrime } from '../../engines/tprime/index.ts';
import type { SimulatedRun } from '../../simulate/index.ts';
import type { GateResult } from './session.ts';

export interface AlignedStream {
  /** Seconds on the reference clock. */
  readonly edges: Float64Array;
  readonly events: readonly { readonly name: string; readonly times: Float64Array }[];
}

/** The stream whose clock is the reference. */
export const REFERENCE = 'imec0.ap';

/**
 * Maps the sync edges like events: how far they end from the truth is the residual of the alignment. Task events are read
 * as tPrime_helper left them.
 */
export async function readAlignment(run: SimulatedRun, gate: GateResult, context: EngineContext): Promise<ReadonlyMap<string, AlignedStream>> {
  const syncFiles = await findSyncFiles(gate.folder);
  const others = [...syncFiles.keys()].filter((label) => label !== REFERENCE);
  const check = path.join(gate.folder, 'sync_check');
  await makeFolder(check);
  const mapped = (label: string) => path.join(check, `${label}.adj.txt`);
  await runTPrime(
    {
      syncPeriod: run.truth.sync!.periodS,
      toStream: syncFiles.get(REFERENCE)!,
      fromStreams: others.map((label, index) => ({ index, edges: syncFiles.get(label)! })),
      events: others.map((label, index) => ({ stream: index, input: syncFiles.get(label)!, output: mapped(label) })),
      numerics: 'native',
      interpolate: false,
    },
    context,
  );
  const streams = new Map<string, AlignedStream>([[REFERENCE, { edges: await readTimes(syncFiles.get(REFERENCE)!), events: [] }]]);
  for (const label of others) streams.set(label, { edges: await readTimes(mapped(label)), events: await readEvents(gate.folder, label) });
  return streams;
}

/** From the list CatGT left: `sync_ni=...`, `sync_imec0=...`. */
async function findSyncFiles(folder: string): Promise<Map<string, string>> {
  const name = (await fs.readdir(folder)).find((file) => file.endsWith('_all_fyi.txt'))!;
  const lines = (await fs.readFile(path.join(folder, name), 'utf8')).split('\n');
  const entries = lines.flatMap((line): [string, string][] => {
    const match = /^sync_(ni|imec\d+)=(.+)$/.exec(line);
    return match ? [[match[1] === 'ni' ? 'nidq' : `${match[1]}.ap`, match[2]]] : [];
  });
  return new Map(entries);
}

async function readEvents(folder: string, label: string): Promise<{ name: string; times: Float64Array }[]> {
  const files = (await fs.readdir(folder)).filter((file) => file.includes(`.${label}.`) && file.endsWith('.adj.txt'));
  return Promise.all(files.map(async (file) => ({ name: file.replace('.adj.txt', '.txt'), times: await readTimes(path.join(folder, file)) })));
}

/** Seconds, one a line. */
async function readTimes(file: string): Promise<Float64Array> {
  const lines = (await fs.readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  return Float64Array.from(lines, Number);
}
