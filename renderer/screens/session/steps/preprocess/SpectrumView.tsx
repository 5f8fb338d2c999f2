// Power spectrum of the shown moment, raw and after the chain.

import { useMemo } from 'react';
import type { PreprocessSpectrum } from '../../../../../core/service/contract/index.ts';
import { useAsk } from '../../../../api/index.ts';
import { Plot, Problem, Waiting } from '../../../../components/index.ts';
import { useLook } from '../../../../theme/plotLook.ts';
import type { Place } from './PlacePicker.tsx';
import styles from './PreprocessStep.module.css';

export function SpectrumView({ place, options }: { readonly place: Place; readonly options: string }) {
  const { data, error } = useAsk('preprocess.spectrum', { runId: place.runId, stream: place.stream, gate: place.gate, from_s: place.from_s, len_s: place.len_s, options }, { keep: true, forget: true });
  if (error) return <Problem error={error} />;
  if (!data) return <Waiting what="the spectrum" />;
  return <Spectrum spectrum={data} />;
}

function Spectrum({ spectrum }: { readonly spectrum: PreprocessSpectrum }) {
  const { series } = useLook();
  const { frequency_Hz, raw, after, channels } = spectrum;
  // The mean of nothing but a high-pass may be 0 at some frequency; a log axis cannot show that.
  const data = useMemo(() => [
    { x: frequency_Hz, y: raw, type: 'scattergl' as const, mode: 'lines' as const, name: 'A raw', line: { color: series[0], width: 1.5 } },
    { x: frequency_Hz, y: after.map((value) => Math.max(value, 1e-6)), type: 'scattergl' as const, mode: 'lines' as const, name: 'B after', line: { color: series[1], width: 1.5, dash: 'dash' as const } },
  ], [frequency_Hz, raw, after, series]);
  const layout = useMemo(() => ({
    title: { text: `Power spectrum, mean of ${channels} channels`, font: { size: 13 }, x: 0, xanchor: 'left' as const },
    xaxis: { type: 'log' as const, title: { text: 'Frequency (Hz)' } },
    yaxis: { type: 'log' as const, title: { text: 'Power (uV²/Hz)' }, exponentformat: 'power' as const, dtick: 1 },
    showlegend: true,
    legend: { orientation: 'h' as const, x: 1, xanchor: 'right' as const, y: 1.14 },
  }), [channels]);
  return (
    <div className={styles.plot}>
      <Plot label={`Power spectrum: mean of ${channels} channels, raw and after`} data={data} layout={layout}
        table={() => ({ columns: ['Frequency (Hz)', 'Raw (uV2/Hz)', 'After (uV2/Hz)'], rows: Array.from(frequency_Hz, (frequency, index) => [frequency, raw[index], after[index]]) })} />
    </div>
  );
}
