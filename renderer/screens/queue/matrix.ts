// A job as a table: rows are runs and their probes, columns are modules in the order they run.

import { deviceTitle, type JobDetails, moduleWord, type QueueStep } from '../../../core/service/contract/index.ts';

export interface MatrixRow {
  readonly key: string;
  readonly label: string;
  /** A row of a run stands above those of its probes. */
  readonly isRun: boolean;
  /** By column; null where nothing is to be done. */
  readonly cells: readonly (QueueStep | null)[];
  /** What went wrong in this row, and what to do. */
  readonly message: string | null;
  readonly next: string | null;
  /** The step that failed. */
  readonly failed: string | null;
}

export interface Matrix {
  readonly columns: readonly string[];
  readonly rows: readonly MatrixRow[];
}

const order = ['CatGT', 'sort', 'postproc', 'waveforms', 'metrics', 'PSTH events', 'sample times', 'TPrime', 'AP removal'];

/** @param failedFirst runs in which something failed stand above the others */
export function matrixOf({ allSteps, leftOut }: Pick<JobDetails, 'allSteps' | 'leftOut'>, failedFirst = false): Matrix {
  const words = [...new Set(allSteps.map(({ module }) => moduleWord(module)))];
  const place = (word: string) => (order.includes(word) ? order.indexOf(word) : order.indexOf('metrics') + 0.5);
  const columns = words.sort((a, b) => place(a) - place(b));
  const rows = new Map<string, { label: string; isRun: boolean; steps: QueueStep[]; message: string | null; next: string | null }>();
  const rowOf = (run: string, gate: number, device: string | null) => {
    const key = `${run}_g${gate}${device === null ? '' : ` ${device}`}`;
    const row = rows.get(key) ?? { label: device === null ? `${run} g${gate}` : deviceTitle(device), isRun: device === null, steps: [], message: null, next: null };
    rows.set(key, row);
    return row;
  };
  const runs = [...new Map([...allSteps, ...leftOut].map(({ run, gate }) => [`${run} ${gate}`, { run, gate }])).values()];
  const failed = new Set([...allSteps.filter(({ state }) => state === 'failed' || state === 'blocked'), ...leftOut].map(({ run, gate }) => `${run} ${gate}`));
  const hasFailed = ({ run, gate }: { readonly run: string; readonly gate: number }) => failed.has(`${run} ${gate}`);
  for (const { run, gate } of failedFirst ? [...runs.filter(hasFailed), ...runs.filter((each) => !hasFailed(each))] : runs) {
    rowOf(run, gate, null);
    for (const step of allSteps) if (step.run === run && step.gate === gate) rowOf(run, gate, step.probe === null ? null : `imec${step.probe}`).steps.push(step);
    for (const entry of leftOut) if (entry.run === run && entry.gate === gate) Object.assign(rowOf(run, gate, entry.device), { message: `left out: ${entry.text}`, next: entry.next });
  }
  return {
    columns,
    rows: [...rows].map(([key, { label, isRun, steps, message, next }]) => {
      const stopped = steps.find(({ state }) => state === 'failed');
      return {
        key, label, isRun,
        cells: columns.map((column) => steps.find(({ module }) => moduleWord(module) === column) ?? null),
        message: message ?? stopped?.message ?? null,
        next: next ?? stopped?.next ?? null,
        failed: stopped?.stepId ?? null,
      };
    }),
  };
}

/** Where an arrow key leads: the next step in the row, or the nearest one of the next row that has any; null at the edge. */
export function neighbour({ rows }: Matrix, stepId: string, down: number, right: number): string | null {
  const row = rows.findIndex(({ cells }) => cells.some((cell) => cell?.stepId === stepId));
  if (row < 0) return null;
  const column = rows[row].cells.findIndex((cell) => cell?.stepId === stepId);
  if (right !== 0) {
    const { cells } = rows[row];
    const ahead = right > 0 ? cells.slice(column + 1) : cells.slice(0, column).reverse();
    return ahead.find((cell) => cell !== null)?.stepId ?? null;
  }
  const next = (down > 0 ? rows.slice(row + 1) : rows.slice(0, row).reverse()).find(({ cells }) => cells.some((cell) => cell !== null));
  const nearest = next?.cells.flatMap((cell, at) => (cell ? [{ cell, far: Math.abs(at - column) }] : [])).sort((one, other) => one.far - other.far)[0];
  return nearest?.cell.stepId ?? null;
}
