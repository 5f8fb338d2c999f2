// Finds and reads everything that is to be joined. All mistakes that can be seen before work starts are seen here: missing
// lists, metas, binaries and event files, other channel counts, files that are cut short.

import { InputFileError, isThere, JobError } from '../../../common/index.ts';
import { fileLength, readMeta, streamFacts, streamLabel, type Meta, type StreamFacts, type StreamId } from '../../../spikeglx/index.ts';
import { selectedStreams, type CatGTOptions } from '../command/options.ts';
import { planExtractions, syncWidthMs, type Extraction } from '../extract/index.ts';
import { listedColumns, listedRate, readFyiList, requireRate } from './fyiList.ts';
import { elementBase, elementFyi, eventsOf, isProbe, type JoinedStreamId } from './paths.ts';
import type { EdgeFiles, LoadedElement, SourcePart, SourceStream } from './plan.ts';

export interface Gathered {
  readonly elements: readonly LoadedElement[];
  readonly streams: readonly SourceStream[];
  /** Where the elements' sync edges are, in the order NI, OneBoxes, probes; empty when nothing is cut. */
  readonly edges: readonly EdgeFiles[];
  readonly warnings: readonly string[];
}

interface OpenedStream extends JoinedStreamId {
  readonly meta: Meta;
  readonly facts: StreamFacts;
}

/** Events of a device: NI, a OneBox, or the AP band of a recorded probe. */
interface DeviceEvents {
  readonly id: JoinedStreamId;
  readonly extractions: readonly Extraction[];
}

export async function gatherElements(options: CatGTOptions): Promise<Gathered> {
  const warnings: string[] = [];
  const elements = await Promise.all(options.supercat!.map(async (element) => ({ element, fyi: await readFyiList(elementFyi(options, element)) })));
  const opened: OpenedStream[] = [];
  for (const id of wantedStreams(options, elements, warnings)) {
    const first = await openFirst(options, elements[0], id, warnings);
    if (first) opened.push(first);
  }
  if (opened.length === 0) throw new JobError('none of the streams asked for is in the first run', { next: 'Check the lists of probes and OneBoxes.' });

  const devices = deviceEvents(options, elements[0], opened, warnings);
  const streams: SourceStream[] = [];
  for (const { stream, ip1, meta, facts } of opened) {
    const writesBinary = isProbe(stream) || !options.supercatSkipNiObBin;
    const parts: SourcePart[] = [];
    for (const element of elements) parts.push(await openPart(options, element, { stream, ip1 }, facts, writesBinary));
    // The events of a recorded probe are joined once, with the first of its AP files.
    const hasEvents = !streams.some((other) => other.stream.kind === stream.kind && other.ip1 === ip1);
    const extractions = hasEvents ? (devices.get(streamLabel(eventsOf({ stream, ip1 }).stream))?.extractions ?? []) : [];
    for (const { eventBase } of parts) await requireEvents(eventBase, extractions);
    streams.push({ stream, ip1, label: streamLabel(stream), meta, columns: facts.columns, rate: facts.rate, parts, extractions, writesBinary });
  }
  return { elements, streams, edges: options.supercatTrimEdges ? [...devices.values()].map((device) => edgeFiles(options, elements, device)) : [], warnings };
}

/** By the label of the stream that has them. LF has none: the AP's serve, whether AP is joined or not. */
function deviceEvents(options: CatGTOptions, { fyi }: LoadedElement, opened: readonly OpenedStream[], warnings: string[]): Map<string, DeviceEvents> {
  const syncMs = syncWidthMs(opened.filter(({ stream }) => stream.kind !== 'lf' || !options.ap).map(({ meta }) => meta));
  const devices = new Map<string, DeviceEvents>();
  for (const { stream: { kind, index }, ip1, meta, facts } of opened) {
    const stream: StreamId = kind === 'lf' || kind === 'ap' ? { kind: 'ap', index: ip1 } : { kind, index };
    const label = streamLabel(stream);
    if (devices.has(label) || (kind === 'lf' && !options.supercatTrimEdges)) continue;
    // Words are counted in the columns that were recorded, of which this file may hold a part.
    const columns = listedColumns(fyi, stream);
    if (columns === undefined) throw notListed(fyi.file, stream);
    const planned = planExtractions(options, meta, { ...facts, stream, columns }, syncMs);
    warnings.push(...planned.warnings);
    devices.set(label, { id: { stream, ip1 }, extractions: planned.extractions });
  }
  return devices;
}

function edgeFiles(options: CatGTOptions, elements: readonly LoadedElement[], { id, extractions }: DeviceEvents): EdgeFiles {
  const sync = extractions.find(({ automatic }) => automatic);
  if (!sync) throw new JobError(`-supercat_trim_edges needs the sync edges of ${streamLabel(id.stream)}, and its meta does not say where they are`, { next: 'Leave the stream out, or join without -supercat_trim_edges.' });
  return { ...id, files: elements.map(({ element, fyi }) => ({ file: `${elementBase(options, element, id)}${sync.timesSuffix}`, rate: requireRate(fyi, id.stream) })) };
}

/** -prb lists ip2; one that the first element does not have is left out, as is an LF that no element has. */
function wantedStreams(options: CatGTOptions, elements: readonly LoadedElement[], warnings: string[]): JoinedStreamId[] {
  const { probes } = elements[0].fyi;
  return selectedStreams(options).flatMap((stream): JoinedStreamId[] => {
    if (!isProbe(stream)) return [{ stream, ip1: stream.index }];
    const ip1 = probes.get(stream.index);
    if (ip1 === undefined) {
      warnings.push(`${streamLabel(stream)} is left out: ${elements[0].fyi.file} has no probe ${stream.index}.`);
      return [];
    }
    if (stream.kind === 'lf' && elements.every(({ fyi }) => listedRate(fyi, { ...stream, index: ip1 }) === undefined)) {
      warnings.push(`${streamLabel(stream)} is left out: no run has an LF file of this probe.`);
      return [];
    }
    return [{ stream, ip1 }];
  });
}

/** Undefined with -prb_miss_ok, when the first element has no file of a probe. */
async function openFirst(options: CatGTOptions, { element }: LoadedElement, id: JoinedStreamId, warnings: string[]): Promise<OpenedStream | undefined> {
  const file = `${elementBase(options, element, id)}.meta`;
  if (isProbe(id.stream) && options.probesMayMiss && !(await isThere(file))) {
    warnings.push(`${streamLabel(id.stream)} is left out: ${file} is missing.`);
    return undefined;
  }
  const meta = await openMeta(file);
  return { ...id, meta, facts: streamFacts(meta, id.stream) };
}

async function openPart(options: CatGTOptions, { element, fyi }: LoadedElement, id: JoinedStreamId, first: StreamFacts, needsBinary: boolean): Promise<SourcePart> {
  const base = elementBase(options, element, id);
  const meta = await openMeta(`${base}.meta`);
  const { columns, bytes } = streamFacts(meta, id.stream);
  if (columns !== first.columns) throw new InputFileError(`${base}.meta`, `has ${columns} channels where the first run has ${first.columns}: they cannot be joined`, { next: 'Join only runs with the same saved channels.' });
  const source = eventsOf(id);
  return {
    bin: `${base}.bin`,
    samples: needsBinary ? await wholeSamples(`${base}.bin`, meta, id.stream) : Math.floor((bytes ?? 0) / (2 * columns)),
    rate: requireRate(fyi, source.stream),
    eventBase: elementBase(options, element, source),
  };
}

async function openMeta(file: string): Promise<Meta> {
  if (!(await isThere(file))) throw new InputFileError(file, 'meta file not found', { next: 'Check the elements, the lists of probes and OneBoxes, and whether -prb_fld is needed.' });
  return readMeta(file);
}

async function requireEvents(eventBase: string, extractions: readonly Extraction[]): Promise<void> {
  for (const { automatic, ...names } of extractions) {
    for (const suffix of [names.timesSuffix, ...(names.kind === 'bf' ? [names.valuesSuffix] : [])]) {
      if (await isThere(`${eventBase}${suffix}`)) continue;
      throw new InputFileError(`${eventBase}${suffix}`, 'event file not found', {
        next: automatic ? 'Run the first pass again without -no_auto_sync, or give -no_auto_sync here too.' : 'Give the same extractors here as in the first pass of every run.',
      });
    }
  }
}

function notListed(file: string, stream: StreamId): InputFileError {
  return new InputFileError(file, `does not list ${streamLabel(stream)}`, { next: 'Process that stream in the first pass of every run, or leave it out here.' });
}

/** Samples in a file that must be whole: half a sample would shift all that follows. */
async function wholeSamples(bin: string, meta: Meta, stream: StreamId): Promise<number> {
  if (!(await isThere(bin))) {
    throw new InputFileError(bin, 'binary file not found, though its meta is there', {
      next: isProbe(stream) ? 'Run the first pass so that it writes this stream (it does with tshift or a filter).' : 'Run the first pass with -pass1_force_ni_ob_bin, or give -supercat_skip_ni_ob_bin here.',
    });
  }
  const { samples, state, metaSamples } = await fileLength(bin, meta);
  if (state === 'complete') return samples;
  throw new InputFileError(bin, `holds ${samples} samples where its meta says ${metaSamples ?? 'nothing'}`, { next: 'Run the first pass on this run again.' });
}
