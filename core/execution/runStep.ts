// One step: kept when an earlier run of it is still valid, otherwise run, with its beginning and end in the journal.

import fs from 'node:fs/promises';
import path from 'node:path';
import { isAftergateError, isThere, type Progress, removedFile, writeWhole } from '../common/index.ts';
import { aftergateVersion, type Module, type ModuleContext, type OutputJson, type RunRecord, readInputJson, runModule } from '../modules/index.ts';
import { formatInputJson } from '../modules/createInputJson/index.ts';
import { fileVersion } from './fingerprint.ts';
import type { Journal, StepRecord } from './journal.ts';
import type { Step } from './plan.ts';

export interface StepResult {
  readonly step: Step;
  /**
   * kept: an earlier run's results are still valid; left out: a step it depends on has failed; cancelled: it was not
   * begun, or stopped half-way.
   */
  readonly state: 'done' | 'kept' | 'failed' | 'left out' | 'cancelled';
  /** Work, s. */
  readonly seconds: number;
  /** Why it failed or was left out, a sentence. */
  readonly message?: string;
  readonly next?: string;
  /** Names this run of the step among all. */
  readonly runId: string;
  /** Of a failed step: files it made new all the same. */
  readonly left?: ReadonlySet<string>;
}

export interface StepContext {
  readonly journal: Journal;
  readonly context: ModuleContext;
  readonly signal?: AbortSignal;
  readonly progress: (progress: Progress) => void;
  /** How long a module may take to stop after an abort, ms. */
  readonly patience: number;
}

/** The results of an earlier run of this step, if they can be kept. @param needed files that other steps read @param missing removed files that do not count as there */
export async function keptResult(step: Step, fingerprint: string, journal: Journal, needed: ReadonlySet<string>, missing: ReadonlySet<string> = new Set()): Promise<StepResult | undefined> {
  const record = journal.last(step.id);
  if (record?.fingerprint !== fingerprint) return undefined;
  const output = await readOutput(step);
  if (!output) return undefined;
  if (record.event === 'started') {
    // The module had finished; only the last line of the journal is missing.
    if (!(output.started >= record.time)) return undefined;
    await journal.append({ event: 'done', step: step.id, fingerprint, time: output.finished, outputs: pathsOf(output) });
  } else if (record.event !== 'done') return undefined;
  const done = journal.last(step.id)!;
  if (!(await areThere(done.outputs ?? [], needed, missing))) return undefined;
  return { step, state: 'kept', seconds: 0, runId: runIdOf(done) };
}

/** @param watched files that later steps may take though this one fails */
export async function runStep(step: Step, module: Module, fingerprint: string, watched: readonly string[], { journal, context, signal, progress, patience }: StepContext): Promise<StepResult> {
  const versions = await Promise.all(watched.map(fileVersion));
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  const note = async (record: Pick<StepRecord, 'event' | 'outputs' | 'message' | 'seconds'>) => {
    const full = { ...record, step: step.id, fingerprint, time: new Date().toISOString() };
    await journal.append(full);
    return runIdOf(full);
  };
  await note({ event: 'started' });
  try {
    if (step.inputCopy !== undefined) await writeWhole(step.inputCopy, formatInputJson(step.input));
    const work = runModule(module, step.inputJson, { outputJson: step.outputJson, context: { ...context, signal, progress } });
    const outputs = pathsOf(recordOf(await orAborted(work, signal, patience)));
    await toDisk([...outputs, step.outputJson]);
    return { step, state: 'done', seconds: seconds(), runId: await note({ event: 'done', outputs, seconds: seconds() }) };
  } catch (error) {
    if (signal?.aborted) return { step, state: 'cancelled', seconds: seconds(), runId: await note({ event: 'cancelled' }) };
    const message = error instanceof Error ? error.message : String(error);
    if (!isAftergateError(error)) context.log(error instanceof Error ? (error.stack ?? message) : message);
    const now = await Promise.all(watched.map(fileVersion));
    const left = new Set(watched.filter((_, index) => now[index] !== undefined && now[index] !== versions[index]));
    const next = isAftergateError(error) ? error.next : 'This is a bug in Aftergate; please report it with the lines in the log.';
    return { step, state: 'failed', seconds: seconds(), message, next, left, runId: await note({ event: 'failed', message }) };
  }
}

function runIdOf({ event, fingerprint, time }: StepRecord): string {
  return event === 'failed' ? 'failed' : `${fingerprint} ${time}`;
}

/** The result of `work`; after an abort it is waited for a moment, then left to itself. */
async function orAborted<Result>(work: Promise<Result>, signal: AbortSignal | undefined, patience: number): Promise<Result> {
  if (!signal) return work;
  let timer: NodeJS.Timeout | undefined;
  let stop: () => void = () => undefined;
  const abandoned = new Promise<never>((_, reject) => {
    stop = () => void (timer = setTimeout(() => reject(signal.reason), patience));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  work.catch(() => undefined); // nobody waits for work that was left to itself
  try {
    return await Promise.race([work, abandoned]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

/** The record of an output JSON of this version. */
async function readOutput(step: Step): Promise<RunRecord | undefined> {
  const output = await readInputJson(step.outputJson).catch(() => undefined);
  const record = output && recordOf(output);
  return record?.version === aftergateVersion && record.module === step.module ? record : undefined;
}

function recordOf(output: OutputJson): RunRecord {
  return output.aftergate as RunRecord;
}

function pathsOf({ outputs }: RunRecord): string[] {
  return outputs.map((file) => file.path);
}

/**
 * Of what a step wrote, all that other steps need must be there, and something in every folder: later modules, phy and
 * people rename and remove single files of a sorter's folder, which is no reason to sort again.
 */
async function areThere(outputs: readonly string[], needed: ReadonlySet<string>, missing: ReadonlySet<string>): Promise<boolean> {
  const present = new Set<string>();
  for (const file of outputs) if (await isThere(file) || (!missing.has(file) && await removedFile(file))) present.add(file);
  const folders = new Set([...present].map((file) => path.dirname(file)));
  return outputs.every((file) => present.has(file) || (!needed.has(file) && folders.has(path.dirname(file))));
}

/** The journal must not say more than the disk holds after a power cut. Folders and drives that cannot be told are believed. */
async function toDisk(files: readonly string[]): Promise<void> {
  for (const file of new Set([...files, ...files.map((each) => path.dirname(each))])) {
    const handle = await fs.open(file, process.platform === 'win32' ? 'r+' : 'r').catch(() => undefined);
    await handle?.sync().catch(() => undefined);
    await handle?.close();
  }
}
