// The one call of CatGT for a run and its gates: all probes, NI and OneBoxes together, so that all are trimmed alike.

import type { Step } from '../../execution/index.ts';
import { catgtWords, hasCatgtOption } from '../../notation/index.ts';
import { type EphysParams, formatChannelList } from '../../spikeglx/index.ts';
import { type Device, mainDrive, type Recording } from '../recording/recording.ts';
import { isOneRange } from '../recording/triggers.ts';
import type { MultiRunSession } from '../session/parseSession.ts';
import type { RunSpec } from '../session/runSpecs.ts';
import { inputJson } from './inputJson.ts';
import { jsonFiles, runAndGate } from './names.ts';

/** At least one device of the recording is a probe. @param probe the first of them */
export function catgtStep(session: MultiRunSession, spec: RunSpec, recording: Recording, probe: EphysParams, notes: readonly string[]): Step {
  const { devices, parts } = recording;
  const probes = devices.filter(({ kind }) => kind === 'imec');
  const [first, last] = spec.gates;
  const id = `${runAndGate(spec.run, first)}_CatGT`;
  const input = inputJson({
    npx_directory: mainDrive(devices),
    continuous_file: `${probes[0].files[0].base}.bin`,
    input_meta_path: `${probes[0].files[0].base}.meta`,
    extracted_data_directory: session.catGT_dest,
    kilosort_output_directory: session.catGT_dest,
    catGT_run_name: spec.run,
    gate_string: first === last ? String(first) : `${first},${last}`,
    trigger_string: `${Math.min(...parts.map((part) => part.first))},${Math.max(...parts.map((part) => part.last))}`,
    probe_string: formatChannelList(probes.map(({ index }) => index)),
    catGT_stream_string: streamString(devices, session.process_lf),
    catGT_car_mode: session.car_mode,
    catGT_loccar_min_um: session.loccar_min,
    catGT_loccar_max_um: session.loccar_max,
    catGT_cmd_string: commandString(session, spec, recording),
  }, probe, session.overrides);
  return {
    id,
    module: 'catGT_helper',
    run: spec.run,
    gate: first,
    input,
    ...jsonFiles(session.json_directory, id),
    dependsOn: [],
    after: [],
    inputs: devices.flatMap(({ files }) => files.flatMap(({ base }) => [`${base}.bin`, `${base}.meta`])),
    seconds: Math.max(...devices.map(({ seconds }) => seconds)),
    parts: Object.assign({}, ...devices.map(({ bytes }) => bytes)) as Record<string, number>,
    notes,
  };
}

function streamString(devices: readonly Device[], withLf: boolean): string {
  const boxes = devices.filter(({ kind }) => kind === 'obx').map(({ index }) => index);
  return [
    '-ap',
    ...(withLf ? ['-lf'] : []),
    ...(devices.some(({ kind }) => kind === 'ni') ? ['-ni'] : []),
    ...(boxes.length > 0 ? ['-ob', `-obx=${formatChannelList(boxes)}`] : []),
  ].join(' ');
}

/** The session's options, with what its files need besides. */
function commandString(session: MultiRunSession, spec: RunSpec, { devices, parts }: Recording): string {
  const given = session.catGT_cmd_string.trim();
  const has = (option: string) => hasCatgtOption(given, option);
  const auxiliary = devices.some(({ kind }) => kind !== 'imec');
  const elsewhere = devices.filter(({ drive }) => drive !== mainDrive(devices));
  return [
    given,
    ...(devices.some(({ inProbeFolder }) => inProbeFolder) && !has('prb_fld') ? ['-prb_fld'] : []),
    ...(has('out_prb_fld') ? [] : ['-out_prb_fld']),
    // Without NI and OneBox, extractors of the probes' own words (js 2) are what is left.
    ...catgtWords(session.ni_obx_extract_string).filter(({ argument }) => auxiliary || /^-\w+=2,/.test(argument)).map(({ text }) => text),
    ...(isOneRange(parts, spec.gates) ? [] : [`-gtlist=${parts.map(({ gate, first, last }) => `{${gate},${first},${last}}`).join('')}`]),
    ...(elsewhere.length === 0 ? [] : [`-prb_dir=${elsewhere.map(({ index, drive }) => `{${index};${drive}}`).join('')}`]),
  ].join(' ');
}
