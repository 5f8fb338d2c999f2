// How a job has ended, in words for the notification, the list and the report: "3 of 4 probes done, m41_d4 imec1 failed".

import { deviceTitle } from '../../notation/index.ts';
import { type LeftOut, moduleWord, type QueueStep } from '../contract/index.ts';
import type { StoredJob } from './job.ts';

export type Outcome = 'done' | 'failed' | 'cancelled' | 'waiting';

/** A probe, or what is done once for a whole run. */
export interface Part {
  /** `m41_d3 imec1`, `m41_d3 imec1 shank 2`, or `m41_d3` for the steps of the run. */
  readonly what: string;
  readonly run: string;
  readonly gate: number;
  readonly probe: number | null;
  readonly steps: readonly QueueStep[];
  readonly leftOut: LeftOut | null;
  readonly outcome: Outcome;
}

type Content = Pick<StoredJob, 'steps' | 'leftOut'>;

/** Runs with the steps of the run itself first, then their probes, in the order of the plan. */
export function partsOf(job: Content): Part[] {
  const parts = new Map<string, Omit<Part, 'outcome'>>();
  const nameOf = runNames(job);
  const add = (run: string, gate: number, device: string | null, step: QueueStep | undefined, leftOut: LeftOut | null) => {
    const key = `${run} ${gate} ${device ?? ''}`;
    const probe = device === null ? null : Number(/\d+$/.exec(device)?.[0] ?? 0);
    const old = parts.get(key) ?? { what: device === null ? nameOf(run, gate) : `${nameOf(run, gate)} ${deviceTitle(device)}`, run, gate, probe, steps: [], leftOut: null };
    parts.set(key, { ...old, steps: step ? [...old.steps, step] : old.steps, leftOut: leftOut ?? old.leftOut });
  };
  for (const step of job.steps) add(step.run, step.gate, step.probe === null ? null : `imec${step.probe}`, step, null);
  for (const entry of job.leftOut) add(entry.run, entry.gate, entry.device, undefined, entry);
  return [...parts.values()].map((part) => ({ ...part, outcome: outcomeOf(part) }));
}

function outcomeOf({ steps, leftOut }: Pick<Part, 'steps' | 'leftOut'>): Outcome {
  if (leftOut || steps.some(({ state }) => state === 'failed' || state === 'blocked')) return 'failed';
  if (steps.some(({ state }) => state === 'cancelled')) return 'cancelled';
  return steps.every(({ state }) => state === 'done' || state === 'skipped') ? 'done' : 'waiting';
}

/** A run's name, with the gate where the job has several gates of it. */
export function runNames({ steps, leftOut }: Content): (run: string, gate: number) => string {
  const gates = new Map<string, Set<number>>();
  for (const { run, gate } of [...steps, ...leftOut]) gates.set(run, (gates.get(run) ?? new Set()).add(gate));
  return (run, gate) => ((gates.get(run)?.size ?? 0) > 1 ? `${run}_g${gate}` : run);
}

export function verdictOf(job: StoredJob): string {
  if (job.problem) return job.problem.text;
  const parts = partsOf(job);
  const probes = parts.filter(({ probe }) => probe !== null);
  const [counted, noun] = probes.length > 0 ? [probes, 'probe'] : [parts, 'run'];
  const done = counted.filter(({ outcome }) => outcome === 'done').length;
  const failed = parts.filter(({ outcome }) => outcome === 'failed').map(failureOf);
  const cancelled = parts.filter(({ outcome }) => outcome === 'cancelled').length;
  return [`${done} of ${counted.length} ${noun}${counted.length === 1 ? '' : 's'} done`, ...(failed.length > 0 ? [`${shortList(failed)} failed`] : []), ...(cancelled > 0 ? ['the rest cancelled'] : [])].join(', ');
}

/** Of a run, its failed step is named: "m41_d4 TPrime". */
function failureOf({ what, probe, steps }: Part): string {
  const step = steps.find(({ state }) => state === 'failed');
  return probe === null && step ? `${what} ${moduleWord(step.module)}` : what;
}

function shortList(items: readonly string[]): string {
  return items.length > 3 ? `${items.slice(0, 2).join(', ')} and ${items.length - 2} more` : items.join(', ');
}
