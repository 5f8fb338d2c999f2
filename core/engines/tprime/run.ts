// TPrime from options to files: reads the edges, pairs them for the sync report, maps every event file on the pool.

import { inOrder, InputFileError, isAftergateError, JobError, openOutputs, type EngineContext, type OutputSet } from '../../common/index.ts';
import { type ClockLines, clockLines } from './clockLines.ts';
import { readEdges } from './edges.ts';
import { exactAnchors } from './exactMap.ts';
import { interpolatedAnchors } from './interpolatedMap.ts';
import type { MapEventsResult, MapEventsTask, MapSpec } from './mapEvents.ts';
import { matchEdges, type EdgeMatch } from './matchEdges.ts';
import type { Starts } from './nativeMap.ts';
import { readOffsets, startsFor, type Offsets } from './offsets.ts';
import { checkTPrimeOptions, type EventFile, type FromStream, type TPrimeOptions } from './options.ts';
import { syncReport, type SyncReport } from './syncReport.ts';

export interface StreamReport extends FromStream {
  /** Edges in this stream's file. */
  readonly edgeCount: number;
  /** Against the to-stream. */
  readonly sync: SyncReport;
}

export interface EventReport extends EventFile, MapEventsResult {}

export interface TPrimeResult {
  readonly toStream: { readonly edges: string; readonly edgeCount: number };
  readonly fromStreams: readonly StreamReport[];
  readonly events: readonly EventReport[];
}

/**
 * Writes the mapped times of every event file. What cannot be done for one stream or file does not stop the others;
 * it is thrown at the end: the error itself if it is the only one, else a JobError that names them all.
 */
export async function runTPrime(options: TPrimeOptions, context: EngineContext): Promise<TPrimeResult> {
  checkTPrimeOptions(options);
  const to = await readEdges(options.toStream);
  const offsets = options.offsets === undefined ? undefined : await readOffsets(options.offsets);
  const failures: Error[] = [];

  const streams = new Map<number, Stream>();
  for (const stream of options.fromStreams) {
    context.signal?.throwIfAborted();
    const prepared = await collect(failures, () => prepareStream(stream, to, offsets, options, context));
    if (prepared) streams.set(stream.index, prepared);
  }

  const mappable = options.events.filter(({ stream }) => streams.has(stream));
  const events: EventReport[] = [];
  const mapOne = (i: number) => collect(failures, () => mapFile(mappable[i], streams.get(mappable[i].stream)!.map, context));
  await inOrder(mappable.length, context.pool.size, mapOne, (report, i) => {
    if (report) events.push(report);
    context.progress?.({ label: 'TPrime', done: i + 1, total: mappable.length });
  });

  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) throw new JobError(failures.map(({ message }) => message).join('; '), { cause: failures });
  return {
    toStream: { edges: options.toStream, edgeCount: to.length },
    fromStreams: [...streams.values()].map(({ report }) => report),
    events,
  };
}

interface Stream {
  readonly map: MapSpec;
  readonly report: StreamReport;
}

async function prepareStream(stream: FromStream, to: Float64Array, offsets: Offsets | undefined, options: TPrimeOptions, context: EngineContext): Promise<Stream> {
  const from = await readEdges(stream.edges);
  const starts = offsets && componentStarts(offsets, stream.edges, options.toStream);
  const input = { period: options.syncPeriod, from, to, starts };
  const match = matchEdges(input);
  reportMatch(stream.edges, options, match, context);
  const lines = options.interpolate ? clockLines(match) : undefined;
  if (lines) reportLines(stream.edges, options.toStream, lines, context);
  const report = { ...stream, edgeCount: from.length, sync: syncReport(match, lines) };
  if (lines) return { map: { kind: 'anchors', anchors: interpolatedAnchors(lines, starts) }, report };
  return { map: options.numerics === 'native' ? { kind: 'native', ...input } : { kind: 'anchors', anchors: exactAnchors(match, starts) }, report };
}

/** Component k of one stream is component k of the other. */
function componentStarts(offsets: Offsets, fromFile: string, toFile: string): Starts {
  const starts = { from: startsFor(offsets, fromFile), to: startsFor(offsets, toFile) };
  if (starts.from.length === starts.to.length) return starts;
  throw new InputFileError(offsets.file, `gives ${starts.from.length} starts for ${fromFile} but ${starts.to.length} for ${toFile}`);
}

function reportMatch(file: string, { toStream, numerics, interpolate }: TPrimeOptions, match: EdgeMatch, context: EngineContext): void {
  if (match.from.length === 0) {
    const what = `none of its edges has a counterpart in ${toStream}`;
    const next = 'Check that both streams recorded the same pulse, and the sync period.';
    if (numerics === 'exact' || interpolate) throw new InputFileError(file, what, { next });
    context.warn(`${file}: ${what}. ${next}`);
    return;
  }
  if (match.missing.length > 0) context.warn(`${file}: ${match.missing.length} of the sync edges of ${toStream} are missing here, the first at ${match.missing[0].toFixed(3)} s`);
  if (match.extra.length > 0) context.warn(`${file}: ${match.extra.length} of its sync edges are missing in ${toStream}, the first at ${match.extra[0].toFixed(3)} s`);
}

/** What keeps times from being interpolated everywhere. */
function reportLines(file: string, toFile: string, { lines, offLine, jumps }: ClockLines, context: EngineContext): void {
  if (lines.every(({ from }) => from.length === 1)) context.warn(`${file}: there are no two edges of ${toFile} to interpolate between, so its times are moved without regard to the rates of the clocks`);
  if (offLine.length > 0) context.warn(`${file}: ${offLine.length} of its edges lie too far off the line through the others and are left out, the first at ${offLine[0].toFixed(3)} s of ${toFile}`);
  if (jumps.length > 0) {
    const [{ after, before, seconds }] = jumps;
    context.warn(`${file}: one of the clocks jumps ${jumps.length} times, the first time by ${(seconds * 1e3).toFixed(3)} ms between ${after.toFixed(3)} s and ${before.toFixed(3)} s of ${toFile}; nothing is interpolated there, and times up to the next edge are those of the clock before the jump`);
  }
}

async function mapFile(event: EventFile, map: MapSpec, context: EngineContext): Promise<EventReport> {
  const outputs: OutputSet = openOutputs();
  try {
    const task: MapEventsTask = { input: event.input, part: await outputs.add(event.output), output: event.output, map };
    const result = await context.pool.run<MapEventsResult>('tprime.mapEvents', task, { signal: context.signal });
    await outputs.commit();
    reportFile(event.input, result, map, context);
    return { ...event, ...result };
  } catch (error) {
    await outputs.discard();
    throw error;
  }
}

function reportFile(file: string, { events, dropped, outOfOrder }: MapEventsResult, map: MapSpec, context: EngineContext): void {
  if (dropped > 0) context.warn(`${file}: ${dropped} lines do not start with a number and have no line in the output`);
  if (outOfOrder > 0 && map.kind === 'native') context.warn(`${file}: ${outOfOrder} of ${events} events are earlier than the one before them, and are mapped by later edges than they should be (-numerics=exact maps them right)`);
}

/** Keeps a failure for later; what is no failure of a file (a bug, an abort) is thrown at once. */
async function collect<Result>(failures: Error[], work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!isAftergateError(error)) throw error;
    failures.push(error);
    return undefined;
  }
}
