// What is done once per run after its probes: times of auxiliary samples if asked for, then the alignment of all streams.

import path from 'node:path';
import type { Dependency, Step } from '../../execution/index.ts';
import type { EphysParams } from '../../spikeglx/index.ts';
import type { Device } from '../recording/recording.ts';
import type { MultiRunSession } from '../session/parseSession.ts';
import { outputTag } from '../session/regions.ts';
import type { RunSpec } from '../session/runSpecs.ts';
import { auxTimepoints } from './auxTimepoints.ts';
import { inputJson } from './inputJson.ts';
import { catgtFolder, catgtTag, jsonFiles, runAndGate } from './names.ts';

export interface RunToAlign {
  readonly spec: RunSpec;
  readonly devices: readonly Device[];
  /** The step that runs CatGT, or joins its outputs, if one does. */
  readonly catgt: Step | undefined;
  /** The last step of every probe. */
  readonly after: readonly string[];
  /** A probe's meta. */
  readonly meta: string;
  /** What it says of the probe. */
  readonly probe: EphysParams;
  readonly notes: readonly string[];
}

export function tprimeSteps(session: MultiRunSession, run: RunToAlign): Step[] {
  const { spec, devices, catgt, after, notes } = run;
  const gate = spec.gates[0];
  const tag = catgtTag(session);
  const folder = catgtFolder(session.catGT_dest, spec.run, gate, tag);
  const content = inputJson({
    npx_directory: session.npx_directory[0],
    continuous_file: run.meta.replace(/\.meta$/, '.bin'),
    input_meta_path: run.meta,
    extracted_data_directory: session.catGT_dest,
    kilosort_output_directory: session.catGT_dest,
    catGT_run_name: spec.run,
    catGT_out_tag: tag,
    gate_string: String(gate),
    sync_period: session.sync_period,
    toStream_sync_params: session.toStream_sync_params,
    ks_ver: session.ks_ver,
    ks_output_tag: outputTag(session),
    event_ex_param_str: session.event_ex_param_str,
  }, run.probe, session.overrides);
  const common = { run: spec.run, gate, seconds: Math.max(...devices.map(({ seconds }) => seconds)), inputs: [] };
  const needs = (file: string): Dependency[] => (catgt ? [{ step: catgt.id, leaving: [path.join(folder, file)] }] : []);

  const streams = devices.filter(({ kind }) => kind !== 'imec').map(({ label }) => label);
  const auxId = `${runAndGate(spec.run, gate)}_AuxTimes`;
  const aux: Step[] = session.create_aux_timepoints && streams.length > 0 ? [{
    ...common,
    id: auxId,
    module: auxTimepoints.name,
    input: { ...content, aux_timepoints_params: { streams, tag } },
    ...jsonFiles(session.json_directory, auxId),
    dependsOn: needs(`${runAndGate(spec.run, gate)}_fyi.txt`),
    after: [],
    notes: [],
  }] : [];
  const id = `${runAndGate(spec.run, gate)}_TPrime`;
  return [...aux, {
    ...common,
    id,
    module: 'tPrime_helper',
    input: content,
    ...jsonFiles(session.json_directory, id),
    dependsOn: needs(`${runAndGate(spec.run, gate)}_fyi.txt`),
    after: [...after, ...aux.map((step) => step.id)],
    notes,
  }];
}
