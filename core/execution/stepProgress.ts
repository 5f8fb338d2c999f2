// How far the work is and how long it will take: from what modules report, and from how fast modules of the same name
// have been in this run.

import type { Progress } from '../common/index.ts';
import type { Step } from './plan.ts';

export interface StepProgress {
  readonly step: string;
  /** 0 to 1. */
  readonly fraction: number;
  /** The part of the step that was last heard of. */
  readonly part: Progress;
  /** Seconds of recording done per second of work; undefined at the very beginning. */
  readonly xRealTime: number | undefined;
  /** Of this step, s. */
  readonly secondsLeft: number;
  /** Of the whole plan. */
  readonly total: { readonly fraction: number; readonly secondsLeft: number };
}

export interface ProgressMeter {
  begin(step: Step): void;
  report(step: Step, progress: Progress): StepProgress;
  /** @param worked false for a step that was kept or left out: its time tells nothing */
  end(step: Step, worked: boolean): void;
}

interface Running {
  readonly since: number;
  readonly labels: Map<string, number>;
  fraction: number;
}

/** Seconds of work per second of recording, before any have been measured: sorting is what takes time. */
const usualCost: Readonly<Record<string, number>> = { catGT_helper: 0.2, spike_sorter: 0.8, ks4_helper: 1, kilosort_helper: 1 };
const otherCost = 0.05;

/**
 * Parts of modules whose steps come without any. The sorter matches several times and says 'matching' each time: what
 * follows the first pass is never heard of.
 */
const usualParts: Readonly<Record<string, Readonly<Record<string, number>>>> = { spike_sorter: { detecting: 3, clustering: 3, matching: 2, 'further passes': 2 } };

/** What such a step takes on an ordinary computer, s: a guess until something has been measured. */
export function usualSeconds({ module, seconds }: Pick<Step, 'module' | 'seconds'>): number {
  return Math.max(seconds, 1) * (usualCost[module] ?? otherCost);
}

/** @param now a clock in ms */
export function progressMeter(steps: readonly Step[], now: () => number = () => performance.now()): ProgressMeter {
  const running = new Map<string, Running>();
  const open = new Map(steps.map((step) => [step.id, step]));
  const measured = new Map<string, { work: number; seconds: number }>();
  let spent = 0;
  let best = 0;

  const expected = (step: Step) => {
    const { work, seconds } = measured.get(step.module) ?? { work: 0, seconds: 0 };
    return seconds > 0 ? (Math.max(step.seconds, 1) * work) / seconds : usualSeconds(step);
  };
  const elapsed = ({ since }: Running) => (now() - since) / 1000;
  const left = (step: Step) => {
    const state = running.get(step.id);
    if (!state) return expected(step);
    // At first the little that is done says less than what is usual.
    return state.fraction > 0.02 ? (elapsed(state) * (1 - state.fraction)) / state.fraction : Math.max(0, expected(step) - elapsed(state));
  };

  return {
    begin(step) {
      running.set(step.id, { since: now(), labels: new Map(), fraction: 0 });
    },
    report(step, progress) {
      const state = running.get(step.id)!;
      state.labels.set(progress.label, progress.total > 0 ? Math.min(1, progress.done / progress.total) : 0);
      state.fraction = Math.max(state.fraction, fractionOf(step, state.labels));
      const seconds = elapsed(state);
      const allLeft = [...open.values()].reduce((sum, other) => sum + left(other), 0);
      const allSpent = spent + [...running.values()].reduce((sum, other) => sum + elapsed(other), 0);
      best = Math.max(best, allSpent / Math.max(allSpent + allLeft, 1e-9)); // new measurements must not turn it back
      return {
        step: step.id,
        fraction: state.fraction,
        part: progress,
        xRealTime: seconds > 0 ? (step.seconds * state.fraction) / seconds : undefined,
        secondsLeft: left(step),
        total: { fraction: best, secondsLeft: allLeft },
      };
    },
    end(step, worked) {
      const state = running.get(step.id);
      if (state && worked) {
        const { work, seconds } = measured.get(step.module) ?? { work: 0, seconds: 0 };
        measured.set(step.module, { work: work + elapsed(state), seconds: seconds + Math.max(step.seconds, 1) });
      }
      if (state) spent += elapsed(state);
      running.delete(step.id);
      open.delete(step.id);
    },
  };
}

/** Labels that were announced but not heard of yet count as not begun. */
function fractionOf({ module, parts = usualParts[module] ?? {} }: Step, labels: ReadonlyMap<string, number>): number {
  const shares = new Map([...labels.keys()].map((label) => [label, parts[label] ?? 1]));
  for (const [label, share] of Object.entries(parts)) shares.set(label, share);
  let done = 0;
  let total = 0;
  for (const [label, share] of shares) {
    done += share * (labels.get(label) ?? 0);
    total += share;
  }
  return total > 0 ? done / total : 0;
}
