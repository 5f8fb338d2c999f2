// From metrics to metrics.csv: the quality metrics, and beside them the waveform metrics of the same units.

import { type MetricTable, unitMetrics } from '../../engines/metrics/index.ts';
import { formatFloat, type TextTable } from '../../formats/phyFolder/index.ts';

const epoch = 'complete_session';
const idColumn = 'cluster_id';
const epochColumn = 'epoch_name';

/** epoch_name stands before the metrics of the IBL, where the reference has it. */
export function qualityTable({ ids, columns }: MetricTable): TextTable {
  const isLate = (key: string) => key === 'slidingRP' || key === 'nongauss_noise_cutoff';
  const keys = unitMetrics.map(({ key }) => key).filter((key) => columns.has(key));
  const [early, late] = [keys.filter((key) => !isLate(key)), keys.filter(isLate)];
  return {
    header: [idColumn, ...early, epochColumn, ...late],
    rows: Array.from(ids, (id, row) => {
      const cell = (key: (typeof keys)[number]) => formatFloat(columns.get(key)![row]);
      return [String(id), ...early.map(cell), epoch, ...late.map(cell)];
    }),
  };
}

/**
 * Both tables side by side, cells of waveform metrics as they are written there; columns that both have are told apart by
 * their ending. Units without waveform metrics have empty cells or, with `onlyBoth`, no row.
 */
export function joinWaveforms(quality: TextTable, waveforms: TextTable, onlyBoth: boolean): TextTable {
  const idAt = waveforms.header.indexOf(idColumn);
  const others = waveforms.header.map((name, column) => ({ name, column })).filter(({ column }) => column !== idAt);
  const rowOf = new Map(waveforms.rows.map((cells) => [Number(cells[idAt]), cells]));
  const isShared = (name: string) => name !== idColumn && quality.header.includes(name) && waveforms.header.includes(name);
  const named = (name: string, ending: string) => (isShared(name) ? `${name}_${ending}` : name);
  return {
    header: [...quality.header.map((name) => named(name, 'quality_metrics')), ...others.map(({ name }) => named(name, 'waveform_metrics'))],
    rows: quality.rows.flatMap((cells) => {
      const found = rowOf.get(Number(cells[0]));
      if (!found && onlyBoth) return [];
      return [[...cells, ...others.map(({ column }) => found?.[column] ?? '')]];
    }),
  };
}
