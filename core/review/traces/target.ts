// A run as the trace page sees it: every stream, raw and processed, as files on the clock of its device. Times of a device
// count from its first sample of the run; samples of a source stand on one grid whose sample 0 is that moment.

import fs from 'node:fs/promises';
import path from 'node:path';
import { removedFile } from '../../common/index.ts';
import { offsetsRow, readOffsets } from '../../engines/tprime/index.ts';
import { withPhysicalProbe } from '../../notation/index.ts';
import { type Meta, metaCounts, metaNumber, parseSglxName, readMeta, type SglxName, streamFacts, streamLabel } from '../../spikeglx/index.ts';
import { type Channels, channelsOf } from './channels.ts';
import { type Cut, cutsBetween, cutsOf, piecesOf, uncut } from './cuts.ts';
import { liveSpec, type LiveSpec } from './liveChain.ts';
import type { OutputFolder } from './outputs.ts';
import { readSpanLists, type SpanLists } from './spanLists.ts';

/** raw; highpass and car: computed from it while looking; catgt: files that CatGT wrote. */
export type TraceState = 'raw' | 'highpass' | 'car' | 'catgt';

/** A file, or of a joined one a piece between two gaps that were cut short: such a file is several of these. */
export interface TraceFile {
  readonly path: string;
  /** Row of the file with which it begins. */
  readonly from_row: number;
  /** Grid sample of that row. */
  readonly first_smp: number;
  readonly samples_smp: number;
  readonly bytes: number;
  readonly mtimeMs: number;
  /** `g0 t1`, `g0 tcat`. */
  readonly name: string;
}

export interface TraceSource {
  /** `imec0.ap|raw`, `imec0.ap|catgt0`. */
  readonly key: string;
  readonly stream: string;
  /** Whose clock it tells: `imec0`, `nidq`, `obx0`. */
  readonly device: string;
  readonly state: TraceState;
  /** The folder of processed files. */
  readonly folder: string | null;
  readonly rate_Hz: number;
  readonly columns: number;
  readonly channels: Channels;
  /** In order of time. */
  readonly files: readonly TraceFile[];
  readonly live: LiveSpec | null;
}

export interface TraceTarget {
  readonly sources: readonly TraceSource[];
  /** Why some file is not among them, or not told of in full. */
  readonly problems: readonly string[];
  /** Where the times of joined files lie, by output folder and device. */
  readonly times: OutputTimes;
  /** What was edited, filled in and lost, by output folder and stream. */
  readonly lists: ReadonlyMap<string, ReadonlyMap<string, SpanLists>>;
}

/** The time axis of joined files: device seconds at which they begin, and where they are cut, in seconds of the files. */
export interface OutputTime {
  readonly start_s: number;
  readonly cuts: readonly Cut[];
}

export type OutputTimes = ReadonlyMap<string, ReadonlyMap<string, OutputTime>>;

/** Device seconds of a time in a joined file. */
export const deviceTime = ({ start_s, cuts }: OutputTime, own_s: number) => start_s + uncut(cuts, own_s);

/** Grid sample of a row of a file, which `pieces` are. */
export function gridSample(pieces: readonly TraceFile[], row: number): number {
  const { first_smp, from_row } = pieces.findLast((piece) => piece.from_row <= row) ?? pieces[0];
  return first_smp + row - from_row;
}

interface Opened extends Unplaced {
  /** Rows; empty for files nothing is known of. */
  readonly cuts: readonly Cut[];
}

interface Unplaced {
  readonly path: string;
  readonly meta: Meta;
  readonly name: SglxName;
  readonly columns: number;
  readonly rate: number;
  readonly first: number | undefined;
  /** null: no binary, only events. */
  readonly stat: { readonly size: number; readonly mtimeMs: number } | null;
  readonly output: OutputFolder | null;
  /** undefined: no list tells of them. */
  readonly cuts: readonly Cut[] | undefined;
}

/** A shank's file tells its probe's clock. */
export const deviceOf = (stream: string) => withPhysicalProbe(stream.split('.')[0]);

export async function readTarget(rawFiles: readonly string[], outputs: readonly OutputFolder[]): Promise<TraceTarget> {
  const problems: string[] = [];
  const lists = new Map(await Promise.all(outputs.map(async (output) => [output.path, await readSpanLists(output, problems)] as const)));
  const open = (metaPath: string, output: OutputFolder | null) => openFile(metaPath, output, lists).catch((error: unknown) => {
    problems.push(error instanceof Error ? error.message : String(error));
    return null;
  });
  const wanted = [...rawFiles.map((bin) => [bin.replace(/\.bin$/i, '.meta'), null] as const), ...outputs.flatMap((output) => output.metas.map((meta) => [meta.path, output] as const))];
  const opened = (await Promise.all(wanted.map(([meta, output]) => open(meta, output)))).filter((file) => file !== null);
  for (const { path: bin, stat } of opened) if (!stat && await removedFile(bin)) problems.push(`${bin}: was removed when its run had been processed, as the session asked (keep_catgt_ap false); its traces are those of the recording. CatGT makes it again.`);
  const files = await Promise.all(opened.map(async (file) => ({ ...file, cuts: file.cuts ?? await cutsFromOffsets(file, opened, problems) })));
  const zero = zeros(files);
  return { sources: sourcesOf(files, zero, problems), problems, times: timesOf(files, zero), lists };
}

async function openFile(metaPath: string, output: OutputFolder | null, lists: TraceTarget['lists']): Promise<Unplaced> {
  const bin = metaPath.replace(/\.meta$/i, '.bin');
  const name = parseSglxName(path.basename(bin))!;
  const meta = await readMeta(metaPath);
  const facts = streamFacts(meta, name.stream);
  const stat = await fs.stat(bin).catch((error: NodeJS.ErrnoException) => {
    if (output && error.code === 'ENOENT') return null;
    throw new Error(`${bin}: ${error.code === 'ENOENT' ? 'no such file, only its meta is there' : error.message}`);
  });
  const edits = output && lists.get(output.path)?.get(streamLabel(name.stream))?.edits;
  return { path: bin, meta, name, columns: facts.columns, rate: facts.rate, first: facts.firstSample, stat, output, cuts: edits ? cutsOf(edits) : undefined };
}

/** For outputs without a list of edits: where the recorded files begin tells what was cut, when all of them are there. */
async function cutsFromOffsets({ path: file, meta, name, rate, output }: Unplaced, all: readonly Unplaced[], problems: string[]): Promise<Cut[]> {
  if (!output?.offsets) return [];
  try {
    const starts = (await readOffsets(output.offsets)).rows.get(offsetsRow(file) ?? '') ?? [];
    const [[firstGate, lastGate = firstGate], [firstTrigger, lastTrigger]] = [metaCounts(meta, 'catGVals') ?? [name.gate], metaCounts(meta, 'catTVals') ?? [0, Infinity]];
    const inOrder = (a: SglxName, b: SglxName) => a.gate - b.gate || Number(a.trigger) - Number(b.trigger);
    const isJoined = ({ gate, trigger }: SglxName) => gate >= firstGate && gate <= lastGate && !(gate === firstGate && Number(trigger) < firstTrigger) && !(gate === lastGate && Number(trigger) > lastTrigger);
    const recorded = all.filter((other) => !other.output && streamLabel(other.name.stream) === streamLabel(name.stream) && isJoined(other.name)).sort((a, b) => inOrder(a.name, b.name));
    if (recorded.length !== starts.length || recorded.some(({ first }) => first === undefined)) return [];
    return cutsBetween(recorded.map(({ first }, index) => ({ row: Math.round(starts[index] * rate), sample: first! })));
  } catch (error) {
    problems.push((error as Error).message);
    return [];
  }
}

/** Seconds of the acquisition's own count at which each device's first file begins. */
function zeros(files: readonly Opened[]): ReadonlyMap<string, number> {
  const zero = new Map<string, number>();
  for (const { name, first, rate } of files) {
    const device = deviceOf(streamLabel(name.stream));
    if (first !== undefined) zero.set(device, Math.min(zero.get(device) ?? Infinity, first / rate));
  }
  return zero;
}

const startOf = ({ first, rate }: Opened, zero: number | undefined) => (first === undefined || zero === undefined ? null : first - Math.round(zero * rate));

function timesOf(files: readonly Opened[], zero: ReadonlyMap<string, number>): OutputTimes {
  const times = new Map<string, Map<string, OutputTime>>();
  for (const file of files) {
    if (!file.output) continue;
    const device = deviceOf(streamLabel(file.name.stream));
    const own = times.get(file.output.path) ?? new Map<string, OutputTime>();
    times.set(file.output.path, own);
    const cuts = file.cuts.map(({ at, lost }) => ({ at: at / file.rate, lost: lost / file.rate }));
    // AP files tell it best: LF counts coarser.
    if (!own.has(device) || file.name.stream.kind === 'ap') own.set(device, { start_s: (startOf(file, zero.get(device)) ?? 0) / file.rate, cuts });
  }
  return new Map([...times].map(([folder, own]) => [folder, withCuts(own)]));
}

/** Streams that were read only for their events have no list of their own: the gaps are those of the others. */
function withCuts(own: ReadonlyMap<string, OutputTime>): ReadonlyMap<string, OutputTime> {
  const known = [...own.values()].find(({ cuts }) => cuts.length > 0)?.cuts ?? [];
  return new Map([...own].map(([device, { start_s, cuts }]) => [device, { start_s, cuts: cuts.length > 0 ? cuts : known }]));
}

function sourcesOf(files: readonly Opened[], zero: ReadonlyMap<string, number>, problems: string[]): TraceSource[] {
  const groups = new Map<string, Opened[]>();
  for (const file of files) {
    if (!file.stat) continue;
    const place = file.output ? path.dirname(file.output.path) : '';
    const key = `${streamLabel(file.name.stream)}\n${place}`;
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  const places = [...new Set([...groups.keys()].map((key) => key.split('\n')[1]))].filter((place) => place !== '').sort();
  return [...groups].flatMap(([key, members]) => {
    const [stream, place] = key.split('\n');
    try {
      return statesOf(stream, place, places.indexOf(place), members, zero.get(deviceOf(stream)), problems);
    } catch (error) {
      problems.push((error as Error).message);
      return [];
    }
  }).sort((a, b) => (streamRank(a.stream) + a.key < streamRank(b.stream) + b.key ? -1 : 1));
}

const streamRank = (stream: string) => (stream.endsWith('.ap') ? '0' : stream.endsWith('.lf') ? '1' : stream.startsWith('obx') ? '2' : '3');

function statesOf(stream: string, place: string, number: number, members: readonly Opened[], zero: number | undefined, problems: string[]): TraceSource[] {
  const [first] = members;
  const alike = members.filter((file) => {
    if (file.columns === first.columns) return true;
    problems.push(`${file.path}: has ${file.columns} channels where ${path.basename(first.path)} has ${first.columns}, so it is left out`);
    return false;
  });
  const facts = streamFacts(first.meta, first.name.stream);
  const state: TraceState = place === '' ? 'raw' : 'catgt';
  const base = {
    stream, device: deviceOf(stream), folder: place || null, rate_Hz: first.rate, columns: first.columns,
    channels: channelsOf(first.meta, facts, state === 'raw'), files: placed(alike, zero),
  };
  const main: TraceSource = { ...base, key: `${stream}|${state}${state === 'catgt' ? number : ''}`, state, live: null };
  if (state !== 'raw' || first.name.stream.kind !== 'ap') return [main];
  return [main, ...(['highpass', 'car'] as const).map((kind): TraceSource => ({ ...base, key: `${stream}|${kind}`, state: kind, live: liveSpec(first.meta, facts, kind === 'car') }))];
}

/** Files without firstSample stand behind one another. */
function placed(files: readonly Opened[], zero: number | undefined): TraceFile[] {
  const sorted = [...files].sort((a, b) => (a.first ?? 0) - (b.first ?? 0) || a.name.gate - b.name.gate || Number(a.name.trigger) - Number(b.name.trigger));
  let end = 0;
  return sorted.flatMap((file) => {
    const { size, mtimeMs } = file.stat!;
    const samples = Math.floor(size / (2 * file.columns));
    const start = startOf(file, zero) ?? end;
    end = start + uncut(file.cuts, samples);
    return piecesOf(file.cuts, samples).map(({ at, from_row, samples_smp }) => ({ path: file.path, from_row, first_smp: start + at, samples_smp, bytes: size, mtimeMs, name: nameOf(file) }));
  });
}

/** Why a file may look shorter than expected is told by its name. */
function nameOf({ name, meta, stat, columns }: Opened): string {
  const told = metaNumber(meta, 'fileSizeBytes');
  const short = told !== undefined && stat!.size < told - 2 * columns ? ', truncated' : '';
  return `g${name.gate} t${name.trigger}${short}`;
}
