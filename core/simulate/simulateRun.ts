// Writes a simulated run: every stream's files in stretches that pool workers make, then metas and truth. Files appear
// under their names when all of them are complete.

import fs from 'node:fs/promises';
import path from 'node:path';
import { inlinePool, inOrder, openOutputs, outputFileError } from '../common/index.ts';
import type { OutputSet, Progress, TaskPool } from '../common/index.ts';
import type { StreamId } from '../spikeglx/index.ts';
import { blockSamples } from './blockSource.ts';
import type { RunDescription, RunInput } from './description.ts';
import { describeRun } from './description.ts';
import { clearDestination, prepareDestination } from './destination.ts';
import { niDevice, oneBoxDevice } from './device.ts';
import { niMeta, oneBoxMeta } from './deviceMeta.ts';
import { metaBytes } from './metaFile.ts';
import type { MetaValues } from './metaFile.ts';
import type { FilePlan, StreamPlan } from './plan.ts';
import type { MetaStyle } from './probeDescription.ts';
import { probeMeta } from './probeMeta.ts';
import { tasks } from './tasks.ts';
import type { StretchPayload } from './tasks.ts';
import { truthOf } from './truth.ts';
import type { Truth } from './truth.ts';
import { truthFiles } from './truthFiles.ts';
import { makeWorld } from './world.ts';
import type { World } from './world.ts';

export interface SimulateContext {
  /** With the `tasks` of this folder; without one the work is done in this thread. */
  readonly pool?: TaskPool;
  readonly signal?: AbortSignal;
  /** In samples, per stream. */
  readonly progress?: (progress: Progress) => void;
}

export interface SimulatedFile {
  readonly stream: StreamId;
  /** 'imec0.ap', 'nidq' ... */
  readonly label: string;
  readonly gate: number;
  readonly trigger: number;
  /** Full paths; a fault may have left one of them out. */
  readonly bin: string;
  readonly meta: string;
  readonly columns: number;
  /** What was recorded; a fault may have left less in the file. */
  readonly samples: number;
  readonly firstSample: number;
  /** As the meta says. */
  readonly rate: number;
}

export interface SimulatedRun {
  readonly dest: string;
  readonly name: string;
  readonly description: RunDescription;
  readonly files: readonly SimulatedFile[];
  readonly truth: Truth;
  readonly truthFolder: string;
  readonly bytes: number;
}

/**
 * Writes the run that `input` describes into `dest` (new, empty, or holding an earlier simulation). The result does not
 * depend on the pool. Throws ParameterError, UsageError, OutputFileError, or the signal's reason; nothing is left then.
 */
export async function simulateRun(dest: string, input: RunInput, context: SimulateContext = {}): Promise<SimulatedRun> {
  const description = describeRun(input);
  const world = makeWorld(description);
  const truth = await truthOf(world, context.signal);
  const truthFolder = path.join(dest, 'truth');
  const truthContent = truthFiles(truth, { name: description.name, seed: description.seed });
  const bases = world.streams.flatMap((stream) => stream.files.map((file) => file.base));
  const names = [...bases.flatMap((base) => [`${base}.bin`, `${base}.meta`]), ...truthContent.map(({ name }) => path.join('truth', name))];
  const bytes = world.streams.reduce((sum, stream) => sum + stream.files.reduce((part, file) => part + 2 * stream.columns * file.samples, 0), 0);

  await prepareDestination(dest, names, bytes, description);
  const outputs = openOutputs();
  try {
    for (const stream of world.streams) await writeStream(dest, stream, description, outputs, context);
    await writeMetas(dest, world, outputs);
    for (const { name, content } of truthContent) await outputs.write(path.join(truthFolder, name), content);
    await outputs.commit();
  } catch (error) {
    await outputs.discard();
    await clearDestination(dest, names);
    throw error;
  }
  return { dest, name: description.name, description, files: world.streams.flatMap((stream) => simulatedFiles(dest, stream)), truth, truthFolder, bytes };
}

async function writeStream(dest: string, stream: StreamPlan, description: RunDescription, outputs: OutputSet, context: SimulateContext): Promise<void> {
  const pool = context.pool ?? inlinePool(tasks);
  const run = JSON.stringify(description);
  const payloads: StretchPayload[] = [];
  for (const file of stream.files.filter((candidate) => !candidate.faults.includes('noBin'))) {
    const part = await outputs.add(path.join(dest, `${file.base}.bin`));
    await makeSized(part, 2 * stream.columns * file.samples);
    for (const stretch of stretches(file, stream.columns)) payloads.push({ ...stretch, run, stream: stream.label, path: part, fileFirst: file.firstSample });
  }
  const total = payloads.reduce((sum, { samples }) => sum + samples, 0);
  let done = 0;
  await inOrder(payloads.length, 2 * pool.size, (index) => pool.run<void>('simulateStretch', payloads[index], { signal: context.signal }), async (_, index) => {
    done += payloads[index]!.samples;
    context.progress?.({ label: stream.label, done, total });
    // Without threads the stretches would follow each other with no chance for a signal or a screen in between.
    await new Promise((resolve) => setImmediate(resolve));
    context.signal?.throwIfAborted();
  });
  for (const file of stream.files) await shorten(path.join(dest, `${file.base}.bin.part`), file, stream.columns);
}

/** Stretches of about 16 MB that begin and end with whole blocks, as far as the file does. */
function stretches(file: FilePlan, columns: number): { first: number; samples: number }[] {
  const step = blockSamples * Math.min(256, Math.max(1, Math.round(2 ** 24 / (2 * columns * blockSamples))));
  const end = file.firstSample + file.samples;
  const list: { first: number; samples: number }[] = [];
  for (let first = file.firstSample; first < end; ) {
    const next = Math.min(end, (Math.floor(first / step) + 1) * step);
    list.push({ first, samples: next - first });
    first = next;
  }
  return list;
}

async function makeSized(file: string, bytes: number): Promise<void> {
  try {
    await fs.writeFile(file, '');
    await fs.truncate(file, bytes);
  } catch (error) {
    throw outputFileError(file, error);
  }
}

async function shorten(part: string, file: FilePlan, columns: number): Promise<void> {
  if (file.faults.includes('truncated')) await fs.truncate(part, 2 * columns * Math.floor(file.samples * file.fraction));
  if (file.faults.includes('ragged')) await fs.truncate(part, 2 * columns * file.samples - columns);
}

async function writeMetas(dest: string, world: World, outputs: OutputSet): Promise<void> {
  for (const stream of world.streams) {
    const style = metaStyle(world, stream.id);
    for (const file of stream.files.filter((candidate) => !candidate.faults.includes('noMeta'))) {
      await outputs.write(path.join(dest, `${file.base}.meta`), metaBytes(metaValues(world, stream, file), style));
    }
  }
}

function metaValues(world: World, stream: StreamPlan, file: FilePlan): MetaValues {
  const { run } = world.surroundings;
  switch (stream.id.kind) {
    case 'nidq': return niMeta(run, run.ni!, niDevice(run.ni!), stream, file);
    case 'obx': return oneBoxMeta(run, oneBoxDevice(run.oneBoxes[stream.id.index]!, stream.id.index), stream, file);
    default: return probeMeta(run, world.probe(stream.id.index), stream, file);
  }
}

function metaStyle(world: World, id: StreamId): MetaStyle {
  const { run } = world.surroundings;
  switch (id.kind) {
    case 'nidq': return run.ni!.meta;
    case 'obx': return run.oneBoxes[id.index]!.meta;
    default: return run.probes[id.index]!.meta;
  }
}

function simulatedFiles(dest: string, stream: StreamPlan): SimulatedFile[] {
  return stream.files.map((file) => ({
    stream: stream.id, label: stream.label, gate: file.span.gate, trigger: file.span.trigger,
    bin: path.join(dest, `${file.base}.bin`), meta: path.join(dest, `${file.base}.meta`),
    columns: stream.columns, samples: file.samples, firstSample: file.firstSample, rate: stream.metaRate,
  }));
}
