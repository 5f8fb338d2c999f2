// multi-run: for every run and its gates CatGT once, the modules of each probe, TPrime once. Super-runs that were joined
// before are runs like others, in folders of another name.

import path from 'node:path';
import { isAftergateError, isThere } from '../common/index.ts';
import type { Step } from '../execution/index.ts';
import { hasCatgtOption } from '../notation/index.ts';
import { ephysParams, type EphysParams } from '../spikeglx/index.ts';
import type { Planned, Problem } from './expand.ts';
import { type Device, inspectRecording, type Recording } from './recording/recording.ts';
import { wholeFile } from './recording/wholeFile.ts';
import type { MultiRunSession } from './session/parseSession.ts';
import type { RunSpec } from './session/runSpecs.ts';
import { catgtStep } from './steps/catgtStep.ts';
import { catgtFolder, catgtTag, probeFiles, runAndGate } from './steps/names.ts';
import { probeSteps } from './steps/probeSteps.ts';
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
  const recording = session.run_CatGT ? await inspect(session, spec) : await inspectOutput(session, spec);
  const gate = spec.gates[0];
  const name = runAndGate(spec.run, gate);
  const problems = problemsOf(spec, recording);
  const probes = recording.devices.filter(({ kind }) => kind === 'imec');
  if (probes.length === 0) return { steps: [], problems };
  const notes = problems.map(({ device, message }) => `${device} is left out: ${message}`);
  try {
    const params = probes.map(({ meta }) => ephysParams(meta!));
    const catgt = session.run_CatGT ? catgtStep(session, spec, recording, params[0], notes) : undefined;
    const ofProbes = probes.map((probe, index) => stepsOfProbe(session, spec, probe, params[index], catgt));
    const aligned = session.runTPrime ? tprimeSteps(session, {
      spec, catgt, devices: recording.devices, notes, meta: metaOf(session, spec, probes[0]), probe: params[0],
      after: ofProbes.flatMap((steps) => steps.slice(-1).map(({ id }) => id)),
    }) : [];
    return { steps: [...(catgt ? [catgt] : []), ...ofProbes.flat(), ...aligned], problems };
  } catch (error) {
    // A meta that can be read but not used; a mistake in the session goes up.
    if (!isAftergateError(error) || error.tag !== 'input-file') throw error;
    return { steps: [], problems: [...problems, { what: name, run: spec.run, gate, message: error.message, next: error.next }] };
  }
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
async function inspectOutput(session: MultiRunSession, spec: RunSpec): Promise<Recording> {
  const gate = spec.gates[0];
  const plain = { drive: session.catGT_dest, inProbeFolder: true, files: [], bytes: {} };
  const devices: Device[] = [];
  const problems: { label: string; message: string; next?: string }[] = [];
  for (const index of spec.probes) {
    const { bin, meta } = probeFiles(session.catGT_dest, spec.run, gate, index, catgtTag(session));
    const label = `imec${index}`;
    try {
      const whole = await wholeFile(bin, meta, 'imSampRate');
      devices.push({ ...plain, label, kind: 'imec', index, seconds: whole.seconds, meta: whole.meta });
    } catch (error) {
      if (!isAftergateError(error)) throw error;
      problems.push({ label, message: error.message, next: 'Run CatGT on it first (run_CatGT).' });
    }
  }
  const nidq = path.join(catgtFolder(session.catGT_dest, spec.run, gate, catgtTag(session)), `${runAndGate(spec.run, gate)}_tcat.nidq.meta`);
  if (await isThere(nidq)) devices.push({ ...plain, label: 'ni', kind: 'ni', index: 0, seconds: 0, meta: undefined });
  for (const index of spec.obx) devices.push({ ...plain, label: `obx${index}`, kind: 'obx', index, seconds: 0, meta: undefined });
  return { devices, problems, parts: [] };
}

/** A meta of the probe that is there already. */
export function metaOf(session: MultiRunSession, spec: RunSpec, probe: Device): string {
  return session.run_CatGT ? `${probe.files[0].base}.meta` : probeFiles(session.catGT_dest, spec.run, spec.gates[0], probe.index, catgtTag(session)).meta;
}

/** @param catgt the step that leaves the probe's file */
export function stepsOfProbe(session: MultiRunSession, spec: RunSpec, probe: Device, params: EphysParams, catgt: Step | undefined): Step[] {
  const gate = spec.gates[0];
  const { folder, bin, meta } = probeFiles(session.catGT_dest, spec.run, gate, probe.index, catgtTag(session));
  return probeSteps(session, {
    id: `${runAndGate(spec.run, gate)}_${probe.label}`,
    label: probe.label,
    run: spec.run,
    gate,
    probe: probe.index,
    region: spec.regions[spec.probes.indexOf(probe.index)] ?? 'default',
    regionKey: `${spec.name}: regions`,
    bin,
    meta,
    knownMeta: metaOf(session, spec, probe),
    params,
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
