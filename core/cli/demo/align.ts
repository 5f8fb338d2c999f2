// The demo's second half: TPrime on the edges and events of one gate, everything moved to probe 0's clock.

import fs from 'node:fs/promises';
import path from 'node:path';
import { makeFolder, type EngineContext } from '../../common/index.ts';
import { runTPrime, type TPrimeResult } from '../../engines/tprime/index.ts';
import { findModule, runModule } from '../../modules/index.ts';
import type { SimulatedRun } from '../../simulate/index.ts';
import type { GateResult } from './preprocess.ts';

export interface Alignment {
  /** Times in seconds on the reference clock, by stream label: sync edges, and the files of task events. */
  readonly streams: ReadonlyMap<string, { readonly edges: Float64Array; readonly events: readonly { readonly name: string; readonly times: Float64Array }[] }>;
}

/** The stream whose clock is the reference. */
export const REFERENCE = 'imec0.ap';

export async function alignGate(run: SimulatedRun, { gate, dest, catgt }: GateResult, context: EngineContext & { cwd: string }): Promise<Alignment> {
  await alignEvents(run, gate, dest, context);
  const withEdges = catgt.streams.filter(({ events }) => events.some(({ automatic }) => automatic));
  const syncFile = (label: string) => withEdges.find((stream) => stream.label === label)!.events.find(({ automatic }) => automatic)!.file;
  const others = withEdges.filter(({ label }) => label !== REFERENCE);

  // The sync edges themselves, mapped like events: how far they end from the truth is the residual of the alignment.
  const check = path.join(dest, 'sync_check');
  await makeFolder(check);
  const mapped = (label: string) => path.join(check, `${run.name}_g${gate}.${label}.adj.txt`);
  const report: TPrimeResult = await runTPrime(
    {
      syncPeriod: run.truth.sync!.periodS,
      toStream: syncFile(REFERENCE),
      fromStreams: others.map(({ label }, index) => ({ index, edges: syncFile(label) })),
      events: others.map(({ label }, index) => ({ stream: index, input: syncFile(label), output: mapped(label) })),
      numerics: 'native',
      interpolate: false,
    },
    context,
  );
  const streams = new Map<string, { edges: Float64Array; events: { name: string; times: Float64Array }[] }>();
  streams.set(REFERENCE, { edges: await readTimes(report.toStream.edges), events: [] });
  for (const { label, events } of others) {
    const files = events.filter(({ automatic, count }) => !automatic && count > 0);
    const times = await Promise.all(files.map(async ({ file }) => ({ name: path.basename(file), times: await readTimes(adjusted(file)) })));
    streams.set(label, { edges: await readTimes(mapped(label)), events: times });
  }
  return { streams };
}

/** tPrime_helper as a pipeline calls it: from the list CatGT left to `.adj` files beside the events. */
async function alignEvents(run: SimulatedRun, gate: number, dest: string, context: EngineContext & { cwd: string }): Promise<void> {
  const input = {
    directories: { npx_directory: run.dest, extracted_data_directory: dest },
    catGT_helper_params: { run_name: run.name, gate_string: String(gate) },
    tPrime_helper_params: { sync_period: run.truth.sync!.periodS, toStream_sync_params: 'imec0', catGT_out_tag: 'catgt' },
  };
  await runModule(findModule('tPrime_helper'), input, { context, outputJson: path.join(dest, `${run.name}_g${gate}_TPrime-output.json`) });
}

function adjusted(file: string): string {
  return file.replace(/\.txt$/, '.adj.txt');
}

/** Seconds, one a line. */
async function readTimes(file: string): Promise<Float64Array> {
  const lines = (await fs.readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  return Float64Array.from(lines, Number);
}
