// Which steps of a plan have been done already and will be kept: the journal is asked, nothing is written. A file that was
// removed on purpose counts as there, unless a step that reads it has to be done again: then it has to be made again.

import { removedFile } from '../common/index.ts';
import type { Module } from '../modules/index.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Journal, StepRecord } from './journal.ts';
import { neededFiles, type Step } from './plan.ts';
import { keptResult, type StepResult } from './runStep.ts';

export interface KeptSteps {
  readonly kept: ReadonlyMap<string, StepResult>;
  /** Files that were removed on purpose and are needed again. */
  readonly neededAgain: ReadonlySet<string>;
}

/** @param records in the order they were written */
export async function keptSteps(steps: readonly Step[], records: readonly StepRecord[], find: (name: string) => Module): Promise<KeptSteps> {
  const neededAgain = new Set<string>();
  for (;;) {
    const kept = await keptWithout(neededAgain, steps, records, find);
    const before = neededAgain.size;
    for (const { id, inputs } of steps) {
      if (kept.has(id)) continue;
      for (const file of inputs) if (await removedFile(file)) neededAgain.add(file);
    }
    if (neededAgain.size === before) return { kept, neededAgain };
  }
}

async function keptWithout(missing: ReadonlySet<string>, steps: readonly Step[], records: readonly StepRecord[], find: (name: string) => Module): Promise<Map<string, StepResult>> {
  const last = new Map(records.map((record) => [record.step, record]));
  const journal: Journal = { earlier: records, last: (step) => last.get(step), append: (record) => Promise.resolve(void last.set(record.step, record)), close: () => Promise.resolve() };
  const needed = neededFiles(steps);
  const kept = new Map<string, StepResult>();
  for (const step of steps) {
    const before = [...step.dependsOn.map((dependency) => dependency.step), ...step.after];
    if (!last.has(step.id) || !before.every((id) => kept.has(id))) continue;
    const fingerprint = await fingerprintOf(step, find(step.module), before.map((id) => `${id} ${kept.get(id)!.runId}`), missing);
    const result = await keptResult(step, fingerprint, journal, needed, missing);
    if (result) kept.set(step.id, result);
  }
  return kept;
}
