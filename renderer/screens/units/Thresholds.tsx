// A histogram of each chosen metric with its bounds on two handles: moving one writes the filter, and the other way round.

import { MultiSelect, RangeSlider } from '@mantine/core';
import { useMemo } from 'react';
import type { UnitColumn, UnitTable } from '../../../core/service/contract/index.ts';
import { useKept } from '../../api/index.ts';
import { significant } from '../../components/index.ts';
import { boundsOf, withBound } from './bounds.ts';
import { histogram, placeOf, valueAt } from './histogram.ts';
import { titleOf } from './unitRows.ts';
import styles from './units.module.css';

interface ThresholdsProps {
  readonly table: UnitTable;
  readonly rows: readonly number[];
  readonly filter: string;
  readonly onFilter: (text: string) => void;
}

const usual = ['snr', 'isi_viol', 'contam_rate', 'amplitude_cutoff', 'presence_ratio'];

export function Thresholds({ table, rows, filter, onFilter }: ThresholdsProps) {
  const [keys, setKeys] = useKept<readonly string[]>('units.thresholds', usual);
  const columns = keys.map((key) => table.columns.find((column) => column.key === key)).filter((column) => column !== undefined);
  return (
    <section className={styles.thresholds} aria-label="Thresholds">
      <p className={styles.together} role="status">all together <b>{rows.length}</b> of {table.ids.length} pass</p>
      {columns.map((column) => <Threshold key={column.key} column={column} values={table.values[column.key]} rows={rows} filter={filter} onFilter={onFilter} />)}
      {columns.length === 0 && <p className="caption">{keys.length === 0 ? 'No metric is chosen.' : 'The chosen metrics are not in this folder.'} Choose some below.</p>}
      <MultiSelect label="Metrics with thresholds" searchable hidePickedOptions data={table.columns.map((column) => ({ value: column.key, label: titleOf(column) }))} value={columns.map(({ key }) => key)} onChange={setKeys} />
    </section>
  );
}

function Threshold({ column, values, rows, filter, onFilter }: Omit<ThresholdsProps, 'table'> & { readonly column: UnitColumn; readonly values: Float64Array }) {
  const drawn = useMemo(() => histogram(values, rows, column.log), [values, rows, column.log]);
  const { bins } = drawn;
  const { least, most } = boundsOf(filter, column.key);
  const alone = useMemo(() => values.filter((value) => !Number.isNaN(value) && (least === null || value > least) && (most === null || value < most)).length, [values, least, most]);
  if (bins.length === 0) return <p className="caption">{titleOf(column)}: not defined for any unit. {column.undefinedBecause}.</p>;
  const steps = bins.length * 4;
  const at = (value: number | null, otherwise: number) => (value === null ? otherwise : Math.round(placeOf(drawn, value) * 4));
  const shown: [number, number] = [at(least, 0), at(most, steps)];
  const move = ([from, to]: [number, number]) => {
    let text = filter;
    if (from !== shown[0]) text = withBound(text, column.key, 'least', from === 0 ? null : valueAt(drawn, from / 4));
    if (to !== shown[1]) text = withBound(text, column.key, 'most', to === steps ? null : valueAt(drawn, to / 4));
    if (text !== filter) onFilter(text);
  };
  const tallest = Math.max(...bins.map(({ all }) => all));
  const range = [least === null ? '' : `> ${significant(least)}`, most === null ? '' : `< ${significant(most)}`].filter(Boolean).join(', ');
  return (
    <div className={styles.threshold}>
      <p><span>{titleOf(column)} <b>{range}</b></span><span className="caption">{alone} pass</span></p>
      <svg viewBox={`0 0 ${bins.length} 1`} preserveAspectRatio="none" role="img" aria-label={`${column.title}: ${significant(bins[0].from)} to ${significant(bins.at(-1)!.to)}${column.unit ? ` ${column.unit}` : ''}, ${alone} units pass alone`}>
        {bins.map((bin, index) => <g key={index}><rect x={index} width={0.9} y={1 - bin.all / tallest} height={bin.all / tallest} className={styles.all} /><rect x={index} width={0.9} y={1 - bin.shown / tallest} height={bin.shown / tallest} className={styles.shown} /></g>)}
      </svg>
      <RangeSlider min={0} max={steps} minRange={0} step={1} value={shown} onChange={move} label={null} size="sm" thumbSize={16} thumbFromLabel={`Least ${column.title}`} thumbToLabel={`Most ${column.title}`} />
    </div>
  );
}
