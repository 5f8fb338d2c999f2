// A histogram of one metric and a scatter of two: all units grey, those that pass the filter coloured, the focused one
// ringed. Choosing a range in the histogram adds a condition to the filter.

import { Button, NumberInput, Select } from '@mantine/core';
import type { Data, Layout } from 'plotly.js';
import { useMemo, useState } from 'react';
import type { UnitColumn, UnitTable } from '../../../core/service/contract/index.ts';
import { Plot, significant } from '../../components/index.ts';
import { useLook } from '../../theme/plotLook.ts';
import { type Bin, histogram } from './histogram.ts';
import { titleOf } from './unitRows.ts';
import styles from './units.module.css';

interface MetricPlotsProps {
  readonly table: UnitTable;
  readonly rows: readonly number[];
  readonly active: number | undefined;
  /** Rows that have letters, A first. */
  readonly chosen: readonly number[];
  /** Line below saved pictures. */
  readonly caption: string;
  readonly x: string;
  readonly y: string;
  readonly onAxes: (axes: { readonly x?: string; readonly y?: string }) => void;
  readonly onPick: (row: number) => void;
  /** `snr >= 3` */
  readonly onRange: (condition: string) => void;
}

export function MetricPlots({ table, rows, active, chosen, caption, x, y, onAxes, onPick, onRange }: MetricPlotsProps) {
  const find = (key: string, other: number) => table.columns.find((column) => column.key === key) ?? table.columns[Math.min(other, table.columns.length - 1)];
  const [across, up] = [find(x, 2), find(y, 3)];
  const options = table.columns.map((column) => ({ value: column.key, label: titleOf(column) }));
  return (
    <section className={styles.plots} aria-label="Metrics">
      <div className={styles.axes}>
        <Select label="Across" data={options} value={across.key} onChange={(key) => key && onAxes({ x: key })} searchable allowDeselect={false} />
        <Select label="Up" data={options} value={up.key} onChange={(key) => key && onAxes({ y: key })} searchable allowDeselect={false} />
      </div>
      <Histogram table={table} rows={rows} column={across} caption={caption} onRange={onRange} />
      <Scatter table={table} rows={rows} active={active} chosen={chosen} caption={caption} across={across} up={up} onPick={onPick} />
    </section>
  );
}

function Histogram({ table, rows, column, caption, onRange }: Pick<MetricPlotsProps, 'table' | 'rows' | 'caption' | 'onRange'> & { readonly column: UnitColumn }) {
  const look = useLook();
  const [least, setLeast] = useState<number | string>('');
  const [most, setMost] = useState<number | string>('');
  const { bins, isLog } = useMemo(() => histogram(table.values[column.key], rows, column.log), [table, column, rows]);
  const data = useMemo((): Partial<Data>[] => {
    const bars = (counts: readonly number[], color: string, name: string) => ({ type: 'bar', x: bins.map(({ middle }) => middle), y: counts, width: bins.map(({ width }) => width), marker: { color, line: { width: 0 } }, name, hovertemplate: `%{y} ${name}<extra></extra>` }) as Partial<Data>;
    return [bars(bins.map(({ all }) => all), look.color('--line'), 'units'), bars(bins.map(({ shown }) => shown), look.color('--accent'), 'shown')];
  }, [bins, look]);
  const layout = useMemo((): Partial<Layout> => ({ barmode: 'overlay', bargap: 0.05, xaxis: { title: { text: titleOf(column) }, ...(isLog ? logTicks(bins) : {}) }, yaxis: { title: { text: 'Units' } }, uirevision: column.key }), [bins, column, isLog]);
  const add = () => {
    const parts = [least === '' ? '' : `${column.key} >= ${least}`, most === '' ? '' : `${column.key} <= ${most}`].filter(Boolean);
    onRange(parts.join(' && '));
    setLeast('');
    setMost('');
  };
  return (
    <div className={styles.histogram}>
      <Plot label={`${column.title}: ${rows.length} of ${table.ids.length} units shown`} caption={`${caption}. ${versionText(column)}`} data={data} layout={layout}
        table={() => ({ columns: ['from', 'to', 'units', 'shown'], rows: bins.map(({ from, to, all, shown }) => [significant(from, 4), significant(to, 4), all, shown]) })} />
      <div className={styles.range}>
        <NumberInput aria-label={`Least ${column.title}`} placeholder="at least" value={least} onChange={setLeast} hideControls allowedDecimalSeparators={['.', ',']} />
        <NumberInput aria-label={`Most ${column.title}`} placeholder="at most" value={most} onChange={setMost} hideControls allowedDecimalSeparators={['.', ',']} />
        <Button variant="default" disabled={least === '' && most === ''} onClick={add}>Add to filter</Button>
      </div>
    </div>
  );
}

function Scatter({ table, rows, active, chosen, caption, across, up, onPick }: Pick<MetricPlotsProps, 'table' | 'rows' | 'active' | 'chosen' | 'caption' | 'onPick'> & { readonly across: UnitColumn; readonly up: UnitColumn }) {
  const look = useLook();
  const [xs, ys] = [table.values[across.key], table.values[up.key]];
  const others = useMemo(() => {
    const shown = new Set(rows);
    return Array.from(table.ids.keys()).filter((row) => !shown.has(row));
  }, [table, rows]);
  const data = useMemo((): Partial<Data>[] => {
    const points = (which: readonly number[], color: string, size: number, symbol: string) => ({
      type: 'scattergl', mode: 'markers', x: which.map((row) => xs[row]), y: which.map((row) => ys[row]), text: which.map((row) => `unit ${table.ids[row]}`),
      marker: { color, size, symbol, line: { width: symbol.endsWith('open') ? 2 : 0, color } }, hovertemplate: '%{text}: %{x:.4g}, %{y:.4g}<extra></extra>',
    }) as Partial<Data>;
    return [points(others, look.color('--line'), 6, 'circle'), points(rows, look.series[0], 7, 'circle'), points(active === undefined ? [] : [active], look.series[1], 13, 'circle-open'), lettered(points(chosen, look.color('--text'), 9, 'diamond-open'))];
  }, [table, rows, others, active, chosen, xs, ys, look]);
  const layout = useMemo((): Partial<Layout> => ({
    xaxis: { title: { text: titleOf(across) }, type: canBeLog(xs, across) ? 'log' : 'linear' }, yaxis: { title: { text: titleOf(up) }, type: canBeLog(ys, up) ? 'log' : 'linear' }, uirevision: `${across.key} ${up.key}`,
  }), [across, up, xs, ys]);
  return (
    <div className={styles.scatter}>
      <Plot label={`${up.title} against ${across.title}: ${rows.length} units shown`} caption={`${caption}. ${versionText(across)}, ${versionText(up)}`} data={data} layout={layout}
        onPick={([point]) => point && onPick((point.curve === 0 ? others : point.curve === 1 ? rows : point.curve === 2 ? [active!] : chosen)[point.point])}
        table={() => ({ columns: ['unit', titleOf(across), titleOf(up)], rows: rows.map((row) => [table.ids[row], xs[row], ys[row]]) })} />
    </div>
  );
}

/** With the letters beside the points. */
const lettered = (points: Partial<Data>): Partial<Data> => ({ ...points, mode: 'text+markers', text: [...'ABCDEF'], textposition: 'top right', textfont: { size: 12 } }) as Partial<Data>;

const versionText = ({ key, version }: UnitColumn) => (version > 0 ? `${key} v${version}` : key);

/** A logarithmic axis would hide zeros and negative values. */
function canBeLog(values: Float64Array, { log }: UnitColumn): boolean {
  return log && values.some((value) => value > 0) && !values.some((value) => value <= 0);
}

/** Whole powers of ten, with 2 and 5 between where there is room. */
function logTicks(bins: readonly Bin[]): Partial<Layout['xaxis']> {
  if (bins.length === 0) return {};
  const [from, to] = [bins[0].from, bins.at(-1)!.to];
  const steps = Math.log10(to / from) > 2.5 ? [1] : [1, 2, 5];
  const ticks = Array.from({ length: 40 }, (_, index) => index - 20).flatMap((power) => steps.map((step) => step * 10 ** power)).filter((value) => value >= from * 0.999 && value <= to * 1.001);
  return { tickvals: ticks.map(Math.log10), ticktext: ticks.map((value) => significant(value)) };
}
