// One unit: its waveform on the probe, its autocorrelogram, its amplitudes over time, its label.

import { Button, SegmentedControl } from '@mantine/core';
import type { Data, Layout } from 'plotly.js';
import { useMemo, useState } from 'react';
import type { UnitTable, UnitTrain } from '../../../core/service/contract/index.ts';
import { useAsk } from '../../api/index.ts';
import { counted, grouped, Plot, Problem, significant, Waiting, when } from '../../components/index.ts';
import { useLook } from '../../theme/plotLook.ts';
import { labelOf } from './unitRows.ts';
import styles from './units.module.css';
import { WaveformMap } from './WaveformMap.tsx';

interface UnitPanelProps {
  readonly resultId: string;
  readonly table: UnitTable;
  readonly row: number;
  readonly onLabel: (label: string) => void;
  readonly savedAt: string | undefined;
}

const refractory_ms = 2;

export function UnitPanel({ resultId, table, row, onLabel, savedAt }: UnitPanelProps) {
  const unit = table.ids[row];
  const [what, setWhat] = useState('acg');
  const waveform = useAsk('results.waveform', { resultId, unit }, { keep: true, forget: true });
  const train = useAsk('results.train', { resultId, unit, refractory_ms }, { keep: true, forget: true });
  const { text, by } = labelOf(table, row);
  const fact = (key: string, unitText = '') => {
    const value = table.values[key]?.[row] ?? NaN;
    return Number.isNaN(value) ? '·' : `${significant(value)}${unitText}`;
  };
  return (
    <section className={styles.unit} aria-label={`Unit ${unit}`}>
      <h2>Unit {unit}</h2>
      <p className="caption">depth {fact('depth', ' um')}, channel {fact('ch')}, {fact('amplitude', ' uV')}, SNR {fact('snr')}</p>
      <div className={styles.labels} role="group" aria-label="Label">
        {[['good', 'Good', 'Alt+G'], ['mua', 'MUA', 'Alt+M'], ['noise', 'Noise', 'Alt+N'], ['', 'Unsorted', 'Alt+U']].map(([label, word, keys]) => (
          <Button key={label} variant={by === 'people' && text === label ? 'filled' : 'default'} aria-pressed={by === 'people' ? text === label : label === ''} aria-keyshortcuts={keys} onClick={() => onLabel(label)}>{word}</Button>
        ))}
      </div>
      <p className="caption" role="status">{text === '' ? 'not labelled' : `${text}, from ${by === 'people' ? 'cluster_group.tsv' : 'the sorter'}`}. Labels lie in {table.labelsAt}{savedAt ? `, saved ${when(savedAt).slice(11)}` : ''}.</p>
      {waveform.error ? <Problem error={waveform.error} /> : waveform.data ? <WaveformMap waveform={waveform.data} unit={unit} /> : <Waiting what="the waveform" />}
      <SegmentedControl value={what} onChange={setWhat} aria-label="Figure" data={[{ value: 'acg', label: 'Autocorrelogram' }, { value: 'amplitude', label: 'Amplitude over time' }]} />
      <div className={styles.train}>
        {train.error ? <Problem error={train.error} /> : !train.data ? <Waiting what="spikes" /> : what === 'acg' ? <Autocorrelogram train={train.data} unit={unit} /> : <Amplitudes train={train.data} unit={unit} />}
      </div>
    </section>
  );
}

function Autocorrelogram({ train, unit }: { readonly train: UnitTrain; readonly unit: number }) {
  const look = useLook();
  const { counts, bin_ms, window_ms } = train.acg;
  const lags = useMemo(() => Array.from(counts, (_, index) => -window_ms + (index + 0.5) * bin_ms), [counts, bin_ms, window_ms]);
  const data = useMemo((): Partial<Data>[] => [{ type: 'bar', x: lags, y: Array.from(counts), marker: { color: look.series[0] }, hovertemplate: '%{x:.2f} ms: %{y}<extra></extra>' }], [lags, counts, look]);
  const layout = useMemo((): Partial<Layout> => ({
    bargap: 0, xaxis: { title: { text: 'Lag (ms)' } }, yaxis: { title: { text: 'Pairs' } }, uirevision: unit,
    shapes: [{ type: 'rect', x0: -refractory_ms, x1: refractory_ms, y0: 0, y1: 1, yref: 'paper', fillcolor: look.color('--text-3'), opacity: 0.2, line: { width: 0 } }],
  }), [unit, look]);
  return <Plot label={`Autocorrelogram of unit ${unit}: ${grouped(train.violations)} of ${grouped(Math.max(0, train.count - 1))} intervals under ${refractory_ms} ms`} data={data} layout={layout}
    table={() => ({ columns: ['lag (ms)', 'pairs'], rows: lags.map((lag, index) => [significant(lag, 4), counts[index]]) })} />;
}

function Amplitudes({ train, unit }: { readonly train: UnitTrain; readonly unit: number }) {
  const look = useLook();
  const data = useMemo((): Partial<Data>[] => [{ type: 'scattergl', mode: 'markers', x: train.t_s, y: train.amplitude, marker: { color: look.series[0], size: 3 }, hovertemplate: '%{x:.3f} s: %{y:.3g}<extra></extra>' } as Partial<Data>], [train, look]);
  const layout = useMemo((): Partial<Layout> => ({ xaxis: { title: { text: 'Time (s)' }, range: [0, train.duration_s] }, yaxis: { title: { text: 'Amplitude (sorter units)' }, rangemode: 'tozero' }, uirevision: unit }), [train, unit]);
  return <Plot label={`Amplitudes of unit ${unit}: ${grouped(train.t_s.length)} of ${counted(train.count, 'spike')}`} data={data} layout={layout}
    table={() => ({ columns: ['time (s)', 'amplitude'], rows: Array.from(train.t_s, (time, index) => [time.toFixed(6), significant(train.amplitude[index], 5)]) })} />;
}
