// Which streams and files a run has: clocks, first samples, lengths, names. Everything follows from the description;
// nothing is written here.

import path from 'node:path';
import { ParameterError } from '../common/index.ts';
import { formatSglxName, joinTo, streamLabel } from '../spikeglx/index.ts';
import type { Join, StreamId } from '../spikeglx/index.ts';
import type { Clock } from './clock.ts';
import { dividedClock, makeClock } from './clock.ts';
import type { Fault, RunDescription, Span } from './description.ts';
import type { ClockDescription } from './probeDescription.ts';
import { niDevice, oneBoxDevice } from './device.ts';
import { randomStream } from './random.ts';
import { savedColumns } from './savedColumns.ts';
import { factsOfPart } from './sites.ts';

export interface FilePlan {
  readonly span: Span;
  readonly firstSample: number;
  readonly samples: number;
  /** Under the destination, without '.bin' or '.meta'. */
  readonly base: string;
  readonly join: Join;
  readonly faults: readonly Fault['kind'][];
  /** Of the length: what is left when truncated, what is told when stale. */
  readonly fraction: number;
}

export interface StreamPlan {
  readonly id: StreamId;
  readonly label: string;
  readonly columns: number;
  readonly clock: Clock;
  readonly ppm: number;
  /** What the meta says, samples per s. */
  readonly metaRate: number;
  readonly files: readonly FilePlan[];
}

/** LF samples are taken with every twelfth AP sample. */
const lfDivider = 12;
const probeRate = 30000;

export function planStreams(run: RunDescription): StreamPlan[] {
  return [...run.probes.flatMap((_, index) => probeStreams(run, index)), ...niStreams(run), ...oneBoxStreams(run)];
}

/** The clock of a stream by its label ('imec0.ap', 'nidq'): at which of its samples something happened, and when. */
export function clockOf(run: RunDescription, label: string): Clock {
  const stream = planStreams(run).find((candidate) => candidate.label === label);
  if (!stream) throw new ParameterError(`simulation: the run has no stream '${label}'`);
  return stream.clock;
}

/** True time at which the last span ends, with some room for streams that end late, s. */
export function runSeconds(run: RunDescription): number {
  return run.spans.reduce((last, { toS }) => Math.max(last, toS), 0) + 1;
}

function probeStreams(run: RunDescription, index: number): StreamPlan[] {
  const probe = run.probes[index]!;
  const facts = factsOfPart(probe.partNumber);
  const saved = savedColumns(probe, facts, `probes.${index}`);
  const { clock, ppm, metaRate } = streamClock(run, `imec${index}`, probeRate, probe.clock);
  const hasLf = facts.acqLf > 0;
  const threeA = facts.partNumber === '3A';
  const stream = (kind: 'ap' | 'lf', columns: number, divider: number) => plan(run, {
    id: { kind, index },
    columns,
    clock: divider === 1 ? clock : dividedClock(clock, divider),
    ppm,
    metaRate: metaRate / divider,
    // AP and LF files of one trigger start and end with the same LF sample.
    tick: kind === 'ap' && hasLf ? lfDivider : 1,
    lateOf: `imec${index}`,
    lateTicks: hasLf ? Math.floor(run.raggedSamples / lfDivider) : run.raggedSamples,
    lateUnit: hasLf ? lfDivider / divider : 1,
    folder: (gate) => path.join(probe.drive, gateFolder(run, gate), run.probeFolders && !threeA ? `${run.name}_g${gate}_imec${index}` : ''),
    threeA,
  });
  const ap = stream('ap', saved.ap.length + saved.sy.length, 1);
  return hasLf && probe.lf ? [ap, stream('lf', saved.lf.length + saved.sy.length, lfDivider)] : [ap];
}

function niStreams(run: RunDescription): StreamPlan[] {
  if (!run.ni) return [];
  const device = niDevice(run.ni);
  const clocked = streamClock(run, 'nidq', device.nominalRate, run.ni.clock);
  return [plan(run, { ...clocked, id: { kind: 'nidq', index: 0 }, columns: device.saved.length, ...deviceLayout(run, 'nidq') })];
}

function oneBoxStreams(run: RunDescription): StreamPlan[] {
  return run.oneBoxes.map((box, index) => {
    const device = oneBoxDevice(box, index);
    const clocked = streamClock(run, `obx${index}`, device.nominalRate, box.clock);
    return plan(run, { ...clocked, id: { kind: 'obx', index }, columns: device.saved.length, ...deviceLayout(run, `obx${index}`) });
  });
}

function deviceLayout(run: RunDescription, label: string): Pick<StreamLayout, 'tick' | 'lateOf' | 'lateTicks' | 'lateUnit' | 'folder' | 'threeA'> {
  return { tick: 1, lateOf: label, lateTicks: run.raggedSamples, lateUnit: 1, folder: (gate) => gateFolder(run, gate), threeA: false };
}

function gateFolder(run: RunDescription, gate: number): string {
  return run.runFolder ? `${run.name}_g${gate}` : '';
}

function streamClock(run: RunDescription, purpose: string, nominalRate: number, description: ClockDescription): { clock: Clock; ppm: number; metaRate: number } {
  const ppm = description.ppm ?? Number((20 * (2 * randomStream(run.seed, 'clock', purpose).uniform() - 1)).toFixed(3));
  const clock = makeClock(nominalRate, { ...description, ppm });
  return { clock, ppm, metaRate: description.calibrated ? Number(clock.rate.toFixed(4)) : nominalRate };
}

interface StreamLayout {
  readonly id: StreamId;
  readonly columns: number;
  readonly clock: Clock;
  readonly ppm: number;
  readonly metaRate: number;
  /** Files start and end on multiples of so many samples. */
  readonly tick: number;
  /** Streams that end late together, by up to so many units of so many samples. */
  readonly lateOf: string;
  readonly lateTicks: number;
  readonly lateUnit: number;
  readonly folder: (gate: number) => string;
  readonly threeA: boolean;
}

function plan(run: RunDescription, layout: StreamLayout): StreamPlan {
  const { id, clock } = layout;
  const label = streamLabel(id);
  const boundary = (time: number) => Math.max(0, layout.tick * Math.round(clock.positionAt(time) / layout.tick));
  let previous: { first: number; samples: number } | undefined;
  const files = inRecordingOrder(run.spans).map((span): FilePlan => {
    const late = layout.lateUnit * ticksLate(run, layout, span);
    const firstSample = boundary(span.fromS);
    const samples = boundary(span.toS) - firstSample + late;
    const join: Join = previous ? joinTo(previous, { first: firstSample, samples }) : { kind: 'first', samples: 0 };
    previous = { first: firstSample, samples };
    const name = formatSglxName({ run: run.name, gate: span.gate, trigger: span.trigger, exported: false, threeA: layout.threeA, stream: id });
    const faults = run.faults.filter((fault) => fault.stream === label && fault.gate === span.gate && fault.trigger === span.trigger);
    return { span, firstSample, samples, base: path.join(layout.folder(span.gate), name), join, faults: faults.map((fault) => fault.kind), fraction: faults[0]?.fraction ?? 1 };
  });
  return { id, label, columns: layout.columns, clock, ppm: layout.ppm, metaRate: layout.metaRate, files };
}

/** Gates outer, triggers inner: the order in which files are joined. */
function inRecordingOrder(spans: readonly Span[]): Span[] {
  return [...spans].sort((a, b) => a.gate - b.gate || a.trigger - b.trigger);
}

/** Streams end each a little late, but not where the next trigger goes on without a break. */
function ticksLate(run: RunDescription, layout: StreamLayout, span: Span): number {
  if (run.spans.some((other) => other.fromS === span.toS)) return 0;
  return Math.floor(randomStream(run.seed, 'late', layout.lateOf, span.gate, span.trigger).uniform() * (layout.lateTicks + 1));
}
