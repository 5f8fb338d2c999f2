// Supercat, CatGT's second pass: joins the outputs of earlier passes over several runs end to end, samples and events.
// Everything is checked before anything is written; a stream's files appear together when the stream is done; a stream
// that fails leaves none and does not stop the others.

import { inOrder, isAbort, isAftergateError, JobError, makeFolder, openOutputs, writeWhole, type EngineContext, type OutputSet } from '../../../common/index.ts';
import { serializeMeta } from '../../../spikeglx/index.ts';
import type { CatGTOptions } from '../command/options.ts';
import { checkSpace } from '../diskSpace.ts';
import type { Extraction } from '../extract/index.ts';
import type { CatGTResult, StreamReport } from '../run.ts';
import { makeRoom, TASKS_PER_WORKER } from '../streamRun.ts';
import { gatherElements } from './gather.ts';
import type { EventsTask } from './joinTasks.ts';
import { joinedFyi, joinedMeta, joinedOffsets } from './lists.ts';
import { eventsOf, joinedBase, listPath, supercatTop } from './paths.ts';
import { piecesOf } from './pieces.ts';
import { placeParts } from './place.ts';
import type { JoinedStream } from './plan.ts';

/** Throws UsageError, InputFileError, OutputFileError, or JobError naming every stream that failed. */
export async function runSupercat(options: CatGTOptions, command: string, context: EngineContext): Promise<CatGTResult> {
  const gathered = await gatherElements(options);
  for (const warning of gathered.warnings) context.warn(warning);
  const streams = await placeParts(options, gathered);
  await makeFolder(supercatTop(options));
  await checkSpace(supercatTop(options), streams.reduce((sum, stream) => sum + (stream.writesBinary ? bytesOf(stream) : 0), 0));

  const failures: Error[] = [];
  const joined: JoinedStream[] = [];
  const reports: StreamReport[] = [];
  for (const stream of streams) {
    try {
      reports.push(await joinStream(stream, options, command, context));
      joined.push(stream);
    } catch (error) {
      if (isAbort(error) || context.signal?.aborted || !isAftergateError(error)) throw error;
      failures.push(error);
    }
  }
  const lists = { fyi: listPath(options, 'fyi'), offsets: listPath(options, 'sc_offsets') };
  if (joined.length > 0) {
    await writeWhole(lists.fyi, joinedFyi(options, gathered.elements, joined));
    await writeWhole(lists.offsets, joinedOffsets(joined));
  }
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) throw new JobError(failures.map(({ message }) => message).join('; '), { cause: failures });
  return { top: supercatTop(options), streams: reports, ...lists };
}

async function joinStream(stream: JoinedStream, options: CatGTOptions, command: string, context: EngineContext): Promise<StreamReport> {
  const started = performance.now();
  const outputs = openOutputs();
  const base = joinedBase(options, stream);
  const binary = stream.writesBinary ? `${base}.bin` : undefined;
  try {
    if (binary) await joinBinary(stream, await outputs.add(binary), context);
    const events = [];
    for (const extraction of stream.extractions) {
      const task = await eventsTask(stream, extraction, joinedBase(options, eventsOf(stream)), outputs);
      const count = await context.pool.run<number>('catgt.events', task, { signal: context.signal });
      events.push({ file: `${joinedBase(options, eventsOf(stream))}${extraction.timesSuffix}`, count, automatic: extraction.automatic });
    }
    // The meta is last: where it stands, everything else does.
    await outputs.write(`${base}.meta`, serializeMeta(joinedMeta(stream, binary ?? '', command, new Date())));
    context.signal?.throwIfAborted();
    await outputs.commit();
    const { label, stream: id, rate, total } = stream;
    return { label, stream: id, rate, samples: total, seconds: total / rate, workSeconds: (performance.now() - started) / 1000, fills: [], edits: [], events, lists: [], notes: [], meta: `${base}.meta`, binary, outputs: [{ index: id.index, columns: stream.columns, meta: `${base}.meta`, binary }] };
  } catch (error) {
    await outputs.discard();
    throw error;
  }
}

/** Pieces go to their places in any order; the file is the same for any number of workers. */
async function joinBinary(stream: JoinedStream, to: string, { pool, signal, progress }: EngineContext): Promise<void> {
  await makeRoom(to, bytesOf(stream));
  const pieces = piecesOf(stream, to);
  let done = 0;
  await inOrder(
    pieces.length,
    TASKS_PER_WORKER * pool.size,
    (index) => pool.run<void>('catgt.copy', pieces[index], { signal }),
    (_, index) => {
      done += pieces[index].bytes;
      progress?.({ label: stream.label, done, total: bytesOf(stream) });
    },
  );
}

async function eventsTask({ placed }: JoinedStream, extraction: Extraction, base: string, outputs: OutputSet): Promise<EventsTask> {
  const isField = extraction.kind === 'bf';
  return {
    times: await outputs.add(`${base}${extraction.timesSuffix}`),
    ...(isField ? { values: await outputs.add(`${base}${extraction.valuesSuffix}`) } : {}),
    sources: placed.map(({ eventBase, from, to, scale, shift, fieldShift }) => ({
      times: `${eventBase}${extraction.timesSuffix}`,
      ...(isField ? { values: `${eventBase}${extraction.valuesSuffix}` } : {}),
      from, to, scale, shift: isField ? fieldShift : shift,
    })),
  };
}

function bytesOf({ total, columns }: JoinedStream): number {
  return total * columns * 2;
}
