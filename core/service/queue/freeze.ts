// From a draft to a job: its session is written as a file, as it will be run, and never looked up in the draft again.

import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { JobError, makeFolder, ParameterError, writeWhole } from '../../common/index.ts';
import type { Step } from '../../execution/index.ts';
import { modules } from '../../modules/index.ts';
import { type Expanded, expandSession, parseSession, type Problem, type Session } from '../../pipelines/index.ts';
import type { LeftOut, SessionContent } from '../contract/index.ts';
import type { AreaContext } from '../house/index.ts';
import type { StoredDraft } from '../session/index.ts';
import { expectedSeconds, inputBytes, speedsOf } from './estimate.ts';
import { fresh, type JobStep, type StoredJob } from './job.ts';

/** Throws NotAllowedError for folders that were not chosen, ParameterError for mistakes in the session, JobError when nothing of it is there. */
export async function freeze(context: AreaContext, draft: StoredDraft, notBefore: string | null): Promise<StoredJob> {
  const { session: content, name } = draft;
  const { session, base } = placed(content);
  for (const folder of foldersOf(session)) await context.access.check(folder);
  const expanded = await expandSession(content, { base });
  // A run folder may itself be a link that leads elsewhere.
  for (const folder of new Set(expanded.plan.steps.flatMap((step) => (step.inputs).map((file) => path.dirname(file))))) await context.access.check(folder);
  if (expanded.plan.steps.length === 0) {
    const [problem] = expanded.problems;
    throw new JobError(problem ? `Nothing can be run. ${problem.what}: ${problem.message}` : 'This session asks for nothing: no module is to run.', { next: problem?.next });
  }
  const sessionFile = await writeSession(base, name, content);
  return {
    jobId: randomUUID().slice(0, 8), name, state: 'waiting', session: content, base, sessionFile, notBefore,
    destination: destinationOf(session),
    addedAt: new Date(context.now()).toISOString(), startedAt: null, endedAt: null, problem: null,
    ...(await planned(context, expanded, [])),
  };
}

/** Relative paths of a session start from the folder of its file, which the session itself names. */
function placed(content: SessionContent): { session: Session; base: string } {
  const base = parseSession(content, homedir(), modules).json_directory;
  const session = parseSession(content, base, modules);
  if (session.json_directory !== base) throw new ParameterError('catGT_dest, json_directory: must be full paths', { next: 'Choose the destination in step 9.' });
  return { session, base };
}

function foldersOf(session: Session): string[] {
  const own = session.kind === 'file-list'
    ? [...session.file_list.map(({ bin }) => bin), ...(session.kilosort_output_parent === undefined ? [] : [session.kilosort_output_parent])]
    : [session.catGT_dest, ...session.npx_directory];
  return [session.json_directory, ...own];
}

function destinationOf(session: Session): string {
  return session.kind === 'file-list' ? (session.kilosort_output_parent ?? session.json_directory) : session.catGT_dest;
}

/** Steps as they stand before the work; those of an earlier attempt keep what became of them while they are not begun again. */
export async function planned({ profile }: AreaContext, { plan, problems, warnings }: Expanded, before: readonly JobStep[]): Promise<Pick<StoredJob, 'steps' | 'leftOut' | 'warnings'>> {
  const speeds = speedsOf(profile);
  const known = new Map(before.map((step) => [step.stepId, step]));
  const steps = await Promise.all(plan.steps.map(async (step) => known.get(step.id) ?? newStep(step, await inputBytes(step), speeds)));
  return { steps, leftOut: problems.map(leftOutOf), warnings };
}

function newStep(step: Step, input_B: number, speeds: Parameters<typeof expectedSeconds>[2]): JobStep {
  return {
    stepId: step.id, run: step.run, gate: step.gate, probe: step.probe ?? null, module: step.module,
    state: 'waiting', fraction: 0, done: null, total: null, noun: null, xRealtime: null, left_s: null, message: null, next: null,
    ...fresh,
    est_s: expectedSeconds(step, input_B, speeds), took_s: null, startedAt: null, recording_s: step.seconds, input_B,
    needs: [...step.dependsOn.map((dependency) => dependency.step), ...step.after],
    inputJson: step.inputJson, outputJson: step.outputJson,
  };
}

export function leftOutOf({ what, run, gate, device, message, next }: Problem): LeftOut {
  return { what, run, gate, device: device ?? null, text: message, next: next ?? null };
}

/** `<name>.json`, numbered when there is another file of that name already: nothing is overwritten. */
async function writeSession(folder: string, name: string, content: SessionContent): Promise<string> {
  await makeFolder(folder);
  const text = `${JSON.stringify(content, null, 2)}\n`;
  const stem = fileStem(name);
  for (let number = 1; ; number++) {
    const file = path.join(folder, `${stem}${number === 1 ? '' : ` ${number}`}.json`);
    const old = await fs.readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? undefined : ''));
    if (old === undefined) await writeWhole(file, text);
    if (old === undefined || old === text) return file;
  }
}

/** A name every system takes, and none that a step's JSON files have. */
export function fileStem(name: string): string {
  // eslint-disable-next-line no-control-regex
  const plain = name.replace(/[\\/:*?"<>|\u0000-\u001f]+/g, '_').replace(/[. ]+$/, '').trim().slice(0, 100).replace(/-(input|output)$/i, '_$1');
  return plain === '' || /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(plain) ? `session ${plain}`.trim() : plain;
}
