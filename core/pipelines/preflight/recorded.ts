// The files of a run as they lie on the disk, with what their metas say: what all checks of a run look at. Quick: names,
// sizes and metas, no samples.

import fs from 'node:fs/promises';
import { hasCatgtOption } from '../../notation/index.ts';
import { lengthOf, type Meta, type StreamFacts, streamLabel, type StreamId } from '../../spikeglx/index.ts';
import { findFiles, type RecordedFile } from '../recording/findFiles.ts';
import { triggersAsked, wantedTriggers } from '../recording/triggers.ts';
import type { MultiRunSession } from '../session/parseSession.ts';
import type { RunSpec } from '../session/runSpecs.ts';
import type { MetaCache } from './metaCache.ts';

export interface FileOnDisk extends RecordedFile {
  /** `imec0.ap` */
  readonly label: string;
  readonly gate: number;
  readonly trigger: number;
  /** Of the .bin; 0 without one. */
  readonly bytes: number;
  /** ms since 1970. */
  readonly modified: number;
  /** Samples in the file, and what the meta says of its length. */
  readonly length?: ReturnType<typeof lengthOf>;
  readonly meta?: Meta;
  readonly facts?: StreamFacts;
  /** Why the meta cannot be used. */
  readonly problem?: string;
}

export interface RunOnDisk {
  readonly spec: RunSpec;
  /** `imec0`, `ni`, `obx0`: what is asked for. */
  readonly devices: readonly WantedDevice[];
  /** Of those devices, all gates of the spec, in order. */
  readonly files: readonly FileOnDisk[];
  /** Gates and triggers asked for, in order. */
  readonly trials: readonly { readonly gate: number; readonly trigger: number }[];
}

export interface WantedDevice {
  readonly label: string;
  readonly kind: 'imec' | 'ni' | 'obx';
  readonly index: number;
}

/** Runs that are looked at side by side. */
const width = 8;

export async function readRuns(session: MultiRunSession, metas: MetaCache): Promise<RunOnDisk[]> {
  const runs: RunOnDisk[] = [];
  for (let first = 0; first < session.run_specs.length; first += width) {
    runs.push(...await Promise.all(session.run_specs.slice(first, first + width).map((spec) => readRun(session, spec, metas))));
  }
  return runs;
}

async function readRun(session: MultiRunSession, spec: RunSpec, metas: MetaCache): Promise<RunOnDisk> {
  const [firstGate, lastGate] = spec.gates;
  const gates = Array.from({ length: lastGate - firstGate + 1 }, (_, index) => firstGate + index);
  const hasRunFolder = !hasCatgtOption(session.catGT_cmd_string, 'no_run_fld');
  const found = (await Promise.all(gates.map((gate) => findFiles(session.npx_directory, spec.run, gate, hasRunFolder)))).flat().filter(({ name }) => name.trigger !== 'cat');
  const devices = wantedDevices(session, spec, found);
  const wanted = found.filter(({ name }) => devices.some((device) => isOf(name.stream, device)) && (name.stream.kind !== 'lf' || session.process_lf));
  const trials = gates.flatMap((gate) => wantedTriggers(triggersAsked(spec, gate), wanted.filter(({ name }) => name.gate === gate).map(({ name }) => Number(name.trigger))).map((trigger) => ({ gate, trigger })));
  const files = await Promise.all(wanted.map((file) => readFile(file, metas)));
  return { spec, devices, trials, files: files.sort((a, b) => a.gate - b.gate || a.trigger - b.trigger) };
}

async function readFile(file: RecordedFile, metas: MetaCache): Promise<FileOnDisk> {
  const [stats, known] = await Promise.all([
    file.hasBin ? fs.stat(`${file.base}.bin`).catch(() => undefined) : undefined,
    file.hasMeta ? metas.read(`${file.base}.meta`) : undefined,
  ]);
  const bytes = stats?.size ?? 0;
  const common = { ...file, label: streamLabel(file.name.stream), gate: file.name.gate, trigger: Number(file.name.trigger), bytes, modified: stats?.mtimeMs ?? 0 };
  if (known === undefined || known.problem !== undefined) return { ...common, problem: known?.problem };
  return { ...common, meta: known.meta, facts: known.facts, length: lengthOf(bytes, known.meta) };
}

function wantedDevices(session: MultiRunSession, spec: RunSpec, files: readonly RecordedFile[]): WantedDevice[] {
  const withNi = session.ni_present ?? files.some(({ name }) => name.stream.kind === 'nidq');
  const boxes = session.obx_present === false ? [] : session.obx_present === true && spec.obx.length === 0
    ? [...new Set(files.filter(({ name }) => name.stream.kind === 'obx').map(({ name }) => name.stream.index))].sort((a, b) => a - b)
    : spec.obx;
  return [
    ...spec.probes.map((index) => ({ label: `imec${index}`, kind: 'imec' as const, index })),
    ...(withNi ? [{ label: 'ni', kind: 'ni' as const, index: 0 }] : []),
    ...boxes.map((index) => ({ label: `obx${index}`, kind: 'obx' as const, index })),
  ];
}

export function isOf(stream: StreamId, { kind, index }: WantedDevice): boolean {
  if (kind === 'imec') return (stream.kind === 'ap' || stream.kind === 'lf') && stream.index === index;
  return kind === 'ni' ? stream.kind === 'nidq' : stream.kind === 'obx' && stream.index === index;
}

/** The files of a device in trials that were asked for; of a probe the AP's. */
export function filesOf(run: RunOnDisk, device: WantedDevice): FileOnDisk[] {
  return run.files.filter((file) => isOf(file.name.stream, device) && file.name.stream.kind !== 'lf' && isAskedFor(run, file));
}

export function isAskedFor({ trials }: RunOnDisk, file: FileOnDisk): boolean {
  return trials.some(({ gate, trigger }) => gate === file.gate && trigger === file.trigger);
}
