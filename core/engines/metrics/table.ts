// The table of results: one row per unit, one column per metric, and why a cell is empty.

import type { Figure } from './figure.ts';
import type { MetricOptions } from './options.ts';
import { type UnitMetricKey, unitMetrics } from './registry/index.ts';
import type { Figures } from './trains/measure.ts';

export interface MetricTable {
  readonly ids: Int32Array;
  /** In the order of the registry; NaN where undefined. Metrics that were not asked for have no column. */
  readonly columns: ReadonlyMap<UnitMetricKey, Float64Array>;
  /** Why a metric of a unit is undefined: metric -> reason -> units. */
  readonly undefined: ReadonlyMap<UnitMetricKey, ReadonlyMap<string, readonly number[]>>;
}

/** @param figures one per unit of `ids` */
export function metricTable(ids: Int32Array, figures: readonly Figures[], keys: readonly UnitMetricKey[]): MetricTable {
  const columns = new Map<UnitMetricKey, Float64Array>();
  const gaps = new Map<UnitMetricKey, ReadonlyMap<string, readonly number[]>>();
  for (const key of keys) {
    const reasons = new Map<string, number[]>();
    const column = Float64Array.from(ids, (id, unit) => {
      const figure = figures[unit][key] ?? 'not computed';
      if (typeof figure === 'number') return figure;
      reasons.set(figure, [...(reasons.get(figure) ?? []), id]);
      return Number.NaN;
    });
    columns.set(key, column);
    if (reasons.size > 0) gaps.set(key, reasons);
  }
  return { ids, columns, undefined: gaps };
}

/** What the reference writes where a metric of a unit with spikes is undefined; NaN where nothing is listed. */
const referenceUndefined: Figures = { isi_viol: 0, amplitude_cutoff: 0, contam_rate: 1, l_ratio: 0, slidingRP: 0, nongauss_noise_cutoff: 0 };
/** ... and in the rows of ids that have no spikes. */
const referenceMissing: Figures = { contam_rate: 1, silhouette_score: Number.NaN };

/**
 * The table as the reference writes it: a row for every id up to the largest, numbers where metrics are undefined, zeros
 * for what was not computed.
 */
export function referenceTable(ids: Int32Array, figures: readonly Figures[], options: TableOptions): MetricTable {
  const keys = metricKeys(options);
  const missing = options.featureMetrics ? referenceMissing : { ...referenceMissing, silhouette_score: 0 };
  const all = Int32Array.from({ length: (ids.at(-1) ?? -1) + 1 }, (_, id) => id);
  const unitOf = new Map(Array.from(ids, (id, unit) => [id, unit]));
  const rows = Array.from(all, (id): Figures => {
    const unit = unitOf.get(id);
    return Object.fromEntries(keys.map((key) => [key, unit === undefined ? (missing[key] ?? 0) : asReference(key, figures[unit][key])]));
  });
  return metricTable(all, rows, keys);
}

function asReference(key: UnitMetricKey, figure: Figure | undefined): number {
  return figure === undefined ? 0 : typeof figure === 'number' ? figure : Number(referenceUndefined[key] ?? Number.NaN);
}

export type TableOptions = Pick<MetricOptions, 'featureMetrics' | 'ibl'>;

/** The metrics of a run, in the order of the registry. */
export function metricKeys(options: TableOptions): UnitMetricKey[] {
  const iblOnly: readonly UnitMetricKey[] = ['slidingRP', 'nongauss_noise_cutoff'];
  return unitMetrics.map(({ key }) => key).filter((key) => options.ibl || !iblOnly.includes(key));
}
