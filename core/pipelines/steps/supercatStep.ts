// The step that joins the outputs of CatGT's passes over the runs of a super-run.

import path from 'node:path';
import type { Step } from '../../execution/index.ts';
import { splitOptions } from '../../notation/index.ts';
import { formatChannelList } from '../../spikeglx/index.ts';
import type { Device } from '../recording/recording.ts';
import type { MultiRunSession } from '../session/parseSession.ts';
import type { Part } from '../superRun.ts';
import { catgtFolder, jsonFiles, probeFiles, runAndGate } from './names.ts';
import { supercat } from './supercat.ts';

/** Options of catGT_cmd_string that are for joining, not for the runs. */
const forJoining = /^-supercat_(trim_edges|skip_ni_ob_bin)$/;
/** Those that both passes must be given. */
const forBoth = /^-((xa|xia|xd|xid|bf|numerics)=|no_auto_sync$|exported$)/;

/** Of each run by itself: NI and OneBox binaries are written whole, so that they can be joined. */
export function firstPassOptions(given: string): string {
  const words = splitOptions(given);
  const force = words.includes('-supercat_skip_ni_ob_bin') || words.includes('-pass1_force_ni_ob_bin') ? [] : ['-pass1_force_ni_ob_bin'];
  return [...words.filter((word) => !forJoining.test(word)), ...force].join(' ');
}

/** @param passes the steps of CatGT, one per part @param devices of the joined run */
export function supercatStep(session: MultiRunSession, parts: readonly Part[], passes: readonly Step[], devices: readonly Device[], notes: readonly string[]): Step {
  const { run, gates: [gate] } = parts[0].spec;
  const id = `${runAndGate(run, gate)}_Supercat`;
  const probes = devices.filter(({ kind }) => kind === 'imec').map(({ index }) => index);
  const labels = Object.keys(passes[0].parts ?? {});
  return {
    id,
    module: supercat.name,
    run,
    gate,
    input: {
      supercat_params: {
        elements: parts.map(({ spec, dest }) => `${dest},${path.basename(catgtFolder(dest, spec.run, spec.gates[0]))}`),
        options: [...streamWords(devices, session.process_lf), '-prb_fld', '-out_prb_fld', ...sharedWords(session, devices)],
      },
      directories: { extracted_data_directory: session.catGT_dest },
    },
    ...jsonFiles(session.json_directory, id),
    dependsOn: passes.map((step) => ({ step: step.id })),
    after: [],
    inputs: parts.flatMap(({ spec, dest }) => probes.flatMap((probe) => {
      const { bin, meta } = probeFiles(dest, spec.run, spec.gates[0], probe);
      return [bin, meta];
    })),
    seconds: Math.max(...devices.map(({ seconds }) => seconds)),
    parts: Object.fromEntries(labels.map((label) => [label, passes.reduce((sum, step) => sum + (step.parts?.[label] ?? 0), 0)])),
    notes,
  };
}

function streamWords(devices: readonly Device[], withLf: boolean): string[] {
  const of = (kind: Device['kind']) => devices.filter((device) => device.kind === kind).map(({ index }) => index);
  return [
    '-ap', ...(withLf ? ['-lf'] : []), `-prb=${formatChannelList(of('imec'))}`,
    ...(of('ni').length > 0 ? ['-ni'] : []),
    ...(of('obx').length > 0 ? ['-ob', `-obx=${formatChannelList(of('obx'))}`] : []),
  ];
}

/** Extractors name the files to join; without NI and OneBox those of the probes' own words (js 2) are what is left. */
function sharedWords({ catGT_cmd_string: options, ni_obx_extract_string: extractors }: MultiRunSession, devices: readonly Device[]): string[] {
  const auxiliary = devices.some(({ kind }) => kind !== 'imec');
  return [
    ...splitOptions(options).filter((word) => forJoining.test(word) || forBoth.test(word)),
    ...splitOptions(extractors).filter((word) => (auxiliary || /^-\w+=2,/.test(word)) && forBoth.test(word)),
  ];
}
