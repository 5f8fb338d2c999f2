// A histogram of one metric and a scatter of two: all units grey, those that pass the filter coloured, the focused one
// ringed. Choosing a range in the histogram adds a condition to the filter.

import { Button, NumberInput, Select } from '@mantine/core';
import type { Data, Layout } from 'plotly.js';
import { useMemo, useState } from 'react';
import type { UnitColumn, UnitTable } from '../../../core/service/contract/index.ts';
import { Plot, significant } from '../../components/index.ts';
import { useLook } from '../../theme/plotLook.ts';
import { titleOf } from './unitRows.ts';
import styles from './units.module.css';

interface MetricPlotsProps {
  readonly table: UnitTable;
  readonly rows: readonly number[];
  readonly active: number | undefined;
  readonly x: string;
  readonly y: string;
  readonly onAxes: (axes: { readonly x?: string; readonly y?: string }) => void;
  readonly onPick: (row: number) => void;
  /** `snr >= 3` */
  readonly onRange: (condition: string) => void;
}

export function MetricPlots({ table, rows, active, x, y, onAxes, onPick, onRange }: MetricPlotsProps) {
  const find = (key: string, other: number) => table.columns.find((column) => column.key === key) ?? table.columns[Math.min(other, table.columns.length - 1)];
  const [across, up] = [find(x, 2), find(y, 3)];
  const options = table.columns.map((column) => ({ value: column.key, label: titleOf(column) }));
  return (
    <section className={styles.plots} aria-label="Metrics">
      <div className={styles.axes}>
        <Select label="Across" data={options} value={across.key} onChange={(key) => key && onAxes({ x: key })} searchable allowDeselect={false} />
        <Select label="Up" data={options} value={up.key} onChange={(key) => key && onAxes({ y: key })} searchable allowDeselect={false} />
      </div>
      <Histogram table={table} rows={rows} column={across} onRange={onRange} />
      <Scatter table={table} rows={rows} active={active} across={across} up={up} onPick={onPick} />
    </section>
  );
}

function Histogram({ table, rows, column, onRange }: Pick<MetricPlotsProps, 'table' | 'rows' | 'onRange'> & { readonly column: UnitColumn }) {
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
      <Plot label={`${column.title}: ${rows.length} of ${table.ids.length} units shown`} data={data} layout={layout}
        table={() => ({ columns: ['from', 'to', 'units', 'shown'], rows: bins.map(({ from, to, all, shown }) => [significant(from, 4), significant(to, 4), all, shown]) })} />
      <div className={styles.range}>
        <NumberInput aria-label={`Least ${column.title}`} placeholder="at least" value={least} onChange={setLeast} hideControls allowedDecimalSeparators={['.', ',']} />
        <NumberInput aria-label={`Most ${column.title}`} placeholder="at most" value={most} onChange={setMost} hideControls allowedDecimalSeparators={['.', ',']} />
        <Button variant="default" disabled={least === '' && most === ''} onClick={add}>Add to filter</Button>
      </div>
    </div>
  );
}

function Scatter({ table, rows, active, across, up, onPick }: Pick<MetricPlotsProps, 'table' | 'rows' | 'active' | 'onPick'> & { readonly across: UnitColumn; readonly up: UnitColumn }) {
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
    return [points(others, look.color('--line'), 6, 'circle'), points(rows, look.series[0], 7, 'circle'), points(active === undefined ? [] : [active], look.series[1], 13, 'circle-open')];
  }, [table, rows, others, active, xs, ys, look]);
  const layout = useMemo((): Partial<Layout> => ({
    xaxis: { title: { text: titleOf(across) }, type: canBeLog(xs, across) ? 'log' : 'linear' }, yaxis: { title: { text: titleOf(up) }, type: canBeLog(ys, up) ? 'log' : 'linear' }, uirevision: `${across.key} ${up.key}`,
  }), [across, up, xs, ys]);
  return (
    <div className={styles.scatter}>
      <Plot label={`${up.title} against ${across.title}: ${rows.length} units shown`} data={data} layout={layout}
        onPick={([point]) => point && onPick((point.curve === 0 ? others : point.curve === 1 ? rows : [active!])[point.point])}
        table={() => ({ columns: ['unit', titleOf(across), titleOf(up)], rows: rows.map((row) => [table.ids[row], xs[row], ys[row]]) })} />
    </div>
  );
}

/** A logarithmic axis would hide zeros and negative values. */
function canBeLog(values: Float64Array, { log }: UnitColumn): boolean {
  return log && values.some((value) => value > 0) && !values.some((value) => value <= 0);
}

interface Bin {
  readonly from: number;
  readonly to: number;
  /** On the drawn axis, which is the logarithm for metrics that want it. */
  readonly middle: number;
  readonly width: number;
  readonly all: number;
  readonly shown: number;
}

function histogram(values: Float64Array, rows: readonly number[], wantsLog: boolean): { readonly bins: readonly Bin[]; readonly isLog: boolean } {
  const defined = values.filter((value) => Number.isFinite(value));
  const isLog = wantsLog && defined.length > 0 && defined.every((value) => value > 0);
  const place = (value: number) => (isLog ? Math.log10(value) : value);
  const places = defined.map(place);
  const [low, high] = [Math.min(...places), Math.max(...places)];
  if (defined.length === 0) return { bins: [], isLog };
  const count = 30;
  const width = high > low ? (high - low) / count : 1;
  const at = (value: number) => Math.min(count - 1, Math.floor((place(value) - low) / width));
  const [all, shown] = [new Array<number>(count).fill(0), new Array<number>(count).fill(0)];
  for (const value of defined) all[at(value)]++;
  for (const row of rows) if (Number.isFinite(values[row])) shown[at(values[row])]++;
  const back = (value: number) => (isLog ? 10 ** value : value);
  return { isLog, bins: all.map((number, index) => ({ from: back(low + index * width), to: back(low + (index + 1) * width), middle: low + (index + 0.5) * width, width, all: number, shown: shown[index] })) };
}

/** Whole powers of ten, with 2 and 5 between where there is room. */
function logTicks(bins: readonly Bin[]): Partial<Layout['xaxis']> {
  if (bins.length === 0) return {};
  const [from, to] = [bins[0].from, bins.at(-1)!.to];
  const steps = Math.log10(to / from) > 2.5 ? [1] : [1, 2, 5];
  const ticks = Array.from({ length: 40 }, (_, index) => index - 20).flatMap((power) => steps.map((step) => step * 10 ** power)).filter((value) => value >= from * 0.999 && value <= to * 1.001);
  return { tickvals: ticks.map(Math.log10), ticktext: ticks.map((value) => significant(value)) };
}
