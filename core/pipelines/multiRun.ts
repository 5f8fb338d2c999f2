// multi-run: for every run and its gates CatGT once, the modules of each probe, TPrime once. Super-runs that were joined
// before are runs like others, in folders of another name. What is sorted of a probe, all of it or shank by shank, is found
// by splitShanks.

import path from 'node:path';
import { isAftergateError, isThere } from '../common/index.ts';
import type { Step } from '../execution/index.ts';
import { hasCatgtOption, shankOf } from '../notation/index.ts';
import { ephysParams, type Meta } from '../spikeglx/index.ts';
import type { Planned, Problem } from './expand.ts';
import { type Device, inspectRecording, type Recording } from './recording/recording.ts';
import { wholeFile } from './recording/wholeFile.ts';
import type { MultiRunSession } from './session/parseSession.ts';
import { regionOf, type RunSpec } from './session/runSpecs.ts';
import { type DividedProbe, dividedBefore, divideRecorded, type Piece } from './splitShanks.ts';
import { catgtStep } from './steps/catgtStep.ts';
import { catgtFolder, catgtTag, probeFiles, runAndGate } from './steps/names.ts';
import { probeSteps } from './steps/probeSteps.ts';
import { type ProbeToClear, removeSteps } from './steps/removeAp.ts';
import { tprimeSteps } from './steps/tprimeSteps.ts';

export async function expandMultiRun(session: MultiRunSession): Promise<Planned> {
  const steps: Step[] = [];
  const problems: Problem[] = [];
  for (const spec of session.run_specs) {
    const planned = await expandRun(session, spec);
    steps.push(...planned.steps);
    problems.push(...planned.problems);
  }
  return { steps, problems };
}

async function expandRun(session: MultiRunSession, spec: RunSpec): Promise<Planned> {
  const { recording, divided } = session.run_CatGT ? await divide(session, spec) : await inspectOutput(session, spec);
  const gate = spec.gates[0];
  const name = runAndGate(spec.run, gate);
  const problems = problemsOf(spec, recording);
  const probes = recording.devices.filter(({ kind }) => kind === 'imec');
  if (probes.length === 0) return { steps: [], problems };
  const notes = problems.map(({ device, message }) => `${device} is left out: ${message}`);
  const parts = [...divided.values()];
  try {
    const [first] = probes;
    const params = ephysParams(first.meta!);
    const options = [session.catGT_cmd_string, ...parts.flatMap(({ option }) => option ?? [])].join(' ');
    const catgt = session.run_CatGT ? catgtStep({ ...session, catGT_cmd_string: options }, spec, recording, params, [...notes, ...parts.flatMap(({ note }) => note ?? [])]) : undefined;
    const ofPieces = probes.flatMap((probe) => divided.get(probe.index)!.pieces.map((piece) => stepsOfPiece(session, spec, probe, piece, catgt)));
    const aligned = session.runTPrime ? tprimeSteps(session, {
      spec, catgt, devices: recording.devices, notes, meta: metaOf(session, spec, first, divided.get(first.index)!.pieces[0]), probe: params,
      after: ofPieces.flatMap((steps) => steps.slice(-1).map(({ id }) => id)),
    }) : [];
    const cleared = catgt ? removeSteps(session, probes.flatMap((probe) => divided.get(probe.index)!.pieces.map((piece) => probeToClear(session, spec, probe, piece, catgt, ofPieces.flat()))), aligned) : [];
    return { steps: [...(catgt ? [catgt] : []), ...ofPieces.flat(), ...aligned, ...cleared], problems };
  } catch (error) {
    // A meta that can be read but not used; a mistake in the session goes up.
    if (!isAftergateError(error) || error.tag !== 'input-file') throw error;
    return { steps: [], problems: [...problems, { what: name, run: spec.run, gate, message: error.message, next: error.next }] };
  }
}

/** A recording whose probes can all be processed, and what is sorted of each, by its index. */
interface Divided {
  readonly recording: Recording;
  readonly divided: ReadonlyMap<number, DividedProbe>;
}

/** A probe that cannot be divided is left out, like one that is not whole. */
async function divide(session: MultiRunSession, spec: RunSpec): Promise<Divided> {
  const recording = await inspect(session, spec);
  const divided = new Map<number, DividedProbe>();
  const problems = [...recording.problems];
  for (const probe of recording.devices.filter(({ kind }) => kind === 'imec')) {
    try {
      divided.set(probe.index, divideRecorded(session, spec, probe));
    } catch (error) {
      if (!isAftergateError(error) || error.tag !== 'input-file') throw error;
      problems.push({ label: probe.label, message: error.message, next: error.next });
    }
  }
  const devices = recording.devices.filter(({ kind, index }) => kind !== 'imec' || divided.has(index));
  return { recording: { ...recording, devices, problems }, divided };
}

/** What of a run cannot be processed. */
export function problemsOf(spec: RunSpec, { problems }: Recording): Problem[] {
  const gate = spec.gates[0];
  const name = runAndGate(spec.run, gate);
  return problems.map(({ label, message, next }) => ({ what: label === '' ? name : `${name} ${label}`, run: spec.run, gate, device: label === '' ? undefined : label, message, next }));
}

export function inspect(session: MultiRunSession, spec: RunSpec): Promise<Recording> {
  const has = (option: string) => hasCatgtOption(session.catGT_cmd_string, option);
  return inspectRecording(spec, {
    drives: session.npx_directory,
    hasRunFolder: !has('no_run_fld'),
    mayMiss: has('t_miss_ok'),
    withLf: session.process_lf,
    ni: session.ni_present,
    obx: session.obx_present === false ? [] : session.obx_present === true && spec.obx.length === 0 ? 'all' : spec.obx,
  });
}

/** Without CatGT the files of an earlier pass are taken as they are. */
async function inspectOutput(session: MultiRunSession, spec: RunSpec): Promise<Divided> {
  const gate = spec.gates[0];
  const plain = { drive: session.catGT_dest, inProbeFolder: true, files: [], bytes: {} };
  const devices: Device[] = [];
  const divided = new Map<number, DividedProbe>();
  const problems: { label: string; message: string; next?: string }[] = [];
  for (const index of spec.probes) {
    const pieces: Piece[] = [];
    const found: { seconds: number; meta: Meta }[] = [];
    for (const number of await dividedBefore(session, spec, index)) {
      const { bin, meta } = probeFiles(session.catGT_dest, spec.run, gate, index, catgtTag(session), number);
      const label = `imec${number}`;
      try {
        const whole = await wholeFile(bin, meta, 'imSampRate');
        pieces.push({ label, index: number, params: ephysParams(whole.meta) });
        found.push(whole);
      } catch (error) {
        if (!isAftergateError(error)) throw error;
        problems.push({ label, message: error.message, next: 'Run CatGT on it first (run_CatGT).' });
      }
    }
    if (pieces.length === 0) continue;
    divided.set(index, { pieces });
    devices.push({ ...plain, label: `imec${index}`, kind: 'imec', index, seconds: Math.max(...found.map(({ seconds }) => seconds)), meta: found[0].meta });
  }
  const nidq = path.join(catgtFolder(session.catGT_dest, spec.run, gate, catgtTag(session)), `${runAndGate(spec.run, gate)}_tcat.nidq.meta`);
  if (await isThere(nidq)) devices.push({ ...plain, label: 'ni', kind: 'ni', index: 0, seconds: 0, meta: undefined });
  for (const index of spec.obx) devices.push({ ...plain, label: `obx${index}`, kind: 'obx', index, seconds: 0, meta: undefined });
  return { recording: { devices, problems, parts: [] }, divided };
}

/** @param catgt the step that leaves the file @param steps those of the run's probes */
export function probeToClear(session: MultiRunSession, spec: RunSpec, probe: Device, piece: Piece, catgt: Step, steps: readonly Step[]): ProbeToClear {
  const gate = spec.gates[0];
  const { bin } = probeFiles(session.catGT_dest, spec.run, gate, probe.index, catgtTag(session), piece.index);
  const own = steps.filter((step) => step.probe === piece.index);
  return { id: `${runAndGate(spec.run, gate)}_${piece.label}`, run: spec.run, gate, probe: piece.index, files: [bin], last: (own.at(-1) ?? catgt).id };
}

/** A meta of the probe, or of a piece of it, that is there already. */
export function metaOf(session: MultiRunSession, spec: RunSpec, probe: Device, piece: Pick<Piece, 'index'> = probe): string {
  return session.run_CatGT ? `${probe.files[0].base}.meta` : probeFiles(session.catGT_dest, spec.run, spec.gates[0], probe.index, catgtTag(session), piece.index).meta;
}

/** @param catgt the step that leaves the file */
export function stepsOfPiece(session: MultiRunSession, spec: RunSpec, probe: Device, piece: Piece, catgt: Step | undefined): Step[] {
  const gate = spec.gates[0];
  const { folder, bin, meta } = probeFiles(session.catGT_dest, spec.run, gate, probe.index, catgtTag(session), piece.index);
  return probeSteps(session, {
    id: `${runAndGate(spec.run, gate)}_${piece.label}`,
    label: piece.label,
    run: spec.run,
    gate,
    probe: piece.index,
    region: regionOf(spec, probe.index, shankOf(piece.index)),
    regionKey: `${spec.name}: regions`,
    bin,
    meta,
    knownMeta: metaOf(session, spec, probe, piece),
    params: piece.params,
    folder,
    seconds: probe.seconds,
    dependsOn: catgt ? [{ step: catgt.id, leaving: [bin, meta] }] : [],
  }, {
    npx_directory: probe.drive,
    gate_string: String(gate),
    probe_string: spec.probes.join(','),
    event_ex_param_str: session.event_ex_param_str,
    sync_period: session.sync_period,
    toStream_sync_params: session.toStream_sync_params,
  });
}
