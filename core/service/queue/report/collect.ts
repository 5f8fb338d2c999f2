// The report of a job: how it ended, a sentence per probe, what failed and what to do, time and disk, methods.

import path from 'node:path';
import { roomFor, size } from '../../../pipelines/index.ts';
import { moduleWord, type Report, type ReportProbe } from '../../contract/index.ts';
import { fileStem } from '../freeze.ts';
import { type JobStep, type StoredJob } from '../job.ts';
import { recordOf } from '../stepDetails.ts';
import { type Part, partsOf, verdictOf } from '../verdict.ts';
import { isSorter, probeFigures, type ProbeFigures } from './figures.ts';
import { type ComparedFigure, comparedFigures, outsideUsual, type PastProbe, type Usual } from './history.ts';
import { methodsOfJob } from './methods.ts';

/** Beside the session file. */
export function reportFiles({ sessionFile }: Pick<StoredJob, 'sessionFile'>): { html: string; json: string } {
  const stem = path.join(path.dirname(sessionFile), `${fileStem(path.basename(sessionFile, '.json'))}_report`);
  return { html: `${stem}.html`, json: `${stem}.json` };
}

/** @param history of the probes done before, in other words what is usual */
export async function collectReport(job: StoredJob, history: readonly PastProbe[]): Promise<Report> {
  const parts = partsOf(job);
  const probes = await Promise.all(parts.filter(({ probe }) => probe !== null).map((part) => reportProbe(job, part, history)));
  const stepFiles = await Promise.all(job.steps.map(async (step) => ({ step, record: isDone(step) ? await recordOf(step) : undefined })));
  const written = stepFiles.map(({ step, record }) => ({ step, bytes_B: sum((record?.outputs ?? []).map(({ size }) => size)) }));
  const modules = [...new Set(job.steps.map(({ module }) => module))];
  const disk = modules.map((module) => {
    const own = written.filter(({ step }) => step.module === module);
    return { module, planned_B: sum(own.map(({ step }) => roomFor(step, step.input_B))), actual_B: sum(own.map(({ bytes_B }) => bytes_B)) };
  });
  const time = modules.map((module) => {
    const steps = job.steps.filter((step) => step.module === module);
    return { module, planned_s: sum(steps.map(({ est_s }) => est_s)), actual_s: sum(steps.map(({ took_s }) => took_s ?? 0)) };
  });
  const { html, json } = reportFiles(job);
  return {
    jobId: job.jobId, name: job.name, state: job.state, verdict: verdictOf(job), startedAt: job.startedAt, endedAt: job.endedAt,
    probes,
    failures: failuresOf(job),
    steps: written.filter(({ step }) => isDone(step)).map(({ step: { stepId, state, took_s }, bytes_B }) => ({ stepId, state, took_s, bytes_B })),
    skipped: job.steps.filter(({ state }) => state === 'skipped').map(({ stepId }) => stepId),
    findings: [
      ...job.warnings.map((text) => ({ what: job.name, text })),
      ...probes.flatMap(({ what, unusual }) => unusual.map((text) => ({ what, text }))),
      ...stepFiles.flatMap(({ step, record }) => (typeof record?.figures?.removed_bytes === 'number' ? [{ what: step.stepId, text: `CatGT's AP file (${size(record.figures.removed_bytes)}) is removed, as the session asks; its meta and a note stay.` }] : [])),
      ...stepFiles.flatMap(({ step, record }) => [...new Set([...(step.state === 'done' && step.message ? [step.message] : []), ...(record?.warnings ?? [])])].map((text) => ({ what: step.stepId, text }))),
    ],
    time: { planned_s: sum(time.map(({ planned_s }) => planned_s)), actual_s: sum(time.map(({ actual_s }) => actual_s)), modules: time },
    disk: { planned_B: sum(disk.map(({ planned_B }) => planned_B)), actual_B: sum(disk.map(({ actual_B }) => actual_B)), modules: disk },
    folders: [...new Set([job.destination, ...probes.flatMap(({ folder }) => (folder ? [folder] : []))])],
    files: [job.sessionFile, html, json],
    methods: await methodsOfJob(job),
  };
}

function failuresOf(job: StoredJob): Report['failures'] {
  return [
    ...(job.problem ? [{ what: job.name, text: job.problem.text, next: job.problem.next }] : []),
    ...job.leftOut.map(({ what, text, next }) => ({ what, text, next })),
    ...job.steps.filter(({ state }) => state === 'failed').map(({ stepId, message, next }) => ({ what: stepId, text: message ?? 'failed', next })),
  ];
}

async function reportProbe(job: StoredJob, part: Part, history: readonly PastProbe[]): Promise<ReportProbe> {
  const own = part.steps as readonly JobStep[];
  const ofRun = job.steps.filter(({ run, gate, probe }) => probe === null && run === part.run && gate === part.gate);
  const { isReference, ...figures } = await probeFigures(part.probe!, own.filter(isDone), ofRun.filter(isDone));
  const failed = own.find(({ state }) => state === 'failed') ?? (own.some(({ state }) => state === 'blocked') ? ofRun.find(({ state }) => state === 'failed') : undefined);
  const unusual = part.outcome === 'done' ? unusualFigures(pastProbe(part, figures), history) : new Map<ComparedFigure, Usual>();
  return {
    what: part.what, state: part.outcome, ...figures,
    unusual: [...unusual].map(([name, usual]) => `${sayFigure[name](figures[name]!)}; ${rangeText(usual)} (${usual.probes} probes before)`),
    sentence: part.outcome === 'done' ? figureSentence(part.what, figures, isReference, unusual) : part.outcome === 'failed' ? failureSentence(part, failed) : `${part.what}: ${part.outcome === 'cancelled' ? 'was cancelled' : 'is not done yet'}.`,
    next: part.leftOut?.next ?? failed?.next ?? null,
  };
}

/** What later reports compare theirs with: the probes of a job that are done. */
export function pastProbes(job: StoredJob, { probes }: Report): PastProbe[] {
  const done = probes.filter(({ state }) => state === 'done');
  return done.flatMap((probe) => {
    const part = partsOf(job).find(({ what }) => what === probe.what);
    const past = part && pastProbe(part, probe);
    return past ? [past] : [];
  });
}

/** undefined without sorting: there is nothing to compare. */
function pastProbe({ steps }: Part, { folder, units, good, syncResidual_ms, drift_um, gfixEdits }: Omit<ProbeFigures, 'isReference'>): PastProbe | undefined {
  const sorter = steps.find(({ module }) => isSorter(module))?.module;
  return folder === null || sorter === undefined ? undefined : { folder, sorter, units, good, syncResidual_ms, drift_um, gfixEdits };
}

function unusualFigures(probe: PastProbe | undefined, history: readonly PastProbe[]): ReadonlyMap<ComparedFigure, Usual> {
  const names = Object.keys(comparedFigures) as ComparedFigure[];
  return new Map(names.flatMap((name) => {
    const usual = probe && outsideUsual(history, probe, name);
    return usual ? [[name, usual] as const] : [];
  }));
}

const sayFigure: Readonly<Record<ComparedFigure, (value: number) => string>> = {
  units: (value) => `${value} unit${value === 1 ? '' : 's'}`,
  good: (value) => `${value} good`,
  syncResidual_ms: (value) => `sync residual ${value < 0.0005 ? '0.000' : rounded(value)} ms`,
  drift_um: (value) => `drift ${rounded(value)} um`,
  gfixEdits: (value) => `${value} gfix edit${value === 1 ? '' : 's'}`,
};

/** "m41_d3 imec0: 412 units, 148 good (usual 60 to 120); sync residual 0.02 ms; drift 21 um; 96 gfix edits; 0.31 % saturated." */
export function figureSentence(what: string, figures: Omit<ProbeFigures, 'isReference'>, isReference: boolean, unusual: ReadonlyMap<ComparedFigure, Usual>): string {
  const say = (name: ComparedFigure) => {
    const [value, usual] = [figures[name], unusual.get(name)];
    return value === null ? '' : `${sayFigure[name](value)}${usual ? ` (${rangeText(usual)})` : ''}`;
  };
  const units = [say('units') || 'done', ...(figures.units === null ? [] : [say('good')])].filter((text) => text !== '').join(', ');
  const said = [units, say('syncResidual_ms') || (isReference ? 'reference of the alignment' : ''), say('drift_um'), say('gfixEdits'), ...recordingFaults(figures)];
  return `${what}: ${said.filter((text) => text !== '').join('; ')}.`;
}

function recordingFaults({ saturated_percent, missedSamples, syErrors }: Omit<ProbeFigures, 'isReference'>): string[] {
  return [
    saturated_percent ? `${rounded(saturated_percent)} % saturated` : '',
    missedSamples ? `${missedSamples} missed sample${missedSamples === 1 ? '' : 's'}` : '',
    syErrors ? `${syErrors} sample${syErrors === 1 ? '' : 's'} with SY errors` : '',
  ];
}

function rangeText({ low, high }: Usual): string {
  return `usual ${inRange(low)} to ${inRange(high)}`;
}

/** Numbers of units whole, small figures to two digits. */
function inRange(value: number): string {
  return value >= 10 ? String(Math.round(value)) : rounded(value);
}

function failureSentence({ what, leftOut, steps }: Part, failed: JobStep | undefined): string {
  if (leftOut) return `${what} was left out: ${leftOut.text}`;
  if (!failed) return `${what} failed.`;
  const done = steps.filter(isDone).map(({ module }) => moduleWord(module));
  return `${what}: ${moduleWord(failed.module)} failed: ${failed.message ?? 'no reason was given'}${done.length > 0 ? ` (${done.join(', ')} done)` : ''}`;
}

function isDone({ state }: Pick<JobStep, 'state'>): boolean {
  return state === 'done' || state === 'skipped';
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(2)));
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
