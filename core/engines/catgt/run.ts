// The whole of CatGT's pass 1 and of its extraction pass: from options to files. Everything is checked before anything is
// written; a stream's files appear together when the stream is done; a stream that fails leaves none and does not stop
// the others.

import fs from 'node:fs/promises';
import { isAbort, isAftergateError, JobError, makeFolder, openOutputs, writeWhole, type EngineContext } from '../../common/index.ts';
import { serializeMeta, streamLabel, type StreamId } from '../../spikeglx/index.ts';
import { canonicalCommand } from './command/canonical.ts';
import { checkSpace } from './diskSpace.ts';
import { eventFiles, planExtractions, syncWidthMs } from './extract/index.ts';
import type { Edit } from './gfix/edit.ts';
import { gatherInputs } from './joining/inputs.ts';
import { layoutOf } from './joining/layout.ts';
import { writesBinary, type CatGTOptions } from './command/options.ts';
import { addsToEarlierOutputs, fyiPath, isInPlace, offsetsPath, outputBase, outputTop, runAndGate } from './joining/paths.ts';
import type { Fill, StreamInput } from './joining/plan.ts';
import { processingOf } from './samples/processing.ts';
import { sequenceFiles } from './joining/sequence.ts';
import { runStream, type StreamJob, type StreamOutcome } from './streamRun.ts';
import { creatingLfLine, extractedLine, fyiText, gapLine, gfixLine, offsetsText, outputMeta, type FyiStream } from './text/index.ts';

export interface StreamReport {
  /** `imec0.ap` */
  readonly label: string;
  readonly stream: StreamId;
  /** Samples per second and samples of the output. */
  readonly rate: number;
  readonly samples: number;
  /** Length of the output, and time the work took, seconds. */
  readonly seconds: number;
  readonly workSeconds: number;
  readonly fills: readonly Fill[];
  readonly edits: readonly Edit[];
  readonly events: readonly { readonly file: string; readonly count: number; readonly automatic: boolean }[];
  readonly meta: string;
  /** Undefined when nothing but events was wanted. */
  readonly binary?: string;
}

export interface CatGTResult {
  /** Folder of the outputs. */
  readonly top: string;
  readonly streams: readonly StreamReport[];
  readonly fyi?: string;
  readonly offsets?: string;
}

/** Throws UsageError, InputFileError, OutputFileError, or JobError naming every stream that failed. */
export async function runCatGT(options: CatGTOptions, context: EngineContext): Promise<CatGTResult> {
  const command = canonicalCommand(options);
  context.log('Command (active):');
  context.log(command);
  for (const warning of options.warnings) context.warn(warning);

  const inputs = await gatherInputs(options);
  for (const warning of inputs.warnings) context.warn(warning);
  const jobs = planJobs(options, inputs.streams, context);
  await makeFolder(outputTop(options));
  await checkSpace(outputTop(options), jobs.reduce((sum, job) => sum + outputBytes(job), 0));

  const done = await runAll(jobs, options, command, context);
  if (done.reports.length > 0) await writeLists(options, jobs, done.finished);
  if (done.failures.length === 1) throw done.failures[0];
  if (done.failures.length > 1) throw new JobError(done.failures.map(({ message }) => message).join('; '), { cause: done.failures });
  return {
    top: outputTop(options),
    streams: done.reports,
    fyi: fyiPath(options),
    offsets: options.cat ? undefined : offsetsPath(options),
  };
}

interface PlannedJob extends StreamJob {
  /** Path without extension. */
  readonly base: string;
  readonly writesBinary: boolean;
}

function planJobs(options: CatGTOptions, streams: readonly StreamInput[], context: EngineContext): PlannedJob[] {
  const syncMs = syncWidthMs(streams.filter(({ stream }) => stream.kind !== 'lf').map(({ meta }) => meta));
  return streams.map((input) => {
    const label = streamLabel(input.stream);
    const sequence = sequenceFiles(input, options);
    for (const note of sequence.notes) context.warn(`${label}: ${note}`);
    const planned = input.stream.kind === 'lf' ? { extractions: [], warnings: [] } : planExtractions(options, input.meta, input.facts, syncMs);
    for (const warning of planned.warnings) context.warn(warning);
    if (input.fromAp) context.log(creatingLfLine(input.stream.index));
    return {
      label,
      input,
      sequence,
      processing: processingOf(input, options),
      extractions: planned.extractions,
      lineFill: options.lineFill,
      base: outputBase(options, input.stream),
      writesBinary: !options.cat && (input.fromAp || writesBinary(options, input.stream.kind)),
    };
  });
}

function outputBytes(job: PlannedJob): number {
  return job.writesBinary ? layoutOf(job.sequence, job.processing.keepEvery).total * job.processing.chain.columns * 2 : 0;
}

interface Finished {
  readonly job: PlannedJob;
  readonly outcome: StreamOutcome;
}

/** Streams follow one another into the pool: the next one starts when the last block of the one before is under way. */
async function runAll(jobs: readonly PlannedJob[], options: CatGTOptions, command: string, context: EngineContext) {
  const failures: Error[] = [];
  const reports: StreamReport[] = [];
  const finished: Finished[] = [];
  let turn = Promise.resolve();
  const ended = await Promise.allSettled(
    jobs.map(async (job) => {
      const myTurn = turn;
      let pass: () => void = () => undefined;
      turn = new Promise((resolve) => (pass = resolve));
      await myTurn;
      try {
        const { report, outcome } = await runJob(job, options, command, context, pass);
        reports.push(report);
        finished.push({ job, outcome });
      } catch (error) {
        if (isAbort(error) || context.signal?.aborted || !isAftergateError(error)) throw error;
        failures.push(error);
      } finally {
        pass();
      }
    }),
  );
  // Only now: every stream has cleaned up after itself.
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
  return { failures, reports, finished };
}

async function runJob(job: PlannedJob, options: CatGTOptions, command: string, context: EngineContext, onSubmitted: () => void): Promise<{ report: StreamReport; outcome: StreamOutcome }> {
  const started = performance.now();
  const outputs = openOutputs();
  const binary = job.writesBinary ? `${job.base}.bin` : undefined;
  try {
    const outcome = await runStream({ ...job, output: binary && (await outputs.add(binary)) }, context, onSubmitted);
    const events = [];
    for (const [index, extraction] of job.extractions.entries()) {
      for (const { suffix, content } of eventFiles(extraction, outcome.events[index], job.processing.chain.rate)) await outputs.write(`${job.base}${suffix}`, content);
      events.push({ file: `${job.base}${extraction.timesSuffix}`, count: outcome.events[index].times.length, automatic: extraction.automatic });
    }
    // The meta is last: where it stands, everything else does.
    if (!isInPlace(options, job.input.stream)) await outputs.write(`${job.base}.meta`, serializeMeta(metaOf(job, outcome, options, command)));
    context.signal?.throwIfAborted();
    await outputs.commit();
    writeLogLines(job, outcome, options, context);
    const rate = outputRate(job);
    const { total, fills } = outcome.layout;
    return {
      outcome,
      report: { label: job.label, stream: job.input.stream, rate, samples: total, seconds: total / rate, workSeconds: (performance.now() - started) / 1000, fills, edits: outcome.edits, events, meta: `${job.base}.meta`, binary },
    };
  } catch (error) {
    await outputs.discard();
    throw error;
  }
}

function outputRate(job: PlannedJob): number {
  return job.input.facts.rate / job.processing.keepEvery;
}

function metaOf(job: PlannedJob, outcome: StreamOutcome, options: CatGTOptions, command: string) {
  const { input, sequence } = job;
  const referenced = input.stream.kind === 'ap' && (options.car !== undefined || options.gfix !== undefined);
  return outputMeta(input.meta, {
    fileName: job.writesBinary ? `${job.base}.bin` : '',
    samples: outcome.layout.total,
    rate: outputRate(job),
    files: sequence.offsets.length,
    gates: [input.files[0].gate, sequence.lastGate],
    triggers: [input.files[0].trigger, sequence.lastTrigger],
    command,
    created: new Date(),
    skipped: options.startSecs === undefined ? undefined : Math.trunc(options.startSecs * input.facts.rate),
    excludedColumns: referenced ? job.processing.excludedColumns : undefined,
    keepEvery: input.fromAp ? job.processing.keepEvery : undefined,
  });
}

function writeLogLines(job: PlannedJob, outcome: StreamOutcome, options: CatGTOptions, context: EngineContext): void {
  const { stream, fromAp } = job.input;
  for (const fill of outcome.layout.fills) context.log(gapLine({ file: fill.beforeFile, outStart: fill.out, gap: fill.gap, fill: fill.length, lfFromAp: fromAp }));
  if (job.processing.gfix && job.writesBinary) {
    const perSecond = (outcome.edits.length * job.input.facts.rate) / Math.max(1, outcome.layout.total);
    context.log(gfixLine(runAndGate(options), stream.index, perSecond));
  }
  if (options.cat) context.log(extractedLine(stream));
}

/** The list of outputs and the list of offsets, over the streams that succeeded. */
async function writeLists(options: CatGTOptions, jobs: readonly PlannedJob[], finished: readonly Finished[]): Promise<void> {
  const ordered = [...finished].sort((a, b) => jobs.indexOf(a.job) - jobs.indexOf(b.job));
  const streams: FyiStream[] = ordered.map(({ job }) => ({
    stream: job.input.stream,
    columns: job.processing.chain.columns,
    rate: outputRate(job),
    apRate: job.input.fromAp ? job.input.facts.rate : undefined,
    extractions: job.extractions,
  }));
  const existing = addsToEarlierOutputs(options) ? await fs.readFile(fyiPath(options), 'utf8').catch(() => undefined) : undefined;
  await writeWhole(fyiPath(options), fyiText(options, streams, existing));
  if (!options.cat) {
    const offsets = ordered.map(({ job, outcome }) => ({ stream: job.input.stream, rate: outputRate(job), offsets: outcome.layout.offsets }));
    await writeWhole(offsetsPath(options), offsetsText(offsets));
  }
}
