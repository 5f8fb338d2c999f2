// How long steps take and how much they write: bytes from the lengths of the recordings, seconds from what this machine
// did per second before, or else from rough constants.

import fs from 'node:fs/promises';
import type { Step } from '../../execution/index.ts';
import { removeAp } from '../steps/removeAp.ts';
import type { StreamPlan } from './streamPlans.ts';

/** MB of input per second, by module. */
export type Speeds = Readonly<Record<string, number>>;

/** Of two cores; used until a module has run here. */
export const roughSpeeds: Speeds = {
  catGT_helper: 200, supercat: 500, spike_sorter: 40, kilosort_helper: 40, ks4_helper: 50, kilosort_postprocessing: 400, noise_templates: 400,
  mean_waveforms: 200, quality_metrics: 300, psth_events: 5000, depth_estimation: 500, tPrime_helper: 5000, aux_timepoints: 1000, remove_ap: 100_000,
};

const sorters = ['spike_sorter', 'kilosort_helper', 'ks4_helper'];

export interface StepEstimate {
  readonly seconds: number;
  /** What stays on the disk. */
  readonly bytes: number;
  /** What is needed besides while it runs. */
  readonly workBytes: number;
  /** Of input: what speeds are counted in. */
  readonly inputBytes: number;
}

/** What a sorter's folder comes to, of the AP file. */
const sortedShare = 0.03;

export function isSorter(module: string): boolean {
  return sorters.includes(module);
}

/** Those whose progress and size are of all streams. */
export function isCatgt(module: string): boolean {
  return module === 'catGT_helper' || module === 'supercat';
}

/** @param ap bytes of the file that is sorted; 0 for steps of a whole run @param plans of the run's streams, for CatGT */
export function estimateStep(step: Step, ap: number, plans: readonly StreamPlan[], speeds: Speeds): StepEstimate {
  const inputBytes = isCatgt(step.module) ? Object.values(step.parts ?? {}).reduce((sum, bytes) => sum + bytes, 0) : ap;
  const speed = speeds[step.module] ?? roughSpeeds[step.module] ?? 300;
  return { seconds: 0.5 + inputBytes / 1e6 / speed, inputBytes, ...written(step.module, ap, plans) };
}

function written(module: string, ap: number, plans: readonly StreamPlan[]): Pick<StepEstimate, 'bytes' | 'workBytes'> {
  if (isCatgt(module)) return { bytes: plans.reduce((sum, { bytes }) => sum + bytes, 0), workBytes: 0 };
  if (module === removeAp.name) return { bytes: 0, workBytes: 0 };
  // Kilosort for MATLAB writes the filtered recording once more.
  if (isSorter(module)) return { bytes: Math.round(sortedShare * ap), workBytes: module === 'kilosort_helper' ? ap : 0 };
  return { bytes: Math.round((module === 'kilosort_postprocessing' ? sortedShare : 0.001) * ap), workBytes: 0 };
}

/** Bytes a step will write, work files included: for CatGT about what it reads. @param inputBytes of the files it reads */
export function roomFor({ module }: Pick<Step, 'module'>, inputBytes: number): number {
  if (isCatgt(module)) return inputBytes;
  const { bytes, workBytes } = written(module, inputBytes, []);
  return bytes + workBytes;
}

/** What programs that take much memory are known to ask for, roughly, bytes by seconds of recording. */
export const memoryNeeds: Readonly<Record<string, { readonly name: string; readonly bytes: (seconds: number) => number }>> = {
  ks4_helper: { name: 'Kilosort 4', bytes: (seconds) => 6e9 + 2e9 * (seconds / 3600) },
  kilosort_helper: { name: 'Kilosort', bytes: (seconds) => 10e9 + 2e9 * (seconds / 3600) },
  spike_sorter: { name: 'The embedded sorter', bytes: () => 2e9 },
};

/** undefined for modules that take little. */
export function memoryNeed({ module, seconds }: Pick<Step, 'module' | 'seconds'>): { readonly name: string; readonly bytes: number } | undefined {
  const need = memoryNeeds[module];
  return need && { name: need.name, bytes: need.bytes(seconds) };
}

/** Bytes of the AP file that a step of a probe or a shank reads: as CatGT will leave it, or as it is. */
export async function apBytes(step: Step, plans: readonly StreamPlan[]): Promise<number> {
  const files = plans.filter(({ stream }) => stream.kind === 'ap').flatMap(({ rows, outputs }) => outputs.map(({ index, columns }) => ({ index, bytes: rows * columns * 2 })));
  if (step.probe === undefined) return files.reduce((sum, { bytes }) => sum + bytes, 0);
  const file = files.find(({ index }) => index === step.probe);
  if (file) return file.bytes;
  return (await fs.stat(step.inputs[0]).catch(() => undefined))?.size ?? 0;
}
