// The plan as a matrix: a row per run and one per probe, a column per module.

import { type PlannedModuleRun, probeTitle } from '../../../../../core/service/contract/index.ts';

export interface MatrixRow {
  readonly key: string;
  /** `m41_d3_g0`; below it `imec1` or `imec1 shank 2`. */
  readonly name: string;
  readonly isRun: boolean;
  /** By module. */
  readonly cells: ReadonlyMap<string, PlannedModuleRun>;
}

export interface Matrix {
  readonly modules: readonly string[];
  readonly rows: readonly MatrixRow[];
}

const order = ['catGT_helper', 'supercat', 'spike_sorter', 'kilosort_helper', 'ks4_helper', 'kilosort_postprocessing', 'noise_templates', 'mean_waveforms', 'quality_metrics', 'psth_events', 'depth_estimation', 'aux_timepoints', 'tPrime_helper', 'remove_ap'];

/** What people call the modules. */
export const moduleTitles: Readonly<Record<string, string>> = {
  catGT_helper: 'CatGT', supercat: 'Join', spike_sorter: 'Sort', kilosort_helper: 'Sort (MATLAB)', ks4_helper: 'Sort (KS4)', kilosort_postprocessing: 'Postproc', noise_templates: 'Noise', mean_waveforms: 'Waveforms', quality_metrics: 'Metrics',
  psth_events: 'PSTH events', depth_estimation: 'Depth', aux_timepoints: 'Aux times', tPrime_helper: 'TPrime', remove_ap: 'AP removal',
};

export function matrixOf(steps: readonly PlannedModuleRun[]): Matrix {
  const found = [...new Set(steps.map(({ module }) => module))];
  const modules = [...order.filter((module) => found.includes(module)), ...found.filter((module) => !order.includes(module))];
  const rows = new Map<string, { readonly row: Omit<MatrixRow, 'cells'>; readonly cells: Map<string, PlannedModuleRun> }>();
  const cellsOf = (key: string, name: string, isRun: boolean) => {
    if (!rows.has(key)) rows.set(key, { row: { key, name, isRun }, cells: new Map() });
    return rows.get(key)!.cells;
  };
  for (const step of steps) {
    const run = `${step.run}_g${step.gate}`;
    const ofRun = cellsOf(run, run, true);
    if (step.probe === null) ofRun.set(step.module, step);
    else cellsOf(`${run}_imec${step.probe}`, probeTitle(step.probe), false).set(step.module, step);
  }
  return { modules, rows: [...rows.values()].map(({ row, cells }) => ({ ...row, cells })) };
}

/** What the button says: counts of steps and warnings. `reason`: why it cannot be pressed. @param at time of day, '' is now */
export function runLabel(steps: number, stops: number, warnings: number, at = ''): { readonly label: string; readonly reason?: string } {
  if (stops > 0) return { label: `Fix ${stops} ${stops === 1 ? 'stop' : 'stops'} first`, reason: 'Each stop above says how.' };
  if (steps === 0) return { label: 'Nothing to run', reason: 'Every step is done and still valid.' };
  const count = `${steps} ${steps === 1 ? 'step' : 'steps'}${at === '' ? '' : ` at ${at}`}`;
  return { label: warnings > 0 ? `Run with ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}: ${count}` : `Run ${count}` };
}
