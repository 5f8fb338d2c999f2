// Finds and reads the metas of everything a command asks for, and decides how many samples of every file take part.
// All mistakes that can be seen before work starts are seen here: missing partners, truncated or growing files, files
// whose layout changes half-way.

import fs from 'node:fs/promises';
import path from 'node:path';
import { InputFileError, isThere, JobError } from '../../../common/index.ts';
import { fileLength, findProbeFacts, imroTable, readMeta, streamFacts, streamLabel, trimToShortest, type Meta, type StreamFacts, type StreamId } from '../../../spikeglx/index.ts';
import type { CatGTOptions } from '../command/options.ts';
import { inputBase } from './paths.ts';
import type { SourceFile, StreamInput } from './plan.ts';

/** How long a file without a final size in its meta is watched before it is taken to be finished, ms. */
const GROWTH_WATCH = 1000;

interface WantedStream {
  readonly stream: StreamId;
  /** Stream whose files are read: the AP's for an LF made from it. */
  readonly source: StreamId;
}

interface FoundFile {
  readonly wanted: WantedStream;
  readonly bin: string;
  readonly meta: Meta;
  readonly facts: StreamFacts;
  readonly present: boolean;
  readonly samples: number;
}

export interface GatheredInputs {
  readonly streams: readonly StreamInput[];
  readonly warnings: readonly string[];
}

export async function gatherInputs(options: CatGTOptions): Promise<GatheredInputs> {
  const warnings: string[] = [];
  const wanted = await wantedStreams(options, warnings);
  const filesOf = new Map<WantedStream, SourceFile[]>(wanted.map((stream) => [stream, []]));
  const missingOf = new Map<WantedStream, string[]>(wanted.map((stream) => [stream, []]));
  const firstOf = new Map<WantedStream, FoundFile>();
  const unfinished: string[] = [];

  for (const { gate, trigger } of trials(options)) {
    const found: FoundFile[] = [];
    for (const stream of wanted) {
      const file = await findFile(options, stream, gate, trigger, unfinished);
      if (file) found.push(file);
      else missingOf.get(stream)!.push(`${inputBase(options, gate, trigger, stream.source)}.meta`);
    }
    const samples = trimTrial(found);
    found.forEach((file, index) => {
      const first = firstOf.get(file.wanted);
      if (first && first.facts.columns !== file.facts.columns) {
        throw new InputFileError(file.bin, `has ${file.facts.columns} channels where ${path.basename(first.bin)} has ${first.facts.columns}: they cannot be joined`, { next: 'Process them one by one.' });
      }
      // What the output's meta says, its beginning above all, is said by the first file that is joined.
      if (!first && file.present) firstOf.set(file.wanted, file);
      filesOf.get(file.wanted)!.push({ bin: file.bin, meta: file.meta, gate, trigger: trigger === 'cat' ? -1 : trigger, samples: samples[index], present: file.present });
    });
  }
  await refuseGrowing(unfinished, warnings);

  const streams = wanted.flatMap((stream): StreamInput[] => {
    const first = firstOf.get(stream);
    if (!first) {
      warnings.push(`${streamLabel(stream.stream)} is left out: none of its files is there.`);
      return [];
    }
    warnings.push(...missingOf.get(stream)!.map((meta) => `Meta file not found '${meta}'.`));
    return [{ stream: stream.stream, fromAp: stream.source !== stream.stream, meta: first.meta, facts: { ...first.facts, stream: stream.stream }, files: filesOf.get(stream)! }];
  });
  if (streams.length === 0) throw new JobError('none of the streams asked for has a file', { next: 'Check -dir, -run, -g, -t and the lists of probes and OneBoxes.' });
  return { streams, warnings };
}

/** All gates and triggers in order; the extraction pass has one, `cat`. */
function trials(options: CatGTOptions): { gate: number; trigger: number | 'cat' }[] {
  if (options.cat) return [{ gate: options.parts[0].gate, trigger: 'cat' }];
  return options.parts.flatMap(({ gate, first, last }) => Array.from({ length: last - first + 1 }, (_, index) => ({ gate, trigger: first + index })));
}

async function wantedStreams(options: CatGTOptions, warnings: string[]): Promise<WantedStream[]> {
  const wanted: WantedStream[] = [];
  const add = (stream: StreamId, source = stream) => wanted.push({ stream, source });
  if (options.ni) add({ kind: 'nidq', index: 0 });
  if (options.ob) for (const index of options.obx) add({ kind: 'obx', index });
  if (options.ap) for (const index of options.probes) add({ kind: 'ap', index });
  if (options.lf) {
    for (const index of options.probes) {
      const lf: StreamId = { kind: 'lf', index };
      const ap: StreamId = { kind: 'ap', index };
      const origin = await lfOrigin(options, lf, ap);
      if (origin === 'file') add(lf);
      else if (origin === 'ap') add(lf, ap);
      else warnings.push(`LF convert error: probe ${index}: ${origin}`);
    }
  }
  return wanted;
}

/** Where a probe's LF comes from: its own file, its full-band AP file, or nowhere, and then why. */
async function lfOrigin(options: CatGTOptions, lf: StreamId, ap: StreamId): Promise<string> {
  for (const { gate, trigger } of trials(options)) {
    if (await isThere(`${inputBase(options, gate, trigger, lf)}.meta`)) return 'file';
    const apMeta = `${inputBase(options, gate, trigger, ap)}.meta`;
    if (!(await isThere(apMeta))) {
      if (options.trialsMayMiss || options.probesMayMiss) continue;
      return 'file';
    }
    if (options.cat) return 'no LF file.';
    if (!isFullBand(await readMeta(apMeta))) return 'no LF files, and its AP is not full-band.';
    return options.lfFilter && options.lfFilter.low > 0 ? 'ap' : 'no LF files, and no -lffilter with a low pass to make them from AP.';
  }
  return 'no files.';
}

/** A probe without an LF band, or with the AP high-pass switched off on any channel (6th imro field 0). */
function isFullBand(meta: Meta): boolean {
  const probe = findProbeFacts(meta);
  if (probe && probe.acqLf === 0) return true;
  if (meta.values.get('imAnyChanFullBand') === 'true') return true;
  return imroTable(meta)?.entries.some((entry) => entry[5] === 0) ?? false;
}

async function findFile(options: CatGTOptions, wanted: WantedStream, gate: number, trigger: number | 'cat', unfinished: string[]): Promise<FoundFile | undefined> {
  const base = inputBase(options, gate, trigger, wanted.source);
  const isProbe = wanted.source.kind === 'ap' || wanted.source.kind === 'lf';
  const mayMiss = options.trialsMayMiss || (isProbe && options.probesMayMiss);
  if (!(await isThere(`${base}.meta`))) {
    if (mayMiss) return undefined;
    const lonely = await isThere(`${base}.bin`);
    throw new InputFileError(`${base}.meta`, lonely ? 'meta file not found, though its .bin is there' : 'meta file not found', {
      next: lonely ? 'Copy the meta file from the acquisition machine: nothing is known of the data without it.' : 'Check the run, gate, trigger and probe numbers, or allow holes with -t_miss_ok or -prb_miss_ok.',
    });
  }
  const meta = await readMeta(`${base}.meta`);
  const facts = streamFacts(meta, wanted.source);
  if (!(await isThere(`${base}.bin`))) {
    if (!options.trialsMayMiss) throw new InputFileError(`${base}.bin`, 'binary file not found, though its meta is there', { next: 'Copy it from the acquisition machine, or skip it with -t_miss_ok.' });
    return { wanted, bin: `${base}.bin`, meta, facts, present: false, samples: Math.floor((facts.bytes ?? 0) / (2 * facts.columns)) };
  }
  const length = await fileLength(`${base}.bin`, meta);
  if (length.state === 'truncated') {
    throw new InputFileError(`${base}.bin`, `truncated: it holds ${length.samples} samples where its meta says ${length.metaSamples}`, { next: 'Copy the file again from the acquisition machine.' });
  }
  if (length.state === 'unfinished') unfinished.push(`${base}.bin`);
  return { wanted, bin: `${base}.bin`, meta, facts, present: true, samples: length.samples };
}

/** All streams of a trial end with the shortest; survey recordings are left alone. */
function trimTrial(found: readonly FoundFile[]): number[] {
  const survey = found.some(({ meta, wanted }) => wanted.source.kind !== 'nidq' && wanted.source.kind !== 'obx' && meta.values.has('svySegStartSecs'));
  if (survey) return found.map(({ samples }) => samples);
  return trimToShortest(found.map(({ samples, facts }) => ({ samples, rate: facts.rate, columns: facts.columns })));
}

/** A file whose meta has no final size was left by a crash, or is being recorded now: then it must not be processed. */
async function refuseGrowing(files: readonly string[], warnings: string[]): Promise<void> {
  if (files.length === 0) return;
  const sizes = async () => Promise.all(files.map(async (file) => (await fs.stat(file)).size));
  const before = await sizes();
  await new Promise((resolve) => setTimeout(resolve, GROWTH_WATCH));
  const after = await sizes();
  files.forEach((file, index) => {
    if (after[index] !== before[index]) throw new InputFileError(file, 'is still being recorded: it grew while it was looked at', { next: 'Wait until the recording has ended.' });
    warnings.push(`${file}: its meta gives no final size (the recording ended abruptly?); its length is taken from the file.`);
  });
}
