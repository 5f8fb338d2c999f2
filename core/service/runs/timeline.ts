// How CatGT joins the files of a run: the engine's own arithmetic on what the scan knows, nothing is opened. What takes
// part is trimmed to the shortest stream of each trial, then laid out on the time axis.

import path from 'node:path';
import { sequenceFiles, type SourceFile, type StreamSequence } from '../../engines/catgt/index.ts';
import { joinTo, trimToShortest } from '../../spikeglx/index.ts';
import type { GateRange, Input, RunDetails, RunFile, RunTimeline, TimelineFile, TimelineOutcome, TimelineRow } from '../contract/index.ts';
import { timelineFindings } from './timelineFindings.ts';

export type TimelineOptions = Omit<Input<'run.timeline'>, 'runId'>;

interface Trial {
  readonly gate: number;
  readonly trigger: number;
}

/** A file's place in one output. */
interface Placed {
  readonly outcome: TimelineOutcome;
  readonly trimmed: number;
  readonly olap: number;
  readonly gap: number;
  readonly fill: number;
  readonly used: number;
  readonly outStart: number | null;
}

const untouched = { olap: 0, gap: 0, fill: 0, used: 0, outStart: null } as const;

export function timelineOf(run: RunDetails, options: TimelineOptions): RunTimeline {
  const outputs = options.outputs ?? [run.summary.gates.flatMap(({ gate, triggers }) => triggers.map((trigger) => ({ gate, first: trigger, last: trigger })))];
  const streams = run.summary.streams.filter(({ key }) => !options.streams || options.streams.includes(key));
  const trials = run.summary.gates.flatMap(({ gate, triggers }) => triggers.map((trigger) => ({ gate, trigger })));
  const filesOf = new Map(streams.map(({ key }) => [key, run.files.filter((file) => file.stream === key)]));
  const times = trialTimes(run.files);

  const places = outputs.map((ranges) => placeOutput(ranges, streams, filesOf, options));
  const rows = streams.map(({ key, rate_Hz }): TimelineRow => ({
    stream: key,
    rate_Hz,
    files: trials.flatMap((trial): TimelineFile[] => {
      const output = outputs.findIndex((ranges) => ranges.some((range) => isIn(trial, range)));
      const file = filesOf.get(key)!.find((candidate) => isAt(candidate, trial) && candidate.there);
      const shown = file ? times.get(file) : [...times].find(([other]) => isAt(other, trial))?.[1];
      if (!shown) return [];
      const place = output < 0 ? undefined : places[output].get(key)?.placed.get(trialKey(trial));
      return [describeFile(trial, file, shown, place, output, rate_Hz)];
    }),
  }));
  const all = [...times.values()];
  const from_s = Math.min(...all.map(({ start }) => start));
  const to_s = Math.max(...all.map(({ end }) => end));
  const described = outputs.map((ranges, index) => describeOutput(ranges, index, rows, places[index]));
  return {
    from_s: Number.isFinite(from_s) ? from_s : 0,
    to_s: Number.isFinite(to_s) ? to_s : 0,
    rows,
    outputs: described,
    joined_s: described.reduce((sum, output) => sum + output.joined_s, 0),
    findings: timelineFindings(run, rows, options),
  };
}

interface StreamPlace {
  readonly placed: ReadonlyMap<string, Placed>;
  readonly sequence: StreamSequence;
  readonly rate: number;
}

/** By stream: what becomes of its files in one output. */
function placeOutput(ranges: readonly GateRange[], streams: RunDetails['summary']['streams'], filesOf: ReadonlyMap<string, readonly RunFile[]>, options: TimelineOptions): Map<string, StreamPlace> {
  const asked = ranges.flatMap(({ gate, first, last }) => Array.from({ length: last - first + 1 }, (_, index) => ({ gate, trigger: first + index })));
  const trimmed = new Map<RunFile, number>();
  for (const trial of asked) {
    const together = streams.flatMap(({ key }) => filesOf.get(key)!.filter((file) => isAt(file, trial) && file.there));
    trimToShortest(together.map((file) => ({ samples: file.samples_smp, rate: file.rate_Hz, columns: file.channels }))).forEach((samples, index) => trimmed.set(together[index], samples));
  }
  return new Map(streams.flatMap(({ key, rate_Hz, channels }): [string, StreamPlace][] => {
    const files = asked.flatMap((trial) => filesOf.get(key)!.filter((file) => isAt(file, trial) && file.there));
    if (files.length === 0) return [];
    const lost = options.mayMiss ? -1 : asked.findIndex((trial) => !files.some((file) => isAt(file, trial)));
    const reached = startsBeyond(trimmed.get(files[0])!, rate_Hz, options) ? [] : files.filter((file) => lost < 0 || asked.findIndex((trial) => isAt(file, trial)) < lost);
    const sources = reached.map((file) => sourceOf(file, trimmed.get(file)!));
    const sequence = sequenceFiles({
      stream: { kind: 'ap', index: 0 }, fromAp: false, meta: sources[0]?.meta ?? emptyMeta, files: sources,
      facts: { stream: { kind: 'ap', index: 0 }, columns: channels, neural: 0, rate: rate_Hz, firstSample: undefined, bytes: undefined, channels: [] },
    }, { zeroFillMax: options.zerofillmax_ms, startSecs: options.startsecs_s, maxSecs: options.maxsecs_s });
    const placed = new Map<string, Placed>();
    for (const trial of asked) {
      const file = files.find((candidate) => isAt(candidate, trial));
      placed.set(trialKey(trial), file ? placeFile(file, reached, trimmed, sequence) : { outcome: 'missing', trimmed: 0, ...untouched });
    }
    return [[key, { placed, sequence, rate: rate_Hz }]];
  }));
}

/** CatGT reads nothing when the start lies beyond the first file. */
export function startsBeyond(samples: number, rate_Hz: number, { startsecs_s = 0 }: TimelineOptions): boolean {
  return startsecs_s > 0 && Math.trunc(startsecs_s * rate_Hz) >= samples;
}

const emptyMeta = { path: '', values: new Map<string, string>(), encoding: 'utf8' } as const;

function sourceOf(file: RunFile, samples: number): SourceFile {
  const values = new Map(file.firstSample_smp === null ? [] : [['firstSample', String(file.firstSample_smp)]]);
  return { bin: file.path, meta: { path: file.path, values, encoding: 'utf8' }, gate: file.gate, trigger: file.trigger, samples, present: true };
}

function placeFile(file: RunFile, reached: readonly RunFile[], trimmed: ReadonlyMap<RunFile, number>, { stretches, fills }: StreamSequence): Placed {
  const cut = trimmed.get(file)!;
  const index = reached.indexOf(file);
  if (index < 0) return { outcome: 'stop', trimmed: cut, ...untouched };
  const before = index === 0 ? undefined : reached[index - 1];
  const join = before ? joinOf(before, file, trimmed) : undefined;
  if (join?.kind === 'swallowed') return { outcome: 'drop', trimmed: cut, ...untouched, olap: join.samples };
  const fill = fills.find(({ beforeFile }) => join?.kind === 'gap' && beforeFile === path.basename(file.path));
  const found = segmentOf(file, stretches);
  if (!found) return { outcome: 'cut', trimmed: cut, ...untouched, gap: fill?.gap ?? 0, fill: fill?.length ?? 0 };
  const isTrimmed = join?.kind === 'overlap';
  return {
    outcome: index === 0 ? 'first' : isTrimmed ? 'trim' : fill ? 'fill' : 'append',
    trimmed: cut,
    olap: isTrimmed ? join.samples : 0,
    gap: fill?.gap ?? 0,
    fill: fill?.length ?? 0,
    used: found.count,
    outStart: found.out - found.start,
  };
}

function segmentOf(file: RunFile, stretches: StreamSequence['stretches']): { start: number; count: number; out: number } | undefined {
  for (const stretch of stretches) {
    let at = stretch.out;
    for (const { bin, start, count } of stretch.segments) {
      if (bin === file.path) return { start, count, out: at };
      at += count;
    }
  }
  return undefined;
}

function joinOf(before: RunFile, file: RunFile, trimmed: ReadonlyMap<RunFile, number>) {
  if (before.firstSample_smp === null || file.firstSample_smp === null) return undefined;
  return joinTo({ first: before.firstSample_smp, samples: trimmed.get(before)! }, { first: file.firstSample_smp, samples: trimmed.get(file)! });
}

/** Of every file on the run's clock, s. Old metas tell no first sample: their files follow one another. */
function trialTimes(files: readonly RunFile[]): Map<RunFile, { start: number; end: number }> {
  const times = new Map<RunFile, { start: number; end: number }>();
  const ends = new Map<string, number>();
  for (const file of files) {
    if (!file.there) continue;
    const start = file.firstSample_smp === null ? (ends.get(file.stream) ?? 0) : file.firstSample_smp / file.rate_Hz;
    times.set(file, { start, end: start + file.seconds });
    ends.set(file.stream, start + file.seconds);
  }
  return times;
}

function describeFile({ gate, trigger }: Trial, file: RunFile | undefined, { start, end }: { start: number; end: number }, place: Placed | undefined, output: number, rate: number): TimelineFile {
  return {
    gate,
    trigger,
    start_s: start,
    end_s: end,
    outcome: file === undefined ? 'missing' : (place?.outcome ?? 'unused'),
    olap_smp: place?.olap ?? 0,
    gap_smp: place?.gap ?? 0,
    fill_smp: place?.fill ?? 0,
    trim_smp: file && place ? file.samples_smp - place.trimmed : 0,
    used_smp: place?.used ?? 0,
    firstSample_smp: file?.firstSample_smp ?? null,
    samples_smp: file?.samples_smp ?? 0,
    outStart_s: place?.outStart === null || place === undefined ? null : place.outStart / rate,
    output: output < 0 ? null : output,
  };
}

/** The counts are those of trials, not of every stream's files. */
function describeOutput(ranges: readonly GateRange[], index: number, rows: readonly TimelineRow[], places: ReadonlyMap<string, StreamPlace>): RunTimeline['outputs'][number] {
  const count = (fits: (file: TimelineFile) => boolean) => Math.max(0, ...rows.map(({ files }) => files.filter((file) => file.output === index && fits(file)).length));
  return {
    gate: ranges[0].gate,
    ranges,
    joined_s: Math.max(0, ...[...places.values()].map(({ sequence, rate }) => sequence.total / rate)),
    files: count((file) => file.used_smp > 0),
    fills: count((file) => file.fill_smp > 0),
    overlaps: count((file) => file.outcome === 'trim'),
    dropped: count((file) => file.outcome === 'drop'),
  };
}

function isAt({ gate, trigger }: Trial, trial: Trial): boolean {
  return gate === trial.gate && trigger === trial.trigger;
}

function isIn({ gate, trigger }: Trial, range: GateRange): boolean {
  return gate === range.gate && trigger >= range.first && trigger <= range.last;
}

function trialKey({ gate, trigger }: Trial): string {
  return `${gate} ${trigger}`;
}
