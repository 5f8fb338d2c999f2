// A run as it lies on the disk, before work starts: which devices (probes, NI, OneBoxes) are whole, which must be left out
// and why, and which triggers each gate has.

import path from 'node:path';
import { isAftergateError } from '../../common/index.ts';
import { type Meta, streamLabel, type StreamId } from '../../spikeglx/index.ts';
import type { RunSpec } from '../session/runSpecs.ts';
import { findFiles, type RecordedFile } from './findFiles.ts';
import { type GatePart, gateParts, triggersAsked, wantedTriggers } from './triggers.ts';
import { wholeFile } from './wholeFile.ts';

/** A probe with its AP and LF files, or NI, or a OneBox. */
export interface Device {
  /** `imec0`, `ni`, `obx0` */
  readonly label: string;
  readonly kind: 'imec' | 'ni' | 'obx';
  readonly index: number;
  readonly drive: string;
  readonly inProbeFolder: boolean;
  /** Its files in order of gate and trigger; the LF's after the AP's. */
  readonly files: readonly RecordedFile[];
  /** Bytes by stream: `imec0.ap`, `imec0.lf`. */
  readonly bytes: Readonly<Record<string, number>>;
  /** Of its first stream, all triggers together, s. */
  readonly seconds: number;
  /** Of its first file; of an output's NI and OneBox, which are not looked at, undefined. */
  readonly meta: Meta | undefined;
}

export interface DeviceProblem {
  readonly label: string;
  readonly message: string;
  readonly next?: string;
}

export interface Recording {
  readonly devices: readonly Device[];
  readonly problems: readonly DeviceProblem[];
  readonly parts: readonly GatePart[];
}

export interface RecordingOptions {
  readonly drives: readonly string[];
  readonly hasRunFolder: boolean;
  /** Triggers may be missing (CatGT's -t_miss_ok). */
  readonly mayMiss: boolean;
  readonly withLf: boolean;
  /** undefined: if it is there. */
  readonly ni: boolean | undefined;
  /** 'all': those that are there. */
  readonly obx: readonly number[] | 'all';
}

export async function inspectRecording(spec: RunSpec, options: RecordingOptions): Promise<Recording> {
  const [firstGate, lastGate] = spec.gates;
  const gates = Array.from({ length: lastGate - firstGate + 1 }, (_, index) => firstGate + index);
  const files = (await Promise.all(gates.map((gate) => findFiles(options.drives, spec.run, gate, options.hasRunFolder)))).flat().filter(({ name }) => name.trigger !== 'cat');
  const wanted = wantedDevices(spec, files, options);
  const ofWanted = files.filter(({ name }) => wanted.some((device) => isOf(name.stream, device)));
  const trials = gates.flatMap((gate) => wantedTriggers(triggersAsked(spec, gate), triggersOf(ofWanted, gate)).map((trigger) => ({ gate, trigger })));
  const parts = gates.flatMap((gate) => gateParts(gate, trials.filter((trial) => trial.gate === gate).map(({ trigger }) => trigger)));
  const emptyGate = gates.find((gate) => !parts.some((part) => part.gate === gate));
  if (emptyGate !== undefined && (!options.mayMiss || parts.length === 0)) {
    return { devices: [], parts, problems: [{ label: '', message: `there are no files of ${spec.run}_g${emptyGate} in ${options.drives.join(', ')}`, next: 'Check the name, the gates and that the drive is connected.' }] };
  }
  const inspected = await Promise.all(wanted.map((device) => inspectDevice(device, ofWanted.filter(({ name }) => isOf(name.stream, device)), trials, options)));
  const devices = inspected.filter((result): result is Device => 'files' in result);
  const problems = inspected.filter((result): result is DeviceProblem => 'message' in result);
  const scattered = devices.filter(({ kind, drive }) => kind !== 'imec' && drive !== mainDrive(devices));
  return {
    parts,
    devices: devices.filter((device) => !scattered.includes(device)),
    problems: [...problems, ...scattered.map(({ label, drive }) => ({ label, message: `is in ${drive}, other auxiliary streams in ${mainDrive(devices)}`, next: 'Put NI and OneBoxes of a run on one drive.' }))],
  };
}

/** What CatGT calls -dir: where NI and OneBoxes are, or else the first probe. */
export function mainDrive(devices: readonly Device[]): string {
  return (devices.find(({ kind }) => kind !== 'imec') ?? devices[0]).drive;
}

type Wanted = Pick<Device, 'label' | 'kind' | 'index'>;

interface Trial {
  readonly gate: number;
  readonly trigger: number;
}

function wantedDevices(spec: RunSpec, files: readonly RecordedFile[], { ni, obx }: RecordingOptions): Wanted[] {
  const withNi = ni ?? files.some(({ name }) => name.stream.kind === 'nidq');
  const allObx = () => [...new Set(files.filter(({ name }) => name.stream.kind === 'obx').map(({ name }) => name.stream.index))].sort((a, b) => a - b);
  return [
    ...spec.probes.map((index) => ({ label: `imec${index}`, kind: 'imec' as const, index })),
    ...(withNi ? [{ label: 'ni', kind: 'ni' as const, index: 0 }] : []),
    ...(obx === 'all' ? allObx() : obx).map((index) => ({ label: `obx${index}`, kind: 'obx' as const, index })),
  ];
}

function isOf(stream: StreamId, { kind, index }: Wanted): boolean {
  if (kind === 'imec') return (stream.kind === 'ap' || stream.kind === 'lf') && stream.index === index;
  return kind === 'ni' ? stream.kind === 'nidq' : stream.kind === 'obx' && stream.index === index;
}

function triggersOf(files: readonly RecordedFile[], gate: number): number[] {
  return files.filter(({ name }) => name.gate === gate).map(({ name }) => Number(name.trigger));
}

async function inspectDevice(device: Wanted, files: readonly RecordedFile[], trials: readonly Trial[], options: RecordingOptions): Promise<Device | DeviceProblem> {
  const problem = (message: string, next?: string): DeviceProblem => ({ label: device.label, message, next });
  const own = files.filter(({ name }) => name.stream.kind !== 'lf' && trials.some((trial) => isAt(name, trial)));
  const lf = options.withLf ? files.filter(({ name }) => name.stream.kind === 'lf' && trials.some((trial) => isAt(name, trial))) : [];
  const missing = trials.find((trial) => !own.some(({ name }) => isAt(name, trial)));
  if (own.length === 0) return problem('has no files there', 'Check that the drive is connected, or leave it out.');
  if (missing && !options.mayMiss) return problem(`has no files of gate ${missing.gate}, trigger ${missing.trigger}`, 'Copy them, or allow holes with -t_miss_ok in catGT_cmd_string.');
  const places = [...new Set([...own, ...lf].map(({ base }) => path.dirname(base)))];
  const drives = [...new Set([...own, ...lf].map(({ drive }) => drive))];
  const twice = own.find((file) => own.some((other) => other !== file && path.basename(other.base) === path.basename(file.base)));
  if (twice || drives.length > 1) return problem(`is in several places: ${places.join(', ')}`, 'Keep one of them in npx_directory.');
  return measure(device, [...own, ...lf].sort(inOrder)).catch((error: unknown) => {
    if (!isAftergateError(error)) throw error;
    return problem(error.message, error.next);
  });
}

function isAt(name: RecordedFile['name'], { gate, trigger }: Trial): boolean {
  return name.gate === gate && name.trigger === trigger;
}

function inOrder({ name: a }: RecordedFile, { name: b }: RecordedFile): number {
  return Number(a.stream.kind === 'lf') - Number(b.stream.kind === 'lf') || a.gate - b.gate || Number(a.trigger) - Number(b.trigger);
}

/** Throws InputFileError for a file that is not whole. */
async function measure(device: Wanted, files: readonly RecordedFile[]): Promise<Device> {
  const bytes: Record<string, number> = {};
  let seconds = 0;
  let meta: Meta | undefined;
  for (const { base, name } of files) {
    const file = await wholeFile(`${base}.bin`, `${base}.meta`, rateKeys[device.kind]);
    const label = streamLabel(name.stream);
    meta ??= file.meta;
    bytes[label] = (bytes[label] ?? 0) + file.bytes;
    if (name.stream.kind !== 'lf') seconds += file.seconds;
  }
  const { drive, inProbeFolder } = files[0];
  return { ...device, drive, inProbeFolder, files, bytes, seconds, meta };
}

const rateKeys: Readonly<Record<Device['kind'], string>> = { imec: 'imSampRate', ni: 'niSampRate', obx: 'obSampRate' };
