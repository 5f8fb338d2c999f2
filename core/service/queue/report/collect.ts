// The report of a job: how it ended, a sentence per probe, what failed and what to do, time and disk, methods.

import path from 'node:path';
import { moduleWord, type Report, type ReportProbe } from '../../contract/index.ts';
import { fileStem } from '../freeze.ts';
import { type JobStep, type StoredJob } from '../job.ts';
import { recordOf } from '../stepDetails.ts';
import { type Part, partsOf, verdictOf } from '../verdict.ts';
import { probeFigures, type ProbeFigures } from './figures.ts';
import { methodsText } from './methods.ts';

/** Beside the session file. */
export function reportFiles({ sessionFile }: Pick<StoredJob, 'sessionFile'>): { html: string; json: string } {
  const stem = path.join(path.dirname(sessionFile), `${fileStem(path.basename(sessionFile, '.json'))}_report`);
  return { html: `${stem}.html`, json: `${stem}.json` };
}

export async function collectReport(job: StoredJob): Promise<Report> {
  const parts = partsOf(job);
  const probes = await Promise.all(parts.filter(({ probe }) => probe !== null).map((part) => reportProbe(job, part)));
  const stepFiles = await Promise.all(job.steps.map(async (step) => ({ step, record: isDone(step) ? await recordOf(step) : undefined })));
  const bytesOf = (module: string) => stepFiles.filter(({ step }) => step.module === module).reduce((sum, { record }) => sum + (record?.outputs ?? []).reduce((all, file) => all + file.size, 0), 0);
  const modules = [...new Set(job.steps.map(({ module }) => module))];
  const disk = modules.map((module) => ({ module, actual_B: bytesOf(module) }));
  const time = modules.map((module) => {
    const steps = job.steps.filter((step) => step.module === module);
    return { module, planned_s: sum(steps.map(({ est_s }) => est_s)), actual_s: sum(steps.map(({ took_s }) => took_s ?? 0)) };
  });
  const { html, json } = reportFiles(job);
  return {
    jobId: job.jobId, name: job.name, state: job.state, verdict: verdictOf(job), startedAt: job.startedAt, endedAt: job.endedAt,
    probes,
    failures: failuresOf(job),
    skipped: job.steps.filter(({ state }) => state === 'skipped').map(({ stepId }) => stepId),
    findings: [
      ...job.warnings.map((text) => ({ what: job.name, text })),
      ...stepFiles.flatMap(({ step, record }) => [...new Set([...(step.state === 'done' && step.message ? [step.message] : []), ...(record?.warnings ?? [])])].map((text) => ({ what: step.stepId, text }))),
    ],
    time: { planned_s: sum(time.map(({ planned_s }) => planned_s)), actual_s: sum(time.map(({ actual_s }) => actual_s)), modules: time },
    disk: { actual_B: sum(disk.map(({ actual_B }) => actual_B)), modules: disk },
    folders: [...new Set([job.destination, ...probes.flatMap(({ folder }) => (folder ? [folder] : []))])],
    files: [job.sessionFile, html, json],
    methods: await methodsText(job),
  };
}

function failuresOf(job: StoredJob): Report['failures'] {
  return [
    ...(job.problem ? [{ what: job.name, text: job.problem.text, next: job.problem.next }] : []),
    ...job.leftOut.map(({ what, text, next }) => ({ what, text, next })),
    ...job.steps.filter(({ state }) => state === 'failed').map(({ stepId, message, next }) => ({ what: stepId, text: message ?? 'failed', next })),
  ];
}

async function reportProbe(job: StoredJob, part: Part): Promise<ReportProbe> {
  const own = part.steps as readonly JobStep[];
  const ofRun = job.steps.filter(({ run, gate, probe }) => probe === null && run === part.run && gate === part.gate);
  const { isReference, ...figures } = await probeFigures(part.probe!, own.filter(isDone), ofRun.filter(isDone));
  const failed = own.find(({ state }) => state === 'failed') ?? (own.some(({ state }) => state === 'blocked') ? ofRun.find(({ state }) => state === 'failed') : undefined);
  return {
    what: part.what, state: part.outcome, ...figures,
    sentence: part.outcome === 'done' ? figureSentence(part.what, figures, isReference) : part.outcome === 'failed' ? failureSentence(part, failed) : `${part.what}: ${part.outcome === 'cancelled' ? 'was cancelled' : 'is not done yet'}.`,
    next: part.leftOut?.next ?? failed?.next ?? null,
  };
}

/** Of a probe that is done: "m41_d3 imec0: 412 units, 148 good; sync residual 0.02 ms; drift 21 um; 96 gfix edits; 0.31 % saturated." */
export function figureSentence(what: string, { units, good, syncResidual_ms, drift_um, gfixEdits, saturated_percent, missedSamples, syErrors }: Omit<ProbeFigures, 'isReference'>, isReference: boolean): string {
  const said = [
    units === null ? 'done' : `${units} unit${units === 1 ? '' : 's'}${good === null ? '' : `, ${good} good`}`,
    syncResidual_ms === null ? (isReference ? 'reference of the alignment' : '') : `sync residual ${rounded(syncResidual_ms)} ms`,
    drift_um === null ? '' : `drift ${rounded(drift_um)} um`,
    gfixEdits === null ? '' : `${gfixEdits} gfix edit${gfixEdits === 1 ? '' : 's'}`,
    saturated_percent ? `${rounded(saturated_percent)} % saturated` : '',
    missedSamples ? `${missedSamples} missed sample${missedSamples === 1 ? '' : 's'}` : '',
    syErrors ? `${syErrors} sample${syErrors === 1 ? '' : 's'} with SY errors` : '',
  ];
  return `${what}: ${said.filter((text) => text !== '').join('; ')}.`;
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
