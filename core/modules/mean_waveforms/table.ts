// waveform_metrics.csv: a row per unit, numbers as Python writes them.

import { formatCsv, formatFloat, joinTables, readCsv, type TextTable } from '../../formats/phyFolder/index.ts';
import type { WaveformMetrics } from './metrics.ts';

const columns: Readonly<Record<string, (metrics: WaveformMetrics) => string>> = {
  cluster_id: ({ cluster }) => String(cluster),
  epoch_name: () => 'complete_session',
  peak_channel: ({ peakChannel }) => String(peakChannel),
  snr: ({ snr }) => formatFloat(snr),
  duration: ({ duration }) => formatFloat(duration),
  halfwidth: ({ halfwidth }) => formatFloat(halfwidth),
  PT_ratio: ({ ptRatio }) => formatFloat(ptRatio),
  repolarization_slope: ({ repolarizationSlope }) => formatFloat(repolarizationSlope),
  recovery_slope: ({ recoverySlope }) => formatFloat(recoverySlope),
  amplitude: ({ amplitude }) => formatFloat(amplitude),
  spread: ({ spread }) => formatFloat(spread),
  velocity_above: ({ velocityAbove }) => formatFloat(velocityAbove),
  velocity_below: ({ velocityBelow }) => formatFloat(velocityBelow),
};

export function waveformTable(metrics: readonly WaveformMetrics[]): TextTable {
  return { header: Object.keys(columns), rows: metrics.map((unit) => Object.values(columns).map((cell) => cell(unit))) };
}

/**
 * The text of a table of quality metrics made before, with the waveform metrics added as quality_metrics does when it runs
 * afterwards. Undefined when there is no such table or it has waveform metrics already. Throws InputFileError.
 */
export async function withWaveformMetrics(qualityFile: string, waveforms: TextTable): Promise<string | undefined> {
  const quality = await readCsv(qualityFile);
  if (!quality || !quality.header.includes('cluster_id') || quality.header.includes('peak_channel')) return undefined;
  return formatCsv(joinTables(quality, waveforms, 'cluster_id', ['quality_metrics', 'waveform_metrics']));
}
