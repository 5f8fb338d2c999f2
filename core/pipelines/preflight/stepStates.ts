// Which steps have been done already: the journal is asked as it will be when the session runs, and nothing is written.

import fs from 'node:fs/promises';
import { fingerprintOf, type Journal, journalPath, keptResult, parseJournal, type Step } from '../../execution/index.ts';
import type { Module } from '../../modules/index.ts';

/** valid: its results will be kept; changed: it was done before, but with other parameters or files; new: never done. */
export type StepState = 'new' | 'valid' | 'changed';

/** Of every step by its id. @param folder the plan's, with the journal */
export async function stepStates(folder: string, steps: readonly Step[], find: (name: string) => Module): Promise<Map<string, StepState>> {
  const text = await fs.readFile(journalPath(folder), 'utf8').catch(() => '');
  const last = new Map(parseJournal(text).map((record) => [record.step, record]));
  const everDone = new Set(parseJournal(text).filter(({ event }) => event === 'done').map(({ step }) => step));
  const journal: Journal = { last: (step) => last.get(step), append: (record) => Promise.resolve(void last.set(record.step, record)), close: () => Promise.resolve() };
  const needed = new Set(steps.flatMap((step) => [...step.inputs, ...step.dependsOn.flatMap(({ leaving = [] }) => leaving)]));
  const runIds = new Map<string, string>();
  const states = new Map<string, StepState>();
  for (const step of steps) {
    const before = [...step.dependsOn.map((dependency) => dependency.step), ...step.after];
    const canBeKept = last.has(step.id) && before.every((id) => runIds.has(id));
    const kept = canBeKept ? await keptResult(step, await fingerprintOf(step, find(step.module), before.map((id) => `${id} ${runIds.get(id)}`)), journal, needed) : undefined;
    if (kept) runIds.set(step.id, kept.runId);
    states.set(step.id, kept ? 'valid' : everDone.has(step.id) ? 'changed' : 'new');
  }
  return states;
}
