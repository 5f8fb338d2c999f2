// The sync edges of a run's streams, found by the very rules with which CatGT extracts them by itself, and what their
// distances say: missing and extra edges, the period, the rate of each clock.

import { inOrder, type TaskPool } from '../../common/index.ts';
import { createScanner, type Extraction, findRuns, planExtractions, type Runs, syncWidthMs } from '../../engines/catgt/index.ts';
import { matchEdges, syncReport } from '../../engines/tprime/index.ts';
import { fileLength, metaNumber, openBin, readMeta, streamFacts, type Meta } from '../../spikeglx/index.ts';
import { optionsFor, streamOf } from './source.ts';

export interface SyncStream {
  /** `nidq`, `obx0`, `imec0.ap` */
  readonly stream: string;
  /** In order of gate and trigger, at least one. */
  readonly files: readonly { readonly bin: string; readonly gate: number; readonly trigger: number }[];
}

/** A moment of one file, s from its first sample. */
export interface FileMoment {
  readonly gate: number;
  readonly trigger: number;
  readonly at_s: number;
}

export interface SyncEdges {
  readonly stream: string;
  readonly read_s: number;
  readonly whole: boolean;
  /** Edges CatGT would write, by file. */
  readonly files: readonly { readonly gate: number; readonly trigger: number; readonly times: Float64Array }[];
  /** Median distance of all rising edges, whatever the width of their pulses; null below two. */
  readonly anyPeriod_s: number | null;
  readonly meta_period_s: number | null;
  /** Why this stream has no sync line, if so. */
  readonly note: string | null;
}

export interface SurveyContext {
  readonly pool: TaskPool;
  readonly signal?: AbortSignal;
  /** Seconds of recording read so far, of all that will be. */
  readonly progress?: (done: number, total: number) => void;
}

/** Bytes read by one task. */
const CHUNK_BYTES = 24e6;

export interface SyncChunk {
  readonly bin: string;
  readonly columns: number;
  readonly extraction: Extraction;
  readonly first: number;
  readonly count: number;
}

export function syncChunk({ bin, columns, extraction, first, count }: SyncChunk): Runs {
  const file = openBin(bin, columns);
  try {
    const samples = new Int16Array(count * columns);
    const got = file.read(first, count, samples);
    return findRuns(extraction, samples.subarray(0, got * columns), columns, got);
  } finally {
    file.close();
  }
}

/** @param seconds read of each stream; null reads everything. The streams come in the order NI, OneBoxes, probes. Throws InputFileError. */
export async function surveyEdges(streams: readonly SyncStream[], seconds: number | null, context: SurveyContext): Promise<SyncEdges[]> {
  const metas = await Promise.all(streams.map(({ files }) => readMeta(metaOf(files[0].bin))));
  const syncMs = syncWidthMs(metas);
  const plans = await Promise.all(streams.map((stream, index) => planStream(stream, metas[index], syncMs, seconds)));
  const total = plans.reduce((sum, plan) => sum + plan.parts.reduce((all, part) => all + part.samples / plan.rate, 0), 0);
  let done = 0;
  const results: SyncEdges[] = [];
  for (const [index, plan] of plans.entries()) {
    const files = [];
    const periods: number[] = [];
    for (const part of plan.parts) {
      const { edges, any } = await scanFile(part, plan, context, (samples) => {
        done += samples / plan.rate;
        context.progress?.(done, total);
      });
      files.push({ gate: part.gate, trigger: part.trigger, times: edges });
      periods.push(...distances(any));
    }
    results.push({
      stream: plan.stream, whole: plan.whole, files, note: plan.note,
      read_s: plan.parts.reduce((sum, part) => sum + part.samples / plan.rate, 0),
      anyPeriod_s: median(periods),
      meta_period_s: metaNumber(metas[index], 'syncSourcePeriod') ?? null,
    });
  }
  return results;
}

interface StreamPlan {
  readonly stream: string;
  readonly rate: number;
  readonly columns: number;
  readonly extraction: Extraction | undefined;
  readonly note: string | null;
  readonly whole: boolean;
  readonly parts: readonly { readonly bin: string; readonly gate: number; readonly trigger: number; readonly samples: number }[];
}

async function planStream({ stream, files }: SyncStream, meta: Meta, syncMs: number, seconds: number | null): Promise<StreamPlan> {
  const id = streamOf(stream);
  const facts = streamFacts(meta, id);
  const { extractions: [extraction], warnings } = planExtractions(optionsFor(id, ''), meta, facts, syncMs);
  const lengths = await Promise.all(files.map(async ({ bin }) => (await fileLength(bin, await readMeta(metaOf(bin)))).samples));
  let left = seconds === null ? Infinity : Math.ceil(seconds * facts.rate);
  const parts = files.flatMap((file, index) => {
    const samples = Math.min(lengths[index], left);
    left -= samples;
    return samples > 0 && extraction ? [{ ...file, samples }] : [];
  });
  const whole = parts.reduce((sum, part) => sum + part.samples, 0) === lengths.reduce((sum, length) => sum + length, 0);
  return { stream, rate: facts.rate, columns: facts.columns, extraction, note: extraction ? null : (warnings[0] ?? 'It has no sync line.'), whole, parts };
}

async function scanFile(part: StreamPlan['parts'][number], { extraction, columns, rate }: StreamPlan, { pool, signal }: SurveyContext, onDone: (samples: number) => void) {
  const rows = Math.max(1, Math.floor(CHUNK_BYTES / (2 * columns)));
  const byRule = createScanner(extraction!);
  const byEdge = createScanner({ ...extraction!, width: undefined, reach: undefined } as Extraction);
  const countOf = (index: number) => Math.min(rows, part.samples - index * rows);
  await inOrder(
    Math.ceil(part.samples / rows),
    pool.size + 1,
    (index) => {
      signal?.throwIfAborted();
      const chunk: SyncChunk = { bin: part.bin, columns, extraction: extraction!, first: index * rows, count: countOf(index) };
      return pool.run<Runs>('preprocess.syncChunk', chunk, { signal });
    },
    (runs, index) => {
      for (const scanner of [byRule, byEdge]) scanner.feed(runs, countOf(index), index * rows);
      onDone(countOf(index));
    },
  );
  const seconds = (samples: Float64Array) => samples.map((sample) => sample / rate);
  return { edges: seconds(byRule.finish().times), any: seconds(byEdge.finish().times) };
}

export interface SyncVerdict {
  readonly stream: string;
  readonly read_s: number;
  readonly whole: boolean;
  readonly edges: number;
  readonly missing: readonly FileMoment[];
  readonly extra: readonly FileMoment[];
  /** Distances of edges, s, and their nominal value by the meta; null below two edges. */
  readonly period_s: { readonly min: number; readonly median: number; readonly max: number } | null;
  /** Of all edges, also those CatGT does not take because of their width. */
  readonly any_period_s: number | null;
  readonly meta_period_s: number | null;
  /** How much faster this clock runs than the reference's; null for the reference itself and below three common edges. */
  readonly ppm: number | null;
  readonly verdict: 'ok' | 'warn' | 'stop';
  readonly words: string;
}

/** Clocks of SpikeGLX differ by some parts per million; more means that a clock is not calibrated. */
const MOST_PPM = 50;

/** @param reference the stream the others are compared with */
export function judgeSync(streams: readonly SyncEdges[], reference: string): SyncVerdict[] {
  const to = streams.find(({ stream }) => stream === reference);
  return streams.map((edges) => {
    const period = median(edges.files.flatMap(({ times }) => distances(times)));
    const all = edges.files.flatMap(({ times }) => distances(times));
    const holes = edges.files.map((file) => holesOf(file, period));
    const facts = {
      stream: edges.stream,
      read_s: edges.read_s,
      whole: edges.whole,
      edges: edges.files.reduce((sum, { times }) => sum + times.length, 0),
      missing: holes.flatMap(({ missing }) => missing),
      extra: holes.flatMap(({ extra }) => extra),
      period_s: period === null ? null : { min: Math.min(...all), median: period, max: Math.max(...all) },
      any_period_s: edges.anyPeriod_s,
      meta_period_s: edges.meta_period_s,
      ppm: to && to !== edges && period !== null ? ppmAgainst(edges, to, period) : null,
    };
    return { ...facts, ...verdictOf(facts, edges.note) };
  });
}

function verdictOf({ edges, missing, extra, ppm }: Pick<SyncVerdict, 'edges' | 'missing' | 'extra' | 'ppm'>, note: string | null): Pick<SyncVerdict, 'verdict' | 'words'> {
  if (edges === 0) return { verdict: 'stop', words: note ?? 'no edges' };
  const parts = [
    ...(missing.length > 0 ? [`${missing.length} missing, the first in g${missing[0].gate} t${missing[0].trigger} at ${missing[0].at_s.toFixed(3)} s`] : []),
    ...(extra.length > 0 ? [`${extra.length} extra, the first in g${extra[0].gate} t${extra[0].trigger} at ${extra[0].at_s.toFixed(3)} s`] : []),
    ...(ppm !== null && Math.abs(ppm) > MOST_PPM ? [`clock off by ${ppm.toFixed(0)} ppm`] : []),
  ];
  return parts.length > 0 ? { verdict: 'warn', words: parts.join('; ') } : { verdict: 'ok', words: 'OK' };
}

/** Edges come evenly: a distance of several periods hides some, a short one has one too many. */
function holesOf({ gate, trigger, times }: SyncEdges['files'][number], period: number | null): { readonly missing: FileMoment[]; readonly extra: FileMoment[] } {
  const missing: FileMoment[] = [];
  const extra: FileMoment[] = [];
  if (period === null) return { missing, extra };
  for (let i = 1; i < times.length; i++) {
    const periods = Math.round((times[i] - times[i - 1]) / period);
    if (periods === 0) extra.push({ gate, trigger, at_s: times[i] });
    for (let k = 1; k < periods; k++) missing.push({ gate, trigger, at_s: times[i - 1] + k * period });
  }
  return { missing, extra };
}

/** By the file with most edges in both. */
function ppmAgainst(from: SyncEdges, to: SyncEdges, period: number): number | null {
  const pairs = from.files.flatMap((file) => {
    const partner = to.files.find(({ gate, trigger }) => gate === file.gate && trigger === file.trigger);
    return partner && file.times.length > 0 && partner.times.length > 0 ? [{ from: file.times, to: partner.times }] : [];
  });
  const best = pairs.sort((a, b) => Math.min(b.from.length, b.to.length) - Math.min(a.from.length, a.to.length))[0];
  if (!best) return null;
  const { ppm, used } = syncReport(matchEdges({ period, ...best }));
  return used < 3 || Number.isNaN(ppm) ? null : ppm;
}

function distances(times: Float64Array): number[] {
  return Array.from(times.subarray(1), (time, index) => time - times[index]);
}

function median(values: readonly number[]): number | null {
  return values.length === 0 ? null : [...values].sort((a, b) => a - b)[values.length >> 1];
}

const metaOf = (bin: string) => bin.replace(/\.bin$/, '.meta');
