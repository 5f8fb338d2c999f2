// Which steps have been done already: the journal is asked as it will be when the session runs, and nothing is written.

import fs from 'node:fs/promises';
import { journalPath, keptSteps, parseJournal, type Step } from '../../execution/index.ts';
import type { Module } from '../../modules/index.ts';

/** valid: its results will be kept; changed: it was done before, but with other parameters or files; new: never done. */
export type StepState = 'new' | 'valid' | 'changed';

/** Of every step by its id. @param folder the plan's, with the journal */
export async function stepStates(folder: string, steps: readonly Step[], find: (name: string) => Module): Promise<Map<string, StepState>> {
  const records = parseJournal(await fs.readFile(journalPath(folder), 'utf8').catch(() => ''));
  const everDone = new Set(records.filter(({ event }) => event === 'done').map(({ step }) => step));
  const { kept } = await keptSteps(steps, records, find);
  return new Map(steps.map(({ id }) => [id, kept.has(id) ? 'valid' : everDone.has(id) ? 'changed' : 'new']));
}
