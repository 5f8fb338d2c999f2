// What CatGT will make of a run, stream by stream, told from metas and sizes with the engine's own arithmetic: how its
// files join, how long the output is, which files it leaves.

import path from 'node:path';
import { type CatGTOptions, fyiPath, layoutOf, offsetsPath, outputBase, outputTop, planExtractions, selectedStreams, selectOutputs, sequenceFiles, type SourceFile, type StreamInput, syncWidthMs, writesBinary } from '../../engines/catgt/index.ts';
import { editsPath, healthPath } from '../../formats/spanFiles/index.ts';
import { findProbeFacts, type Meta, type StreamFacts, type StreamId, streamLabel, trimToShortest } from '../../spikeglx/index.ts';
import type { FileOnDisk, RunOnDisk } from './recorded.ts';

/** A file that holds the stream, or the columns of it that were chosen. */
export interface PlannedFile {
  /** The number in its name; of probes the probe's or another. */
  readonly index: number;
  /** Path without extension. */
  readonly base: string;
  readonly columns: number;
}

export interface StreamPlan {
  /** `imec0.ap` */
  readonly label: string;
  readonly stream: StreamId;
  readonly meta: Meta;
  readonly facts: StreamFacts;
  readonly files: readonly SourceFile[];
  /** Output rate, rows of each file, bytes of all; 0 bytes when only events are extracted. */
  readonly rate: number;
  readonly rows: number;
  readonly bytes: number;
  /** Path of event files without their ending. */
  readonly base: string;
  /** At least one. */
  readonly outputs: readonly PlannedFile[];
  /** What is appended to it for event files; the sync edges' first. */
  readonly events: readonly { readonly suffix: string; readonly automatic: boolean }[];
  /** The small files of -edits, -health and -bad_channels. */
  readonly lists: readonly string[];
  /** Why there are no sync edges, or that an extractor cannot be used. */
  readonly warnings: readonly string[];
}

/** @param options with the destination as it will be, whether it is there or not */
export function streamPlans(run: RunOnDisk, options: CatGTOptions): StreamPlan[] {
  const inputs = streamInputs(run, options);
  const syncMs = syncWidthMs(inputs.filter(({ stream }) => stream.kind !== 'lf').map(({ meta }) => meta));
  return inputs.flatMap((input) => {
    try {
      return [planOf(input, options, syncMs)];
    } catch {
      return []; // a meta that lacks what is needed: expansion says so; a start beyond its end: checkStart
    }
  });
}

/** The files of each stream that take part, trimmed to the shortest of their trial. */
export function streamInputs(run: RunOnDisk, options: CatGTOptions): StreamInput[] {
  const byTrial = trimmed(run, options);
  return selectedStreams(options).flatMap((stream) => inputOf(stream, run, byTrial));
}

function planOf(input: StreamInput, options: CatGTOptions, syncMs: number): StreamPlan {
  const { stream, fromAp, meta, facts, files } = input;
  const keepEvery = fromAp ? options.ap2lfDownsample : 1;
  const rows = layoutOf(sequenceFiles(input, options), keepEvery).total;
  const outputs = selectOutputs(input, options).outputs.map(({ index, columns }): PlannedFile => ({ index, base: path.normalize(outputBase(options, stream, index)), columns: columns?.length ?? facts.columns }));
  const { extractions, warnings } = stream.kind === 'lf' ? { extractions: [], warnings: [] } : planExtractions(options, meta, facts, syncMs);
  const bytes = fromAp || writesBinary(options, stream.kind) ? outputs.reduce((sum, { columns }) => sum + rows * columns * 2, 0) : 0;
  const base = path.normalize(outputBase(options, stream));
  return {
    label: streamLabel(stream), stream, meta, facts, files, rows, outputs, bytes,
    rate: facts.rate / keepEvery,
    base,
    events: extractions.flatMap((extraction) => [
      { suffix: extraction.timesSuffix, automatic: extraction.automatic },
      ...(extraction.kind === 'bf' ? [{ suffix: extraction.valuesSuffix, automatic: false }] : []),
    ]),
    lists: [...(options.edits && bytes > 0 ? outputs.map((output) => editsPath(output.base)) : []), ...(options.health ? [healthPath(base)] : []), ...(options.badChannels && stream.kind === 'ap' ? [`${base}.bad_channels.csv`] : [])],
    warnings,
  };
}

/** Samples that take part, by file: every trial ends with its shortest stream. */
function trimmed(run: RunOnDisk, options: CatGTOptions): Map<FileOnDisk, number> {
  const wanted = new Set(selectedStreams(options).map(streamLabel));
  const samples = new Map<FileOnDisk, number>();
  for (const { gate, trigger } of run.trials) {
    const files = run.files.filter((file) => file.gate === gate && file.trigger === trigger && file.facts && file.hasBin && wanted.has(file.label));
    const lengths = trimToShortest(files.map(({ length, facts }) => ({ samples: length!.samples, rate: facts!.rate, columns: facts!.columns })));
    files.forEach((file, index) => samples.set(file, lengths[index]));
  }
  return samples;
}

function inputOf(stream: StreamId, run: RunOnDisk, samples: ReadonlyMap<FileOnDisk, number>): StreamInput[] {
  const of = (label: string) => run.files.filter((file) => file.label === label && samples.has(file));
  const own = of(streamLabel(stream));
  const ap = stream.kind === 'lf' && own.length === 0 ? of(streamLabel({ kind: 'ap', index: stream.index })) : [];
  const fromAp = ap.length > 0 && findProbeFacts(ap[0].meta!)?.acqLf === 0;
  const files = own.length > 0 ? own : fromAp ? ap : [];
  if (files.length === 0) return [];
  return [{
    stream, fromAp, meta: files[0].meta!, facts: { ...files[0].facts!, stream },
    files: files.map((file) => ({ bin: `${file.base}.bin`, meta: file.meta!, gate: file.gate, trigger: file.trigger, samples: samples.get(file)!, present: true })),
  }];
}

export interface CatgtFile {
  readonly path: string;
  readonly kind: 'binary' | 'meta' | 'sync' | 'events' | 'list' | 'log';
  readonly bytes: number;
  /** The probe it belongs to. */
  readonly probe?: number;
}

/** Binary, meta, event files and lists of a stream. */
export function streamFiles({ base, rows, bytes, events, lists, stream, meta, outputs }: StreamPlan): CatgtFile[] {
  const isProbe = stream.kind === 'ap' || stream.kind === 'lf';
  const probe = isProbe ? stream.index : undefined;
  const metaBytes = [...meta.values].reduce((sum, [key, value]) => sum + key.length + value.length + 2, 0);
  return [
    ...outputs.flatMap((output): CatgtFile[] => {
      const own = isProbe ? output.index : undefined;
      return [
        ...(bytes > 0 ? [{ path: `${output.base}.bin`, kind: 'binary' as const, bytes: rows * output.columns * 2, probe: own }] : []),
        { path: `${output.base}.meta`, kind: 'meta', bytes: metaBytes, probe: own },
      ];
    }),
    ...events.map(({ suffix, automatic }): CatgtFile => ({ path: `${base}${suffix}`, kind: automatic ? 'sync' : 'events', bytes: 0, probe })),
    ...lists.map((file): CatgtFile => ({ path: file, kind: 'list', bytes: 0, probe })),
  ];
}

/** Every file that CatGT leaves of the run. */
export function catgtFiles(plans: readonly StreamPlan[], options: CatGTOptions): CatgtFile[] {
  const name = `${options.run}_g${options.parts[0].gate}`;
  const top = path.normalize(outputTop(options));
  const inTop = (ending: string) => path.join(top, `${name}_${ending}`);
  return [
    ...plans.flatMap(streamFiles),
    { path: path.normalize(fyiPath(options)), kind: 'list', bytes: 0 },
    { path: inTop('all_fyi.txt'), kind: 'list', bytes: 0 },
    { path: path.normalize(offsetsPath(options)), kind: 'list', bytes: 0 },
    { path: inTop('CatGT.log'), kind: 'log', bytes: 0 },
  ];
}
