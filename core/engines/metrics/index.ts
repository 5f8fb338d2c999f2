// Quality metrics of sorted units: how much they fire, how pure, complete, isolated and stable they are. The spikes of a
// sorting in (loadSorting reads a sorter's folder), a table of numbers out, with the reason wherever there is none.
// `registry` holds one record for every metric there is, those measured on waveforms elsewhere included.
// May come in: formulas on spike times, amplitudes and features. Must not: JSON, names and versions of output files,
// recordings, other engines.

export { findMetric, metrics, type Metric, unitMetrics, type UnitMetricKey, waveformMetrics } from './registry/index.ts';
export type { MetricOptions } from './options.ts';
export { loadSorting, runMetrics } from './run.ts';
export type { MetricTable } from './table.ts';
export { tasks, type Sorting } from './tasks.ts';
export { shareSpikes, type Spikes } from './spikes.ts';
