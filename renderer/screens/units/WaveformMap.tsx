// A mean waveform where it was recorded: each trace at its site, tip of the probe at the bottom, with scale bars, and a
// small map of the whole probe beside it.

import { useMemo } from 'react';
import type { UnitWaveform } from '../../../core/service/contract/index.ts';
import { significant } from '../../components/index.ts';
import styles from './units.module.css';

const [width, height] = [360, 300];
const margin = 28;

export function WaveformMap({ waveform, unit }: { readonly waveform: UnitWaveform; readonly unit: number }) {
  const drawing = useMemo(() => place(waveform), [waveform]);
  const { range, paths, bar, milliseconds } = drawing;
  const text = `Mean waveform of unit ${unit} on ${waveform.channels.length} sites: ${significant(range)} ${waveform.unit} from trough to peak, largest on channel ${waveform.channels[0]}`;
  return (
    <figure className={styles.waveform}>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={text} className={styles.traces}>
        {paths.map(({ d, channel, x, y, isPeak }) => (
          <g key={channel}>
            <path d={d} className={isPeak ? styles.peak : styles.trace} />
            <text x={x} y={y} className={styles.site}>{channel}</text>
          </g>
        ))}
        <path d={`M 12 ${height - 12} v ${-bar.pixels} M 12 ${height - 12} h ${bar.across}`} className={styles.scale} />
        <text x={20} y={height - 16} className={styles.scaleText}>{significant(bar.value)} {waveform.unit}, {significant(milliseconds)} ms</text>
      </svg>
      <ProbeMap waveform={waveform} />
      <figcaption className="caption">{text}. {waveform.unit === 'uV' ? 'Measured on the filtered file.' : 'The sorter\'s template.'}</figcaption>
    </figure>
  );
}

function place({ mean, samples, channels, x_um, z_um, rate_Hz }: UnitWaveform) {
  const trace = (row: number) => mean.subarray(row * samples, (row + 1) * samples);
  const finite = mean.filter((value) => Number.isFinite(value));
  const peak = trace(0).filter((value) => Number.isFinite(value));
  const range = peak.length > 0 ? Math.max(...peak) - Math.min(...peak) : 0;
  const columns = [...new Set(x_um)].sort((a, b) => a - b);
  const rows = [...new Set(z_um)].sort((a, b) => b - a);
  const across = (width - 2 * margin) / columns.length;
  const down = (height - 2 * margin) / rows.length;
  const reach = Math.max(1e-9, Math.max(...finite.map(Math.abs), 0));
  // The largest trace may overlap its neighbours a little; smaller rows would make everything flat.
  const perUnit = Math.min(60, down * 1.8) / reach;
  const paths = Array.from(channels, (channel, row) => {
    const left = margin + columns.indexOf(x_um[row]) * across;
    const middle = margin + (rows.indexOf(z_um[row]) + 0.5) * down;
    const points = Array.from(trace(row), (value, t) => `${(left + (t / samples) * across * 0.86).toFixed(1)},${(middle - (Number.isFinite(value) ? value : 0) * perUnit).toFixed(1)}`);
    return { channel, d: `M${points.join('L')}`, x: left, y: middle - 4, isPeak: row === 0 };
  });
  const value = niceBelow(40 / perUnit);
  return { range, paths, bar: { value, pixels: value * perUnit, across: across * 0.86 }, milliseconds: (samples / rate_Hz) * 1000 };
}

/** 1, 2 or 5 times a power of ten. */
function niceBelow(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return [5, 2, 1].map((step) => step * power).find((step) => step <= value) ?? power;
}

function ProbeMap({ waveform: { sites, channels, x_um, z_um, shank } }: { readonly waveform: UnitWaveform }) {
  const [bottom, top] = [Math.min(...sites.z_um), Math.max(...sites.z_um)];
  const shanks = [...new Set(sites.shank)].sort((a, b) => a - b);
  const left = Math.min(...sites.x_um);
  const wide = Math.max(1, Math.max(...sites.x_um) - left);
  const at = (x: number, z: number, own: number) => ({ x: 8 + shanks.indexOf(own) * 28 + ((x - left) / wide) * 14, y: 8 + ((top - z) / Math.max(1, top - bottom)) * (height - 20) });
  const all = Array.from(sites.z_um, (z, index) => at(sites.x_um[index], z, sites.shank[index]));
  const near = Array.from(channels, (_, index) => at(x_um[index], z_um[index], shank[index]));
  return (
    <svg viewBox={`0 0 ${16 + shanks.length * 28} ${height}`} className={styles.probe} role="img" aria-label={`Place on the probe: ${significant(z_um[0])} um above the tip`}>
      {all.map(({ x, y }, index) => <rect key={index} x={x} y={y} width={2.5} height={1.5} className={styles.dim} />)}
      {near.map(({ x, y }, index) => <rect key={index} x={x - 0.5} y={y - 0.5} width={4} height={2.5} className={styles.lit} />)}
    </svg>
  );
}
