// Runs one stream through the pool: blocks in parallel, what must be in order (pulses, biquad states) as results come
// in, then the last touches.

import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import { inOrder, outputFileError, type EngineContext } from '../../common/index.ts';
import type { HealthReport } from '../../formats/spanFiles/index.ts';
import { blocksOf, segmentsBetween, type Block } from './joining/blocks.ts';
import type { BiquadTask } from './samples/biquadTask.ts';
import type { BlockResult, BlockTask, OutputFile, StreamTask } from './samples/blockTask.ts';
import { createScanner, type Events, type Extraction } from './extract/index.ts';
import { createHealthCollector, type HealthJob } from './health/index.ts';
import type { FinishResult, FinishTask } from './samples/finishTask.ts';
import type { Edit } from './gfix/edit.ts';
import { layoutOf, placeBlock, type OutputLayout } from './joining/layout.ts';
import type { StreamInput, StreamSequence } from './joining/plan.ts';
import { filesDoneLine } from './text/index.ts';
import type { Processing } from './samples/processing.ts';

export interface StreamJob {
  readonly label: string;
  readonly input: StreamInput;
  readonly sequence: StreamSequence;
  readonly processing: Processing;
  readonly extractions: readonly Extraction[];
  readonly lineFill: boolean;
  /** With -health. */
  readonly health?: HealthJob;
  /** The binaries; none when only events are extracted. */
  readonly files: readonly OutputFile[];
}

export interface StreamOutcome {
  readonly layout: OutputLayout;
  readonly edits: readonly Edit[];
  /** One per extraction. */
  readonly events: readonly Events[];
  readonly health?: HealthReport;
}

/** Twice as many tasks under way as there are workers: none waits for the next block. */
export const TASKS_PER_WORKER = 2;

/** Files after which the log says how far the stream is. */
const FILES_PER_LINE = 20;

/** @param onSubmitted called when the last block is on its way: the pool has room for another stream's first */
export async function runStream(job: StreamJob, context: EngineContext, onSubmitted: () => void): Promise<StreamOutcome> {
  const { processing, sequence, extractions } = job;
  const layout = layoutOf(sequence, processing.keepEvery);
  const run = <Result>(task: string, payload: unknown) => context.pool.run<Result>(task, payload, { signal: context.signal });
  for (const { path, columns } of job.files) await makeRoom(path, layout.total * (columns?.length ?? processing.chain.columns) * 2);

  const writes = job.files.length > 0;
  const blocks = writes || extractions.length > 0 || job.health ? blocksOf(sequence.stretches) : [];
  const stream: StreamTask = { key: randomUUID(), processing, extractions, health: job.health?.spec, files: job.files };
  const scanners = extractions.map((extraction) => createScanner(extraction));
  const health = job.health && createHealthCollector(job.health);
  const found: FinishTask['found'][number][] = [];
  let filesDone = 0;
  const biquadStates = processing.biquad ? biquadChain(job, stream, blocks, (task) => run<Float64Array>('catgt.biquad', task)) : undefined;
  if (blocks.length === 0) onSubmitted();

  await inOrder(
    blocks.length,
    TASKS_PER_WORKER * context.pool.size,
    async (index) => {
      if (index === blocks.length - 1) onSubmitted();
      context.signal?.throwIfAborted();
      const task: BlockTask = { stream, ...placeBlock(blocks[index], sequence, layout, processing.keepEvery), biquadState: await biquadStates?.(index) };
      return run<BlockResult>('catgt.block', task);
    },
    async (result, index) => {
      const block = blocks[index];
      scanners.forEach((scanner, k) => scanner.feed(result.runs[k], block.rows, block.out));
      if (result.health) health?.feed(result.health);
      if (result.detections.length > 0 || result.spans.length > 0) {
        found.push({ block, detections: result.detections, spans: result.spans, biquadState: result.detections.length > 0 ? await biquadStates?.(index) : undefined });
      }
      for (; sequence.fileEnds[filesDone] <= block.out + block.rows; filesDone++) {
        if ((filesDone + 1) % FILES_PER_LINE === 0) context.log(filesDoneLine(job.input.stream, filesDone + 1, sequence.fileEnds.length));
      }
      context.progress?.({ label: job.label, done: block.out + block.rows, total: sequence.total });
    },
  );

  const edits = writes ? await finish(job, layout, found, run) : [];
  return { layout, edits, events: scanners.map((scanner) => scanner.finish()), health: health?.finish() };
}

async function finish(job: StreamJob, layout: OutputLayout, found: FinishTask['found'], run: <Result>(task: string, payload: unknown) => Promise<Result>): Promise<readonly Edit[]> {
  const { processing } = job;
  const neural = job.input.stream.kind === 'ap' || job.input.stream.kind === 'lf';
  const task: FinishTask = {
    targets: job.files.map(({ path, columns = [...Array(processing.chain.columns).keys()] }) => ({ path, columns: columns.length, neural: columns.filter((column) => column < processing.chain.neural).length })),
    processing,
    lineFill: job.lineFill && neural,
    fills: layout.fills,
    stretches: job.sequence.stretches,
    found,
    total: layout.total,
  };
  if ((!task.lineFill || task.fills.length === 0) && found.length === 0) return [];
  return (await run<FinishResult>('catgt.finish', task)).edits;
}

/** States before each block, each computed once from the one before; the state runs on across gaps. */
function biquadChain(job: StreamJob, stream: StreamTask, blocks: readonly Block[], advance: (task: BiquadTask) => Promise<Float64Array>): (index: number) => Promise<Float64Array | undefined> {
  const states: Promise<Float64Array | undefined>[] = [Promise.resolve(undefined)];
  return (index) => {
    while (states.length <= index) {
      const block = blocks[states.length - 1];
      const next = blocks[states.length];
      const end = next.stretch === block.stretch ? next.first : block.end;
      const segments = segmentsBetween(job.sequence.stretches[block.stretch], block.first, end);
      const state = states[states.length - 1].then((before) => advance({ stream, segments, rows: end - block.first, before }));
      state.catch(() => undefined); // the block that needs it reports the failure
      states.push(state);
    }
    return states[index];
  };
}

/** The file at its final length, zeros throughout: gaps need no writing, and blocks may arrive in any order. */
export async function makeRoom(file: string, bytes: number): Promise<void> {
  try {
    const handle = await fs.open(file, 'w');
    try {
      await handle.truncate(bytes);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw outputFileError(file, error);
  }
}
