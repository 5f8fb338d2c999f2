// Everything under the cursor, and the last measurement, as live text.

import type { TraceSources } from '../../../core/service/contract/index.ts';
import { clock, counted, grouped, significant } from '../../components/index.ts';
import type { Cursor, Measure } from './cursor.ts';
import { extentOf } from './signal.ts';
import styles from './Traces.module.css';
import type { PaneReport } from './Traces.tsx';

export function Status({ sources, report, cursor, measure, message }: { readonly sources: TraceSources; readonly report: PaneReport | undefined; readonly cursor: Cursor | null; readonly measure: Measure | null; readonly message: string }) {
  return (
    <div className={styles.status} role="status" aria-live="polite" data-testid="trace-status">
      <span>{cursor ? `cursor ${clock(cursor.t, 4)} ${sources.reference} · ${cursorText(report, cursor)}` : 'Move over a pane, or press an arrow key in it, to read times and values.'}</span>
      {measure && <span>{measureText(report, measure)}</span>}
      {message && <span>{message}</span>}
    </div>
  );
}

/** "imec0.ap sample 21,735,381 · AP214 z 2,140 um · -84.0 uV". */
function cursorText(report: PaneReport | undefined, cursor: Cursor): string {
  const window = report?.signals?.window;
  if (!report || !window || window.count === 0) return 'nothing read here yet';
  const { source, signals } = report;
  const at = Math.floor((cursor.t - window.from_s) / window.step_s + 1e-6);
  const sample = window.first_smp + Math.floor(((cursor.t - window.from_s) / window.step_s) * window.per_smp + 1e-6);
  const { channels } = source;
  const place = signals!.place.get(cursor.column);
  const parts = [`${source.stream} sample ${grouped(Math.max(0, sample))}`];
  if (cursor.column < 0 || place === undefined) return parts.join(' · ');
  const depth = channels.z_um[cursor.column];
  parts.push(`${channels.names[cursor.column]}${depth >= 0 ? ` z ${grouped(Math.round(depth))} um` : ''}${channels.used[cursor.column] === 0 ? ', not in use' : ''}`);
  parts.push(valueText(report, cursor.column, window.from_s + (at + 0.5) * window.step_s, place, at));
  return parts.join(' · ');
}

function valueText({ source, signals }: PaneReport, column: number, t: number, place: number, at: number): string {
  const { window } = signals!;
  if (at < 0 || at >= window.count) return 'not in view';
  if (column >= source.channels.analog) return `word 0x${(window.low[place * window.count + at] & 0xffff).toString(16).padStart(4, '0')}`;
  const extent = extentOf(signals!, source, column, t - window.step_s * 0.4, t + window.step_s * 0.4);
  if (!extent) return 'not recorded';
  const isVolt = !/\.(ap|lf)$/.test(source.stream);
  const value = (uV: number) => (isVolt ? (uV / 1e6).toFixed(4) : uV.toFixed(1));
  const unit = isVolt ? 'V' : 'uV';
  return window.mode === 'samples' ? `${value(extent.min_uV)} ${unit}` : `${value(extent.min_uV)} to ${value(extent.max_uV)} ${unit} in ${counted(window.per_smp, 'sample')}`;
}

/** "measure 3.204 ms = 96 samples = 312 Hz, 131 uV". */
function measureText(report: PaneReport | undefined, { from_s, to_s, dV_uV, column }: Measure): string {
  const dt = Math.abs(to_s - from_s);
  const samples = report ? Math.round(dt * report.source.rate_Hz) : 0;
  const parts = [`measure ${significant(dt * 1000, 4)} ms = ${counted(samples, 'sample')}${dt > 0 ? ` = ${significant(1 / dt)} Hz` : ''}${dV_uV === null ? '' : `, ${significant(Math.abs(dV_uV))} uV`}`];
  const extent = report?.signals ? extentOf(report.signals, report.source, column, Math.min(from_s, to_s), Math.max(from_s, to_s)) : null;
  if (extent && report) parts.push(`${report.source.channels.names[column]} ${extent.min_uV.toFixed(1)} to ${extent.max_uV.toFixed(1)} uV${extent.rms_uV === null ? '' : `, RMS ${extent.rms_uV.toFixed(1)} uV`}`);
  return parts.join(' · ');
}
