// Of the files of a run: what is missing, cut off or still being written; probes nobody knows.

import { hasCatgtOption, withCatgtOption } from '../../notation/index.ts';
import { findProbeFacts, isSurvey, partNumber } from '../../spikeglx/index.ts';
import type { ParameterInput } from '../../modules/index.ts';
import type { MultiRunSession } from '../session/parseSession.ts';
import { note, type PreflightFinding, stop, warn, type WayOut } from './finding.ts';
import { type FileOnDisk, filesOf, isAskedFor, type RunOnDisk, type WantedDevice } from './recorded.ts';
import { leaveOutLabel, withoutProbe, withoutRun, withTriggers } from './runPatches.ts';
import { grouped, triggerList } from './words.ts';

export interface RunCheck {
  readonly content: ParameterInput;
  readonly session: MultiRunSession;
  readonly run: RunOnDisk;
  /** ms since 1970. */
  readonly now: number;
}

/** A file that was written to this recently may still be growing, ms. */
const recently = 120_000;

export function checkFiles(check: RunCheck): PreflightFinding[] {
  const { run, content, session } = check;
  const { spec } = run;
  if (run.files.length === 0) {
    const text = `There are no files of ${spec.run}_g${spec.gates[0]} in ${session.npx_directory.join(', ')}. Is the drive connected?`;
    return [stop('run-missing', text, { run: spec.run, gate: spec.gates[0], step: 'runs' }, { next: leaveRunOut(content, run) })];
  }
  return [...absentTriggers(check), ...run.devices.flatMap((device) => checkDevice(check, device)), ...surveys(check)];
}

export function leaveRunOut(content: ParameterInput, { spec }: RunOnDisk): WayOut[] {
  const patch = withoutRun(content, spec);
  return patch ? [{ label: leaveOutLabel(content, spec), patch }] : [{ label: 'Choose other runs', step: 'runs' }];
}

export function leaveDeviceOut(content: ParameterInput, { spec }: RunOnDisk, device: WantedDevice): WayOut[] {
  const patch = device.kind === 'imec' ? withoutProbe(content, spec, device.index) : device.kind === 'ni' ? { ni_present: false } : undefined;
  return patch ? [{ label: `Leave ${device.label} out`, patch }] : [{ label: 'Go to Probes', step: 'probes' }];
}

function checkDevice(check: RunCheck, device: WantedDevice): PreflightFinding[] {
  const { run, content, now } = check;
  const files = filesOf(run, device);
  const place = { run: run.spec.run, gate: run.spec.gates[0], stream: device.label, probe: device.kind === 'imec' ? device.index : undefined };
  if (files.length === 0) {
    return [stop('device-missing', `${device.label} has no files in ${run.spec.run}_g${run.spec.gates[0]}. Connect its drive, or leave it out.`, { ...place, step: 'probes' }, { next: leaveDeviceOut(content, run, device) })];
  }
  return [
    ...missingTriggers(check, device, files),
    ...files.flatMap((file) => checkFile(file, { ...place, gate: file.gate, trigger: file.trigger }, now)),
    ...(device.kind === 'imec' ? unknownProbe(files, place) : []),
  ];
}

/** Of trials that other devices have; those that nobody has are told of the run. */
function missingTriggers({ run, content, session }: RunCheck, device: WantedDevice, files: readonly FileOnDisk[]): PreflightFinding[] {
  if (hasCatgtOption(session.catGT_cmd_string, 't_miss_ok')) return [];
  return gatesOf(run).flatMap((gate) => {
    const there = files.filter((file) => file.gate === gate).map(({ trigger }) => trigger);
    const lacking = triggersOf(run, gate).filter((trigger) => !there.includes(trigger) && !isNowhere(run, gate, trigger));
    if (lacking.length === 0) return [];
    const others = there.length > 0 ? ` (${triggerList(there)} ${there.length === 1 ? 'is' : 'are'})` : '';
    const text = `g${gate} ${triggerList(lacking)} of ${device.label} ${lacking.length === 1 ? 'is' : 'are'} not on disk${others}. Leave ${lacking.length === 1 ? 'it' : 'them'} out of the range, or let the time be filled.`;
    return [stop('trigger-missing', text, { run: run.spec.run, gate, trigger: lacking[0], stream: device.label, probe: device.kind === 'imec' ? device.index : undefined, step: 'gates' }, {
      next: [{ label: 'Fill missing triggers', patch: { catGT_cmd_string: withCatgtOption(session.catGT_cmd_string, 't_miss_ok', '') } }, ...leaveDeviceOut(content, run, device)],
    })];
  });
}

/** Triggers of the range that no device has. */
function absentTriggers({ run, content, session }: RunCheck): PreflightFinding[] {
  if (hasCatgtOption(session.catGT_cmd_string, 't_miss_ok')) return [];
  return gatesOf(run).flatMap((gate) => {
    const absent = triggersOf(run, gate).filter((trigger) => isNowhere(run, gate, trigger));
    const there = triggersOf(run, gate).filter((trigger) => !absent.includes(trigger));
    if (absent.length === 0 || there.length === 0) return [];
    const oneGate = run.spec.gates[0] === run.spec.gates[1];
    const inRow = there.at(-1)! - there[0] === there.length - 1;
    const text = `g${gate} ${triggerList(absent)} ${absent.length === 1 ? 'is' : 'are'} not on disk (${triggerList(there)} ${there.length === 1 ? 'is' : 'are'}).`;
    return [stop('trigger-missing', text, { run: run.spec.run, gate, trigger: absent[0], step: 'gates' }, {
      next: [
        oneGate && inRow ? { label: `Use ${triggerList(there)}`, patch: withTriggers(content, run.spec, there[0], there.at(-1)!) } : { label: 'Go to Gates', step: 'gates' },
        { label: 'Fill missing triggers', patch: { catGT_cmd_string: withCatgtOption(session.catGT_cmd_string, 't_miss_ok', '') } },
      ],
    })];
  });
}

function gatesOf({ trials }: RunOnDisk): number[] {
  return [...new Set(trials.map(({ gate }) => gate))];
}

function triggersOf({ trials }: RunOnDisk, gate: number): number[] {
  return trials.filter((trial) => trial.gate === gate).map(({ trigger }) => trigger);
}

function isNowhere({ files }: RunOnDisk, gate: number, trigger: number): boolean {
  return !files.some((file) => file.gate === gate && file.trigger === trigger);
}

function checkFile(file: FileOnDisk, place: Omit<PreflightFinding['where'], 'step'>, now: number): PreflightFinding[] {
  const name = `${file.label} g${file.gate} t${file.trigger}`;
  const where = { ...place, step: 'runs' as const };
  const bin = `${file.base.replace(/^.*[\\/]/, '')}.bin`;
  if (!file.hasMeta) return [stop('meta-missing', `${bin} has no meta beside it. Copy it back from the acquisition drive: without it rate and gain are unknown.`, where)];
  if (!file.hasBin) return [stop('binary-missing', `${name} has a meta but no ${bin}. Copy it back from the acquisition drive.`, where)];
  if (file.problem !== undefined) return [stop('meta-unusable', `The meta of ${name} cannot be used: ${file.problem}.`, where)];
  const { state, metaSamples, samples } = file.length!;
  if (samples === 0) return [stop('file-empty', `${name} is empty.`, where)];
  const ago = now - file.modified;
  if (state === 'unfinished' && ago < recently) {
    return [stop('still-writing', `This run grew ${Math.max(0, Math.round(ago / 1000))} s ago (${name}). SpikeGLX seems to be recording. Wait for it to stop, or choose an earlier gate.`, where, { next: [{ label: 'Go to Gates', step: 'gates' }] })];
  }
  if (state === 'unfinished') return [warn('size-mismatch', `The meta of ${name} does not give the size of its file, the recording probably stopped hard. The last whole sample is used.`, where)];
  if (state === 'truncated') {
    const lacking = metaSamples! * 2 * file.facts!.columns - file.bytes;
    const copying = ago < recently ? 'Is it still being copied? ' : '';
    return [stop('size-mismatch', `${name} holds ${grouped(lacking)} bytes less than its meta says. ${copying}Copy it again from the acquisition drive; until then ${file.label.replace(/\.(ap|lf)$/, '')} cannot be processed.`, where)];
  }
  return [];
}

function unknownProbe(files: readonly FileOnDisk[], place: Omit<PreflightFinding['where'], 'step'>): PreflightFinding[] {
  const meta = files.find((file) => file.meta)?.meta;
  if (!meta || findProbeFacts(meta)) return [];
  return [warn('unknown-probe', `Part number ${partNumber(meta) ?? '(none)'} is not in the table. Geometry is taken from the meta; tshift is off for this probe because its ADC order is unknown.`, { ...place, step: 'probes' }, { next: [{ label: 'Go to Probes', step: 'probes' }] })];
}

function surveys({ run, content }: RunCheck): PreflightFinding[] {
  const survey = run.files.find((file) => file.meta && isAskedFor(run, file) && isSurvey(file.meta));
  if (!survey) return [];
  return [note('survey', `${run.spec.run} is a survey run: the probe steps through its banks, so its parts are not one recording.`, { run: run.spec.run, gate: survey.gate, step: 'runs' }, { next: leaveRunOut(content, run) })];
}
