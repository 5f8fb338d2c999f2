// A run that claims to be very long but takes almost no room: the file is a hole, with data only at stated places. For
// everything that must work beyond 2^31 samples and 2^32 bytes. Needs a file system with sparse files.

import fs from 'node:fs/promises';
import path from 'node:path';
import { openOutputs, outputFileError } from '../common/index.ts';
import type { OutputSet } from '../common/index.ts';
import { describeRun } from './description.ts';
import { metaBytes } from './metaFile.ts';
import { probeMeta } from './probeMeta.ts';
import { makeWorld } from './world.ts';
import type { World } from './world.ts';
import type { StreamPlan } from './plan.ts';

export interface SparseOptions {
  readonly name?: string;
  /** Length the file has and the meta tells, s. */
  readonly seconds: number;
  readonly partNumber?: string;
  /** AP channels; SY follows them. 385 columns when left out. */
  readonly savedChannels?: string;
  readonly islands: readonly Island[];
}

export interface Island {
  /** Sample of the file. */
  readonly sample: number;
  readonly samples: number;
  /** Value of the SY word there; 64 is the sync bit. */
  readonly word?: number;
}

export interface SparseRun {
  readonly bin: string;
  readonly meta: string;
  readonly columns: number;
  readonly samples: number;
  readonly bytes: number;
}

/** What an island holds in a neural column: different in neighbouring samples and columns, small for every converter. */
export function sparseValue(sample: number, column: number): number {
  return ((sample * 7 + column * 13) % 401) - 200;
}

/** One AP stream of one probe; all samples outside the islands are zero. Throws OutputFileError. */
export async function makeSparseRun(dest: string, options: SparseOptions): Promise<SparseRun> {
  const run = describeRun({
    name: options.name ?? 'long',
    spans: [{ gate: 0, trigger: 0, fromS: 1, toS: 1 + options.seconds }],
    raggedSamples: 0,
    probes: [{ partNumber: options.partNumber ?? 'NP2013', savedChannels: options.savedChannels ?? 'all', lf: false, units: { count: 0 }, clock: { ppm: 0 } }],
    sync: null,
  });
  const world = makeWorld(run);
  const stream = world.streams[0]!;
  const file = stream.files[0]!;
  const bytes = 2 * stream.columns * file.samples;
  const paths = { bin: path.join(dest, `${file.base}.bin`), meta: path.join(dest, `${file.base}.meta`) };
  const outputs = openOutputs();
  try {
    await writeIslands(outputs, paths.bin, stream, bytes, options.islands);
    await outputs.write(paths.meta, sparseMeta(world, stream));
    await outputs.commit();
  } catch (error) {
    await outputs.discard();
    throw error;
  }
  return { ...paths, columns: stream.columns, samples: file.samples, bytes };
}

function sparseMeta(world: World, stream: StreamPlan): Uint8Array {
  const { run } = world.surroundings;
  return metaBytes(probeMeta(run, world.probe(0), stream, stream.files[0]!), run.probes[0]!.meta);
}

async function writeIslands(outputs: OutputSet, bin: string, stream: StreamPlan, bytes: number, islands: readonly Island[]): Promise<void> {
  const { columns } = stream;
  const part = await outputs.add(bin);
  try {
    const file = await fs.open(part, 'w');
    try {
      await file.truncate(bytes);
      for (const island of islands) {
        const data = islandData(island, columns);
        await file.write(new Uint8Array(data.buffer), 0, data.byteLength, 2 * columns * island.sample);
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw outputFileError(bin, error);
  }
}

function islandData(island: Island, columns: number): Int16Array {
  const data = new Int16Array(columns * island.samples);
  for (let i = 0; i < island.samples; i++) {
    for (let column = 0; column < columns - 1; column++) data[i * columns + column] = sparseValue(island.sample + i, column);
    data[i * columns + columns - 1] = island.word ?? 0;
  }
  return data;
}
