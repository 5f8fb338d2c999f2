// One stream of a gate as the run will join it: files on one time axis, what the options make of its samples, and how
// counts become volts.

import { statSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../../common/index.ts';
import { parseCatGTArguments, processingOf, sequenceFiles, type CatGTOptions, type Processing, type StreamInput, type StreamSequence } from '../../engines/catgt/index.ts';
import { splitOptions } from '../../notation/index.ts';
import { geometry, lengthOf, microvoltsPerCount, readMetaSync, streamFacts, type Meta, type Site, type StreamId } from '../../spikeglx/index.ts';

/** What a preview is made of; plain, so that it can be sent to a thread. */
export interface SourceRequest {
  /** `imec0.ap`, `imec0.lf` */
  readonly stream: string;
  /** The stream's .bin files of one gate, in order of trigger. */
  readonly files: readonly { readonly bin: string; readonly gate: number; readonly trigger: number }[];
  /** CatGT options that concern samples: `-apfilter=butter,12,300,10000 -gfix=0.4,0.1,0.02 -gblcar`. */
  readonly options: string;
}

export interface Source {
  readonly input: StreamInput;
  readonly sequence: StreamSequence;
  readonly processing: Processing;
  readonly options: CatGTOptions;
  /** Microvolts per count of every neural column. */
  readonly scale: Float64Array;
  readonly rate: number;
  /** Positions of the neural columns; undefined where the meta has none. */
  readonly sites: readonly Site[] | undefined;
  /** Neural columns whose site is in use and that were not excluded, whether or not the options ask for it. */
  readonly used: readonly boolean[];
}

/** `imec0.ap` -> {kind, index}. Throws UsageError. */
export function streamOf(key: string): StreamId {
  if (key === 'nidq') return { kind: 'nidq', index: 0 };
  const box = /^obx(\d+)$/.exec(key);
  if (box) return { kind: 'obx', index: Number(box[1]) };
  const probe = /^imec(\d+)\.(ap|lf)$/.exec(key);
  if (!probe) throw new UsageError(`'${key}' is not a stream such as imec0.ap or nidq`);
  return { kind: probe[2] as 'ap' | 'lf', index: Number(probe[1]) };
}

/** Options as the engine understands them; what it refuses is refused here, in its own words. */
export function optionsFor(stream: StreamId, text: string): CatGTOptions {
  const which = stream.kind === 'nidq' ? ['-ni'] : stream.kind === 'obx' ? ['-ob', `-obx=${stream.index}`] : [`-${stream.kind}`, `-prb=${stream.index}`];
  return parseCatGTArguments(['-dir=/', '-run=preview', '-g=0', '-t=0', ...which, ...splitOptions(text)], path.resolve('/'));
}

/** Throws UsageError for options, InputFileError for files. */
export function openSource(request: SourceRequest): Source {
  const stream = streamOf(request.stream);
  const options = optionsFor(stream, request.options);
  const files = request.files.map((file) => sourceFile(file.bin, file.gate, file.trigger));
  const { meta } = files[0];
  const facts = streamFacts(meta, stream);
  const input: StreamInput = { stream, fromAp: false, meta, facts, files };
  const hasSites = facts.neural > 0 && (meta.values.has('~snsGeomMap') || meta.values.has('~snsShankMap'));
  const sites = hasSites ? geometry(meta).sites : undefined;
  const processing = processingOf(input, options);
  return {
    input,
    sequence: sequenceFiles(input, options),
    processing,
    options,
    scale: microvoltsPerCount(meta, stream).slice(0, facts.neural),
    rate: facts.rate,
    sites,
    used: Array.from({ length: facts.neural }, (_, column) => (sites?.[column].used ?? true) && !processing.excludedColumns.includes(column)),
  };
}

function sourceFile(bin: string, gate: number, trigger: number) {
  const meta: Meta = readMetaSync(bin.replace(/\.bin$/, '.meta'));
  const size = statSync(bin, { throwIfNoEntry: false })?.size;
  return { bin, meta, gate, trigger, samples: size === undefined ? 0 : lengthOf(size, meta).samples, present: size !== undefined };
}

/** Output sample `at` within the stretches: which stretch, and where in it. In a gap: the start of the next stretch, or the last sample there is. */
export function locate({ stretches }: StreamSequence, at: number): { readonly stretch: number; readonly position: number } {
  const stretch = stretches.findIndex(({ out, count }) => at < out + count);
  if (stretch < 0) return { stretch: stretches.length - 1, position: Math.max(0, (stretches.at(-1)?.count ?? 1) - 1) };
  return { stretch, position: Math.max(0, Math.floor(at - stretches[stretch].out)) };
}
