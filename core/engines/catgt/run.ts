// The whole of CatGT's pass 1 and of its extraction pass (supercat has its own folder): from options to files. Everything
// is checked before anything is written; a stream's files appear together when the stream is done; a stream that fails
// leaves none and does not stop the others.

import fs from 'node:fs/promises';
import { isAbort, isAftergateError, JobError, makeFolder, openOutputs, writeWhole, type EngineContext } from '../../common/index.ts';
import { editsPath, formatEdits, formatHealth, healthPath } from '../../formats/spanFiles/index.ts';
import { serializeMeta, type StreamId } from '../../spikeglx/index.ts';
import { type BadChannelsReport, type Search, searchBadChannels } from './badChannels/index.ts';
import { canonicalCommand } from './command/canonical.ts';
import { checkSpace } from './diskSpace.ts';
import { eventFiles } from './extract/index.ts';
import type { Edit } from './gfix/edit.ts';
import { healthFigures, healthLine, planHealth, type HealthFigures } from './health/index.ts';
import { gatherInputs } from './joining/inputs.ts';
import type { CatGTOptions } from './command/options.ts';
import { addsToEarlierOutputs, fyiPath, isInPlace, offsetsPath, outputTop, runAndGate } from './joining/paths.ts';
import type { Fill } from './joining/plan.ts';
import { metaOfOutput, outputBytes, outputRate, planJobs, type PlannedJob } from './jobs.ts';
import { runSupercat } from './supercat/run.ts';
import { runStream, type StreamOutcome } from './streamRun.ts';
import { editRows, extractedLine, fyiText, gapLine, gfixLine, offsetsText, type FyiStream } from './text/index.ts';

export interface OutputReport {
  /** Index in the names of the files. */
  readonly index: number;
  /** File columns. */
  readonly columns: number;
  readonly meta: string;
  /** Undefined when nothing but events was wanted. */
  readonly binary?: string;
}

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
  /** With -bad_channels. */
  readonly badChannels?: BadChannelsReport;
  readonly events: readonly { readonly file: string; readonly count: number; readonly automatic: boolean }[];
  /** With -health. */
  readonly health?: HealthFigures;
  /** Small files beside the outputs: edits, health, bad channels. */
  readonly lists: readonly string[];
  /** Sentences on what -health and -bad_channels found; in the log as well. */
  readonly notes: readonly string[];
  /** Of the first output. */
  readonly meta: string;
  readonly binary?: string;
  /** At least one; several with -save and -sepShanks. */
  readonly outputs: readonly OutputReport[];
}

export interface CatGTResult {
  /** Folder of the outputs. */
  readonly top: string;
  readonly streams: readonly StreamReport[];
  readonly fyi?: string;
  readonly offsets?: string;
}

/** Throws UsageError, InputFileError, OutputFileError, or JobError naming every stream that failed. */
export async function runCatGT(options: CatGTOptions, given: EngineContext): Promise<CatGTResult> {
  const context = { ...given, warn: onceEach(given.warn) };
  const command = canonicalCommand(options);
  context.log('Command (active):');
  context.log(command);
  for (const warning of options.warnings) context.warn(warning);

  if (options.supercat) return runSupercat(options, command, context);
  const inputs = await gatherInputs(options);
  for (const warning of inputs.warnings) context.warn(warning);
  const jobs = planJobs(options, inputs.streams, context);
  await makeFolder(outputTop(options));
  await checkSpace(outputTop(options), jobs.reduce((sum, job) => sum + outputBytes(job), 0));

  const done = await runAll(jobs, options, command, context);
  if (done.finished.length > 0) await writeLists(options, done.finished);
  if (done.failures.length === 1) throw done.failures[0];
  if (done.failures.length > 1) throw new JobError(done.failures.map(({ message }) => message).join('; '), { cause: done.failures });
  return {
    top: outputTop(options),
    streams: done.finished.map(({ report }) => report),
    fyi: fyiPath(options),
    offsets: options.cat ? undefined : offsetsPath(options),
  };
}

/** Streams of one probe have the same to say. */
function onceEach(warn: EngineContext['warn']): EngineContext['warn'] {
  const warned = new Set<string>();
  return (line) => {
    if (!warned.has(line)) warn(line);
    warned.add(line);
  };
}

interface Finished {
  readonly job: PlannedJob;
  readonly outcome: StreamOutcome;
  readonly report: StreamReport;
}

/**
 * Streams follow one another into the pool: the next one starts when the last block of the one before is under way.
 * What is told of them is in the order of `jobs`, whichever ended first.
 */
async function runAll(jobs: readonly PlannedJob[], options: CatGTOptions, command: string, context: EngineContext) {
  let turn = Promise.resolve();
  const ended = await Promise.allSettled(
    jobs.map(async (job): Promise<Finished | Error> => {
      const myTurn = turn;
      let pass: () => void = () => undefined;
      turn = new Promise((resolve) => (pass = resolve));
      await myTurn;
      try {
        return { job, ...(await runJob(job, options, command, context, pass)) };
      } catch (error) {
        if (isAbort(error) || context.signal?.aborted || !isAftergateError(error)) throw error;
        return error;
      } finally {
        pass();
      }
    }),
  );
  // Only now: every stream has cleaned up after itself.
  const told = ended.map((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  });
  return { failures: told.filter((end): end is Error => end instanceof Error), finished: told.filter((end): end is Finished => !(end instanceof Error)) };
}

async function runJob(planned: PlannedJob, options: CatGTOptions, command: string, context: EngineContext, onSubmitted: () => void): Promise<{ report: StreamReport; outcome: StreamOutcome }> {
  const started = performance.now();
  const outputs = openOutputs();
  try {
    const search = await searchBadChannels(planned, options, context);
    const job = search ? { ...planned, processing: search.processing } : planned;
    const files = [];
    if (job.writesBinary) for (const { base, columns } of job.outputs) files.push({ path: await outputs.add(`${base}.bin`), columns });
    const health = options.health ? await planHealth(job, options, context.warn) : undefined;
    const outcome = await runStream({ ...job, files, health }, context, onSubmitted);
    const events = [];
    for (const [index, extraction] of job.extractions.entries()) {
      for (const { suffix, content } of eventFiles(extraction, outcome.events[index], job.processing.chain.rate)) await outputs.write(`${job.base}${suffix}`, content);
      events.push({ file: `${job.base}${extraction.timesSuffix}`, count: outcome.events[index].times.length, automatic: extraction.automatic });
    }
    const lists = listsOf(job, outcome, options, search);
    for (const { file, text } of lists) await outputs.write(file, text);
    // The metas are last: where they stand, everything else does.
    const created = new Date();
    for (const output of isInPlace(options, job.input.stream) ? [] : job.outputs) {
      await outputs.write(`${output.base}.meta`, serializeMeta(metaOfOutput(job, output, outcome.layout.total, options, { command, created })));
    }
    context.signal?.throwIfAborted();
    await outputs.commit();
    const notes = [search?.line, outcome.health && healthLine(outcome.health)].filter((line) => line !== undefined);
    for (const line of notes) context.log(line);
    writeLogLines(job, outcome, options, context);
    const workSeconds = (performance.now() - started) / 1000;
    return { outcome, report: reportOf(job, outcome, { events, lists: lists.map(({ file }) => file), notes, badChannels: search?.report, workSeconds }) };
  } catch (error) {
    await outputs.discard();
    throw error;
  }
}

/** A viewer looks beside the binary it shows for edits, so every file that a stream becomes has the list; health and bad channels are those of the recording, and told once. */
function listsOf(job: PlannedJob, { layout, edits, health }: StreamOutcome, options: CatGTOptions, search: Search | undefined): { file: string; text: string }[] {
  const rate = outputRate(job);
  const edited = options.edits && job.writesBinary ? job.outputs : [];
  return [
    ...edited.map(({ base }) => ({ file: editsPath(base), text: formatEdits(editRows({ edits, fills: layout.fills, rate, lines: job.lineFill })) })),
    ...(health ? [{ file: healthPath(job.base), text: formatHealth(health) }] : []),
    ...(search ? [{ file: search.report.file, text: search.csv }] : []),
  ];
}

function reportOf(job: PlannedJob, { layout, edits, health }: StreamOutcome, told: Pick<StreamReport, 'events' | 'lists' | 'notes' | 'badChannels' | 'workSeconds'>): StreamReport {
  const rate = outputRate(job);
  const { total, fills } = layout;
  const outputs = job.outputs.map(({ index, base, columns }): OutputReport => ({
    index, columns: columns?.length ?? job.processing.chain.columns, meta: `${base}.meta`, binary: job.writesBinary ? `${base}.bin` : undefined,
  }));
  const [{ meta, binary }] = outputs;
  return { label: job.label, stream: job.input.stream, rate, samples: total, seconds: total / rate, fills, edits, health: health && healthFigures(health), meta, binary, outputs, ...told };
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
async function writeLists(options: CatGTOptions, finished: readonly Finished[]): Promise<void> {
  const streams: FyiStream[] = finished.map(({ job }) => ({
    stream: job.input.stream,
    columns: job.processing.chain.columns,
    indexes: job.outputs.map(({ index }) => index),
    rate: outputRate(job),
    apRate: job.input.fromAp ? job.input.facts.rate : undefined,
    extractions: job.extractions,
  }));
  const existing = addsToEarlierOutputs(options) ? await fs.readFile(fyiPath(options), 'utf8').catch(() => undefined) : undefined;
  await writeWhole(fyiPath(options), fyiText(options, streams, existing));
  if (!options.cat) {
    const offsets = finished.map(({ job, outcome }) => ({ stream: job.input.stream, rate: outputRate(job), offsets: outcome.layout.offsets }));
    await writeWhole(offsetsPath(options), offsetsText(offsets));
  }
}
