// From what was found on disk to what will be done and written, stream by stream. Whatever a meta lacks is noticed here,
// before anything is written.

import path from 'node:path';
import type { EngineContext } from '../../common/index.ts';
import { errorFlags, streamLabel, type Meta } from '../../spikeglx/index.ts';
import { writesBinary, type CatGTOptions } from './command/options.ts';
import { planExtractions, syncWidthMs } from './extract/index.ts';
import { layoutOf } from './joining/layout.ts';
import { outputBase } from './joining/paths.ts';
import type { StreamInput } from './joining/plan.ts';
import { sequenceFiles } from './joining/sequence.ts';
import { processingOf } from './samples/processing.ts';
import { selectOutputs, type SelectedOutput } from './selection/index.ts';
import type { StreamJob } from './streamRun.ts';
import { creatingLfLine, outputMeta } from './text/index.ts';

export interface PlannedOutput extends SelectedOutput {
  /** Path without extension. */
  readonly base: string;
}

export interface PlannedJob extends Omit<StreamJob, 'files'> {
  /** Path of the event files without their suffixes. */
  readonly base: string;
  readonly outputs: readonly PlannedOutput[];
  readonly writesBinary: boolean;
  /** For the metas of chosen channels. */
  readonly probesEnabled: number;
}

/** Throws InputFileError; what the user should know goes to `context`. */
export function planJobs(options: CatGTOptions, streams: readonly StreamInput[], context: EngineContext): PlannedJob[] {
  const syncMs = syncWidthMs(streams.filter(({ stream }) => stream.kind !== 'lf').map(({ meta }) => meta));
  return streams.map((input): PlannedJob => {
    const label = streamLabel(input.stream);
    const sequence = sequenceFiles(input, options);
    const planned = input.stream.kind === 'lf' ? { extractions: [], warnings: [] } : planExtractions(options, input.meta, input.facts, syncMs);
    const selection = selectOutputs(input, options);
    for (const line of [...sequence.notes.map((note) => `${label}: ${note}`), ...planned.warnings, ...selection.warnings, ...errorNotes(input)]) context.warn(line);
    if (input.fromAp) context.log(creatingLfLine(input.stream.index));
    return {
      label,
      input,
      sequence,
      processing: processingOf(input, options),
      extractions: planned.extractions,
      lineFill: options.lineFill,
      base: outputBase(options, input.stream),
      outputs: selection.outputs.map((output) => ({ ...output, base: outputBase(options, input.stream, output.index) })),
      writesBinary: !options.cat && (input.fromAp || writesBinary(options, input.stream.kind)),
      probesEnabled: selection.probesEnabled,
    };
  });
}

/** One line, from the first file whose meta counts errors: the files of a run tend to have them all. */
function errorNotes({ stream, files }: StreamInput): string[] {
  const flagged = files.map(({ bin, meta }) => ({ bin, errors: errorFlags(meta) })).filter(({ errors }) => errors.length > 0);
  if (flagged.length === 0) return [];
  const [{ bin, errors }] = flagged;
  const others = flagged.length > 1 ? `, ${flagged.length - 1} more of its files too` : '';
  return [`${streamLabel(stream)}: the probe reported errors while recording '${path.basename(bin)}' (${errors.join('; ')})${others}.`];
}

/** Samples per second of the outputs. */
export function outputRate(job: PlannedJob): number {
  return job.input.facts.rate / job.processing.keepEvery;
}

/** Of all binaries together. */
export function outputBytes(job: PlannedJob): number {
  if (!job.writesBinary) return 0;
  const rows = layoutOf(job.sequence, job.processing.keepEvery).total;
  return job.outputs.reduce((sum, { columns }) => sum + rows * (columns?.length ?? job.processing.chain.columns) * 2, 0);
}

/** @param samples of the output; @param now the canonical command, and when it was carried out */
export function metaOfOutput(job: PlannedJob, { base, columns }: PlannedOutput, samples: number, options: CatGTOptions, now: { command: string; created: Date }): Meta {
  const { input, sequence, processing } = job;
  const referenced = input.stream.kind === 'ap' && (options.car !== undefined || options.gfix !== undefined);
  return outputMeta(input.meta, {
    ...now,
    fileName: job.writesBinary ? `${base}.bin` : '',
    samples,
    rate: outputRate(job),
    files: sequence.offsets.length,
    // From the first that was asked for, there or not, to the last that was read.
    gates: [options.parts[0].gate, sequence.lastGate],
    triggers: [options.parts[0].first, sequence.lastTrigger],
    skipped: options.startSecs === undefined ? undefined : Math.trunc(options.startSecs * input.facts.rate),
    excludedColumns: referenced ? processing.excludedColumns : undefined,
    keepEvery: input.fromAp ? processing.keepEvery : undefined,
    subset: columns && { columns, probesEnabled: job.probesEnabled },
  });
}
