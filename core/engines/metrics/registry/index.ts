// One record for every metric there is: name, unit, what good looks like, formula version, source. What shows, filters,
// exports or explains metrics takes it from here. A new metric is a new record here and a function beside.

import type { Metric } from './metric.ts';
import { unitMetrics } from './unitMetrics.ts';
import { waveformMetrics } from './waveformMetrics.ts';

export type { Metric } from './metric.ts';
export { unitMetrics, type UnitMetricKey } from './unitMetrics.ts';
export { waveformMetrics } from './waveformMetrics.ts';

/** All, in the order of the columns of the joined table. */
export const metrics: readonly Metric[] = [...unitMetrics, ...waveformMetrics];

export function findMetric(key: string): Metric | undefined {
  return metrics.find((metric) => metric.key === key);
}
