// What will happen when a session runs, and everything that could spoil it, told beforehand: findings, steps with their
// states, times and sizes, every name that will be written. Reads names, sizes and metas; with depth full also some
// seconds of the sync lines. Writes nothing.

import { totalmem } from 'node:os';
import type { Plan, Step } from '../../execution/index.ts';
import { type Module, modules as allModules, type ParameterInput } from '../../modules/index.ts';
import { moduleFinder } from '../expand.ts';
import type { Session } from '../session/parseSession.ts';
import { workFolder } from '../steps/names.ts';
import { leaveDeviceOut, leaveRunOut } from './checkFiles.ts';
import { checkDestination, checkExisting, checkMemory, checkRoom } from './checkPlace.ts';
import { type DiskNeed, diskNeed } from './diskNeed.ts';
import { apBytes, estimateStep, type Speeds, type StepEstimate } from './estimate.ts';
import { type Looked, lookAtRuns } from './lookAtRuns.ts';
import { note, type PreflightFinding, stop, withoutRepeats } from './finding.ts';
import { type MetaCache, metaCache } from './metaCache.ts';
import { outputFiles, type OutputFile } from './outputs.ts';
import { type AskModule, type Planning, planTolerantly } from './planning.ts';
import type { RunOnDisk } from './recorded.ts';
import { readSession } from './readSession.ts';
import { leaveOutLabel, withoutRun } from './runPatches.ts';
import { type StepState, stepStates } from './stepStates.ts';

export interface PreflightOptions {
  /** Folder that relative paths of the session start from. */
  readonly base: string;
  readonly modules?: readonly Module[];
  /** full: some seconds of the sync lines are read. */
  readonly depth?: 'quick' | 'full';
  /** ms since 1970; tells a run that is being recorded from one that was left so. */
  readonly now?: number;
  /** What this machine did before, MB/s by module. */
  readonly speeds?: Speeds;
  /** Kept from one preflight to the next. */
  readonly metas?: MetaCache;
  readonly ask?: AskModule;
  /** Whether a folder may be looked into; all by default. */
  readonly mayUse?: (folder: string) => Promise<boolean>;
  /** Memory of this machine, bytes. */
  readonly memory?: number;
  /** Bytes that are to stay free. */
  readonly reserve?: number;
  /** Free bytes of the drive of a folder, which need not be there yet. */
  readonly freeBytes?: (folder: string) => Promise<number | null>;
  readonly signal?: AbortSignal;
}

export interface PlannedStep extends StepEstimate {
  readonly step: Step;
  readonly state: StepState;
  /** What an engine's own program would be told; undefined where that depends on results that are not there yet. */
  readonly command?: string;
}

export interface Preflight {
  /** No stop. */
  readonly ok: boolean;
  readonly findings: readonly PreflightFinding[];
  readonly steps: readonly PlannedStep[];
  readonly outputs: readonly OutputFile[];
  /** undefined without a destination. */
  readonly disk?: DiskNeed;
  /** Of steps that are not valid, one after the other. */
  readonly seconds: number;
  /** Paths absolute; undefined when the session cannot be read at all. */
  readonly session?: Session;
  readonly plan?: Plan;
}

export async function preflight(content: ParameterInput, options: PreflightOptions): Promise<Preflight> {
  const { base, modules = allModules } = options;
  const read = readSession(content, base, modules);
  const allowed = read.session && await allowedPart(read.session, options);
  if (!read.session || !allowed?.session) return nothing([...read.findings, ...(allowed?.findings ?? [])], read.session);
  const hasDestination = read.hasDestination && allowed.hasDestination;
  const find = moduleFinder(modules);
  const ask: AskModule = options.ask ?? ((module, params, cwd) => module.check?.(params, { cwd, signal: options.signal }) ?? Promise.resolve());
  const planning = await planTolerantly(allowed.session, { content, base, find, ask });
  options.signal?.throwIfAborted();
  const { session, steps } = planning;
  const looked = session.kind !== 'file-list' && session.run_CatGT ? await lookAtRuns(session, steps, content, { base, depth: options.depth ?? 'quick', now: options.now ?? Date.now(), metas: options.metas ?? metaCache(), signal: options.signal }) : unseen;
  const folder = workFolder(session.json_directory);
  const states = hasDestination ? await stepStates(folder, steps, find) : new Map<string, StepState>();
  const planned = await Promise.all(steps.map(async (step): Promise<PlannedStep> => {
    const plans = looked.plans.get(step.id) ?? looked.plans.get(`${step.run} ${step.gate}`) ?? [];
    return { step, state: states.get(step.id) ?? 'new', command: looked.commands.get(step.id), ...estimateStep(step, await apBytes(step, plans), plans, options.speeds ?? {}) };
  }));
  const outputs = await outputFiles({ session, steps, states, catgt: looked.files, bytes: new Map(planned.map(({ step, bytes }) => [step.id, bytes])) });
  const disk = hasDestination ? await diskNeed(session, planned, looked.files, options.freeBytes) : undefined;
  const ofPlace = hasDestination ? [...checkRoom(disk!, options.reserve ?? 0), ...await checkDestination(session, outputs), ...await checkExisting(steps, states, outputs)] : [];
  const found = [...read.findings, ...allowed.findings, ...planning.findings, ...looked.findings, ...ofPlace, ...checkMemory(steps, options.memory ?? totalmem()), ...withoutEffect(session)];
  const findings = withoutRepeats([...found, ...unexplained(planning, found, looked.runs, content)]).map((finding) => withRunOut(finding, session, content));
  const todo = planned.filter(({ state }) => state !== 'valid');
  return {
    ok: findings.every(({ severity }) => severity !== 'stop'),
    findings, steps: planned, session, plan: { folder, steps }, disk,
    outputs: hasDestination ? outputs : [],
    seconds: todo.reduce((sum, { seconds }) => sum + seconds, 0),
  };
}

const unseen: Looked = { plans: new Map(), files: new Map(), commands: new Map(), runs: [], findings: [] };

function nothing(findings: readonly PreflightFinding[], session: Session | undefined): Preflight {
  return { ok: false, findings, steps: [], outputs: [], seconds: 0, session };
}

/** The session without the folders that may not be looked into. */
async function allowedPart(session: Session, { mayUse = () => Promise.resolve(true) }: PreflightOptions) {
  const findings: PreflightFinding[] = [];
  const isAllowed = async (folder: string, step: 'runs' | 'dest') => {
    if (await mayUse(folder)) return true;
    findings.push(stop('folder-not-chosen', `${folder} has not been chosen in Aftergate yet, so it is not looked into.`, { step }, { next: [{ label: step === 'dest' ? 'Choose the folder' : 'Add its folder', step }] }));
    return false;
  };
  const filtered = async (folders: readonly string[], step: 'runs' | 'dest') => (await Promise.all(folders.map(async (folder) => [folder, await isAllowed(folder, step)] as const))).filter(([, is]) => is).map(([folder]) => folder);
  if (session.kind === 'file-list') {
    const bins = await filtered(session.file_list.map(({ bin }) => bin), 'runs');
    const hasDestination = (await filtered([...new Set([session.kilosort_output_parent ?? session.json_directory, session.json_directory])], 'dest')).length > 0 && findings.every(({ where }) => where.step !== 'dest');
    return { findings, hasDestination, session: bins.length > 0 ? { ...session, file_list: session.file_list.filter(({ bin }) => bins.includes(bin)) } : undefined };
  }
  const sources = await filtered(session.npx_directory, 'runs');
  const places = [...new Set([session.catGT_dest, session.json_directory])];
  const hasDestination = (await filtered(places, 'dest')).length === places.length;
  return { findings, hasDestination, session: sources.length > 0 ? { ...session, npx_directory: sources } : undefined };
}

function withoutEffect(session: Session): PreflightFinding[] {
  const { ks_ver, ksTh_dict } = session;
  const thresholds = note('no-effect', 'The thresholds by region (ksTh_dict) have no effect on the embedded sorter, which finds its own.', { step: 'sort' });
  const removal = note('no-effect', 'CatGT does not run in this session, so its AP files stay (keep_catgt_ap has no effect).', { step: 'dest' });
  return [...(ks_ver === 'ag' && ksTh_dict ? [thresholds] : []), ...(session.kind !== 'file-list' && !session.keep_catgt_ap && !session.run_CatGT ? [removal] : [])];
}

/** A stop of one run need not hold up the others. */
function withRunOut(finding: PreflightFinding, session: Session, content: ParameterInput): PreflightFinding {
  const { severity, where, next } = finding;
  if (severity !== 'stop' || where.run === undefined || session.kind === 'file-list') return finding;
  const specs = session.run_specs.filter(({ run }) => run === where.run);
  const spec = specs.find(({ gates }) => where.gate === undefined || (where.gate >= gates[0] && where.gate <= gates[1])) ?? specs[0];
  const patch = spec && withoutRun(content, spec);
  const label = spec && leaveOutLabel(content, spec);
  return patch && label !== undefined && next.every((way) => way.label !== label) ? { ...finding, next: [...next, { label, patch }] } : finding;
}

/** What planning leaves out for a reason that no other finding has told. */
function unexplained({ problems }: Planning, found: readonly PreflightFinding[], runs: readonly RunOnDisk[], content: ParameterInput): PreflightFinding[] {
  const ofRun = ['run-missing', 'trigger-missing'];
  const isTold = (run: string, gate: number, device: string | undefined) => found.some(({ id, severity, where }) =>
    severity === 'stop' && where.run === run && (where.stream === undefined ? where.gate === gate && ofRun.includes(id) : where.stream === device));
  return problems.filter(({ run, gate, device }) => !isTold(run, gate, device)).map(({ what, run, gate, device, message, next: advice }) => {
    const on = runs.find(({ spec }) => spec.run === run && spec.gates[0] === gate);
    const wanted = on?.devices.find(({ label }) => label === device);
    const probe = device?.startsWith('imec') ? Number.parseInt(device.slice(4), 10) || 0 : undefined;
    const next = on ? (wanted ? leaveDeviceOut(content, on, wanted) : leaveRunOut(content, on)) : [];
    return stop('left-out', `${what} cannot be processed: ${message}.`, { run, gate, stream: device, probe, step: device === undefined ? 'runs' : 'probes' }, { advice, next });
  });
}
