// quality_metrics: writes metrics.csv, one row per unit, with what the waveforms of the same units say beside it.
// In: a sorter's folder, the waveform_metrics.csv of mean_waveforms if there is one; out: metrics.csv or, after later
// curation, metrics_1.csv, metrics_2.csv ... The formulas are in core/engines/metrics.

import type { Module } from '../module.ts';
import { qualityMetricsSections } from './params.ts';
import { runQualityMetrics } from './run.ts';

export const qualityMetrics: Module<typeof qualityMetricsSections> = {
  name: 'quality_metrics',
  summary: 'measure isolation, completeness and stability of units',
  sections: qualityMetricsSections,
  run: runQualityMetrics,
};
