// super-run: CatGT on every run by itself, the outputs joined in the order of the runs, then the joined run as if it had
// been recorded in one piece: the modules of each probe, TPrime once. It is called after its first run.

import path from 'node:path';
import { isAftergateError } from '../common/index.ts';
import type { Step } from '../execution/index.ts';
import { ephysParams } from '../spikeglx/index.ts';
import type { Planned, Problem } from './expand.ts';
import { inspect, metaOf, probeToClear, problemsOf, stepsOfPiece } from './multiRun.ts';
import type { Device, Recording } from './recording/recording.ts';
import type { MultiRunSession } from './session/parseSession.ts';
import type { RunSpec } from './session/runSpecs.ts';
import { wholeProbe } from './splitShanks.ts';
import { catgtStep } from './steps/catgtStep.ts';
import { jsonFiles, probeFiles, runAndGate } from './steps/names.ts';
import { removeSteps } from './steps/removeAp.ts';
import { firstPassOptions, supercatStep } from './steps/supercatStep.ts';
import { tprimeSteps } from './steps/tprimeSteps.ts';

/** One of the runs that are joined. */
export interface Part {
  readonly spec: RunSpec;
  /** Begins the names of its JSON files. */
  readonly name: string;
  /** The folder that CatGT's output folder is made in. */
  readonly dest: string;
  readonly recording: Recording;
}

export async function expandSuperRun(session: MultiRunSession): Promise<Planned> {
  const recordings = await Promise.all(session.run_specs.map((spec) => inspect(session, spec)));
  const problems = session.run_specs.flatMap((spec, index) => problemsOf(spec, recordings[index]));
  const [first] = session.run_specs;
  const [run, gate] = [first.run, first.gates[0]];
  const { common, notes } = commonDevices(session.run_specs, recordings);
  if (!common.some((label) => label.startsWith('imec'))) {
    const why: Problem = { what: `super-run ${runAndGate(run, gate)}`, run, gate, message: 'no probe is whole in all of its runs, so they cannot be joined', next: 'Leave out the runs that lack it.' };
    return { steps: [], problems: [...problems, why] };
  }
  const parts = partsOf(session, recordings, common);
  try {
    const passes = parts.map((part) => firstPass(session, part));
    const joined = joinedDevices(parts);
    const join = supercatStep(session, parts, passes, joined, notes);
    const probes = joined.filter(({ kind }) => kind === 'imec');
    const whole = probes.map(wholeProbe);
    const ofProbes = probes.map((probe, index) => stepsOfPiece(session, first, probe, whole[index], join));
    const aligned = session.runTPrime ? tprimeSteps(session, {
      spec: first, catgt: join, devices: joined, notes, meta: metaOf(session, first, probes[0]), probe: whole[0].params,
      after: ofProbes.flatMap((steps) => steps.slice(-1).map(({ id }) => id)),
    }) : [];
    const cleared = removeSteps(session, probes.map((probe, index) => {
      const joinedFile = probeToClear(session, first, probe, whole[index], join, ofProbes.flat());
      const ofParts = parts.map(({ spec, dest }) => probeFiles(dest, spec.run, spec.gates[0], probe.index).bin);
      return { ...joinedFile, files: [...ofParts, ...joinedFile.files] };
    }), aligned);
    return { steps: [...passes, join, ...ofProbes.flat(), ...aligned, ...cleared], problems };
  } catch (error) {
    // A meta that can be read but not used; a mistake in the session goes up.
    if (!isAftergateError(error) || error.tag !== 'input-file') throw error;
    return { steps: [], problems: [...problems, { what: `super-run ${runAndGate(run, gate)}`, run, gate, message: error.message, next: error.next }] };
  }
}

/** Devices that are whole in every run, and what is to be said of the others. */
function commonDevices(specs: readonly RunSpec[], recordings: readonly Recording[]): { common: string[]; notes: string[] } {
  const labels = [...new Set(recordings.flatMap(({ devices }) => devices.map(({ label }) => label)))];
  const lacking = (label: string) => specs.filter((_, index) => !recordings[index].devices.some((device) => device.label === label)).map(({ run, gates }) => runAndGate(run, gates[0]));
  return {
    common: labels.filter((label) => lacking(label).length === 0),
    notes: labels.filter((label) => lacking(label).length > 0).map((label) => `${label} is left out: ${lacking(label).join(', ')} ${lacking(label).length === 1 ? 'does' : 'do'} not have it whole`),
  };
}

/** CatGT names its output after run and gate: files of one name that come again go into a folder of their own. */
function partsOf(session: MultiRunSession, recordings: readonly Recording[], common: readonly string[]): Part[] {
  const { run_specs: specs, catGT_dest: dest } = session;
  return specs.map((spec, index) => {
    const own = runAndGate(spec.run, spec.gates[0]);
    const earlier = specs.slice(0, index).filter(({ run, gates }) => runAndGate(run, gates[0]).toLowerCase() === own.toLowerCase()).length;
    const name = earlier === 0 ? own : `${own}_part${earlier + 1}`;
    const { devices, ...rest } = recordings[index];
    return { spec, name, dest: earlier === 0 ? dest : path.join(dest, name), recording: { ...rest, devices: devices.filter(({ label }) => common.includes(label)) } };
  });
}

function firstPass(session: MultiRunSession, { spec, name, dest, recording }: Part): Step {
  const probe = ephysParams(recording.devices.find(({ kind }) => kind === 'imec')!.meta!);
  const step = catgtStep({ ...session, catGT_dest: dest, catGT_cmd_string: firstPassOptions(session.catGT_cmd_string) }, spec, recording, probe, []);
  const id = `${name}_CatGT`;
  return { ...step, id, ...jsonFiles(session.json_directory, id) };
}

/** The devices of the first run, as long as all runs together. */
function joinedDevices(parts: readonly Part[]): Device[] {
  const others = parts.slice(1).map(({ recording }) => recording.devices);
  return parts[0].recording.devices.map((device) => {
    const twins = others.map((devices) => devices.find(({ label }) => label === device.label)!);
    return { ...device, seconds: twins.reduce((sum, { seconds }) => sum + seconds, device.seconds) };
  });
}
